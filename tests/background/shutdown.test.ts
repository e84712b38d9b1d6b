import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { insertScheduled, type Scheduled } from '../publishing/due-issues.ts';
import { useTestDatabase } from '../support/database.ts';
import { exitOf, hear, useNodes } from '../support/nodes.ts';

const testDatabase = useTestDatabase();
const nodes = useNodes();
const KEY = 'a-key-for-the-tests-of-closing-a-node';
const LOGGED = { environment: { LOG_LEVEL: 'info', BOOTSTRAP_ADMIN_KEY: KEY } };
const start = () => nodes.start(testDatabase.url, LOGGED);

let pool: pg.Pool;

beforeAll(() => {
  pool = new pg.Pool({ connectionString: testDatabase.url });
});

afterEach(async () => {
  await nodes.killAll();
  await pool.query("DELETE FROM issues WHERE status = 'scheduled'");
});

afterAll(() => pool.end());

/** Locks the editions, so that publishing hangs in the middle until the returned function is called. */
async function blockPublishing() {
  const client = await pool.connect();
  await client.query('BEGIN; LOCK TABLE editions IN SHARE MODE');
  return async () => {
    await client.query('COMMIT');
    client.release();
  };
}

/** Waits until a statement waits for the lock of `blockPublishing`. */
async function untilBlocked(): Promise<void> {
  const count = async () => {
    const { rowCount } = await pool.query(
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    return rowCount ?? 0;
  };
  await expect.poll(count).toBeGreaterThan(0);
}

const untilClosing = (said: () => string) => expect.poll(said).toContain('"msg":"shutting down"');

async function countIn(status: string, issues: readonly Scheduled[]): Promise<number> {
  const ids = issues.map(({ id }) => id);
  const { rowCount } = await pool.query('SELECT FROM issues WHERE id = ANY ($1) AND status::text = $2', [
    ids,
    status,
  ]);
  return rowCount ?? 0;
}

/** Counts the connections of nodes. Those of the test itself have another application name. */
async function countConnections(): Promise<number> {
  const { rowCount } = await pool.query(
    "SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'masthead%'",
  );
  return rowCount ?? 0;
}

describe('a node that gets a signal to end', () => {
  test('the node finishes the issues that it is publishing and starts no others', async () => {
    const issues = await insertScheduled(pool, { count: 120, dueIn: 0 });
    const release = await blockPublishing();
    const node = await start();
    await untilBlocked();
    node.signal('SIGTERM');
    await untilClosing(node.said);
    await release();
    expect(await node.exited).toBe(0);
    const published = await countIn('published', issues);
    expect(published).toBeGreaterThan(0);
    // Two batches.
    expect(published).toBeLessThanOrEqual(80);
    expect(await countIn('scheduled', issues)).toBe(120 - published);
    await expect.poll(countConnections).toBe(0);
  });

  test('the node still answers the requests that it has accepted', async () => {
    const [issue] = await insertScheduled(pool, { count: 1, dueIn: 3_600_000 });
    const release = await blockPublishing();
    const node = await start();
    const answer = fetch(`${node.address}/admin/v1/issues/${issue?.id}/publication`, {
      method: 'PUT',
      body: '{}',
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', 'if-match': '*' },
    });
    await untilBlocked();
    node.signal('SIGTERM');
    await untilClosing(node.said);
    await release();
    expect((await answer).status).toBe(200);
    expect(await node.exited).toBe(0);
  });

  test('a second signal within half a second is ignored, and a later one ends the node at once', async () => {
    const issues = await insertScheduled(pool, { count: 1, dueIn: 0 });
    const release = await blockPublishing();
    const node = await start();
    await untilBlocked();
    // Both at once, because on a busy machine half a second may pass before the node logs the first.
    node.signal('SIGINT');
    node.signal('SIGTERM');
    await untilClosing(node.said);
    const later = sleep(600, 'still running');
    expect(await Promise.race([node.exited, later])).toBe('still running');
    node.signal('SIGINT');
    expect(await node.exited).toBe(1);
    await release();
    expect(await countIn('scheduled', issues)).toBe(1);
  });

  test('a node that gets the signal while it starts closes everything it has opened', async () => {
    // The server may still hold connections of the last test's node.
    await expect.poll(countConnections).toBe(0);
    const child = nodes.spawnNode(testDatabase.url, LOGGED);
    const said = hear(child);
    await expect.poll(countConnections).toBeGreaterThan(0);
    child.kill('SIGTERM');
    expect(await exitOf(child)).toBe(0);
    expect(said()).toContain('"msg":"shutting down"');
    expect(said()).not.toMatch(/error|failed/i);
  });
});
