import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { EXPAND } from '../../src/database/migration-history.ts';
import { countPublished, insertScheduled } from '../publishing/due-issues.ts';
import { useTestDatabase } from '../support/database.ts';
import { type ServerNode, useNodes } from '../support/nodes.ts';

const testDatabase = useTestDatabase();
const nodes = useNodes();
const UNKNOWN = '29990101000000_unknown';

let pool: pg.Pool;
let node: ServerNode;

beforeAll(async () => {
  pool = new pg.Pool({ connectionString: testDatabase.url });
  node = await nodes.start(testDatabase.url, { environment: { LOG_LEVEL: 'error' } });
});
afterEach(() => pool.query('DELETE FROM _prisma_migrations WHERE migration_name = $1', [UNKNOWN]));
afterAll(async () => {
  await nodes.killAll();
  await pool.end();
});

/** As a node of a newer release records a migration. */
async function recordUnknown(logs: string | null): Promise<void> {
  await pool.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, logs, finished_at) VALUES ($1, '', $2, $3, now())`,
    [randomUUID(), UNKNOWN, logs],
  );
}

async function readReadiness() {
  const answer = await fetch(`${node.address}/health/ready`);
  return { status: answer.status, body: await answer.json() };
}

test('a node goes on when a newer release has only added to the database', async () => {
  await recordUnknown(EXPAND);
  // The node looks every two seconds, and publishes in between.
  for (const dueIn of [1_000, 4_000]) {
    const due = await insertScheduled(pool, { count: 1, dueIn });
    await expect.poll(() => countPublished(pool, due)).toBe(1);
  }
  expect(await readReadiness()).toMatchObject({ status: 200 });
});

test('a node whose code is older than the database is unready, says what to do and publishes nothing', async () => {
  await recordUnknown(null);
  await expect.poll(readReadiness).toMatchObject({ status: 503, body: { code: 'outdated' } });
  expect(node.said()).toMatch(/newer than this code.*29990101000000_unknown.*Start the release of Masthead/);
  const listeners = async () => {
    const { rowCount } = await pool.query(
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'masthead listener'",
    );
    return rowCount;
  };
  await expect.poll(listeners).toBe(0);
  const due = await insertScheduled(pool, { count: 1, dueIn: -1_000 });
  const other = await nodes.start(await urlOfCurrent());
  await expect.poll(() => countPublished(pool, due)).toBe(1);
  other.signal('SIGKILL');

  /** A node that knows the migration stands for the newer release: for it, there is none. */
  async function urlOfCurrent(): Promise<string> {
    expect(await countPublished(pool, due)).toBe(0);
    await pool.query('DELETE FROM _prisma_migrations WHERE migration_name = $1', [UNKNOWN]);
    return testDatabase.url;
  }
});
