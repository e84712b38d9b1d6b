import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { type ServerNode, useNodes } from '../support/nodes.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { countPublished, eachOnce, insertScheduled, outcomeOf, type Scheduled } from './due-issues.ts';

const testDatabase = useTestDatabase();
const nodes = useNodes();
const KEY = 'a-key-for-the-tests-of-frozen-nodes';
const environment = { BOOTSTRAP_ADMIN_KEY: KEY, LOG_LEVEL: 'error' };
const start = (url = testDatabase.url) => nodes.start(url, { environment });

/** A node that does nothing until it gets SIGCONT. Its start would take longer than the others wait for locks. */
async function startIdle(): Promise<ServerNode> {
  const node = await start();
  node.signal('SIGSTOP');
  return node;
}

/** The promise. The time to publish comes on top, which may be long on a machine that is busy with other tests. */
const MAX_DELAY_MS = 5_000;
/** No node that works is silent for so long between two statements of a transaction. */
const FROZEN_MS = 1_000;

let pool: pg.Pool;

beforeAll(() => {
  pool = new pg.Pool({ connectionString: testDatabase.url });
});

afterEach(async () => {
  await nodes.killAll();
  await pool.query("DELETE FROM issues WHERE status = 'scheduled'");
});

afterAll(() => pool.end());

/** Locks the table until the returned function is called. Nodes that write to it wait in the middle of a transaction. */
async function block(table: string) {
  const client = await pool.connect();
  await client.query(`BEGIN; LOCK TABLE ${table} IN SHARE MODE`);
  return async () => {
    await client.query('COMMIT');
    client.release();
  };
}

async function untilBlocked(): Promise<void> {
  const isBlocked = async () => {
    const { rowCount } = await pool.query(
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    return (rowCount ?? 0) > 0;
  };
  await expect.poll(isBlocked, { timeout: 20_000 }).toBe(true);
}

/**
 * Waits until the transactions of the frozen node have been ended, and returns the milliseconds for which the last of them
 * held its locks without doing anything.
 */
async function untilFrozenOnesAreEnded(): Promise<number> {
  const frozen = new Set<number>();
  let longest = 0;
  const countFrozen = async () => {
    const { rows } = await pool.query<{ pid: number; ms: number }>(
      `SELECT pid, (extract(epoch FROM clock_timestamp() - state_change) * 1000)::float8 AS ms FROM pg_stat_activity
       WHERE datname = current_database() AND state = 'idle in transaction'`,
    );
    for (const { pid, ms } of rows) {
      if (ms > FROZEN_MS) frozen.add(pid);
      if (frozen.has(pid)) longest = Math.max(longest, ms);
    }
    return frozen.size === 0 ? null : rows.filter(({ pid }) => frozen.has(pid)).length;
  };
  await expect.poll(countFrozen).toBe(0);
  return longest;
}

async function untilPublished(issues: readonly Scheduled[]): Promise<void> {
  await expect.poll(() => countPublished(pool, issues)).toBe(issues.length);
}

async function send(node: ServerNode, method: string, path: string, body: object) {
  return fetch(`${node.address}/admin/v1${path}`, {
    method,
    body: JSON.stringify(body),
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', 'if-match': '*' },
  });
}

/** Reads the issue on a node. */
async function read(node: ServerNode, { id }: Scheduled) {
  const { rows } = await pool.query<{ path: string }>(
    `SELECT '/content/v1/newsletters/' || newsletters.slug || '/issues/' || number AS path
     FROM issues JOIN newsletters ON newsletters.id = newsletter_id WHERE issues.id = $1`,
    [id],
  );
  return fetch(`${node.address}${rows[0]?.path}`);
}

describe('a node that is frozen in the middle of a publication', () => {
  // Where it stops: before the editions exist, before the change is counted, and before the event is recorded.
  test.each(['editions', 'publication_changes', 'events'])(
    'delays its issues, and later ones of the newsletter, by at most 5 seconds (%s)',
    async (table) => {
      const other = await startIdle();
      const doomed = await start();
      const release = await block(table);
      const due = await insertScheduled(pool, { count: 3, dueIn: 0 });
      await untilBlocked();
      doomed.signal('SIGSTOP');
      const after = await insertScheduled(pool, {
        count: 1,
        dueIn: 0,
        newsletterId: due[0]?.newsletterId ?? '',
      });
      await release();
      other.signal('SIGCONT');
      expect(await untilFrozenOnesAreEnded()).toBeLessThan(MAX_DELAY_MS);
      await untilPublished([...due, ...after]);

      doomed.signal('SIGCONT');
      const [first] = due;
      if (!first) throw new Error('No issue');
      const answer = await read(doomed, first);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toBe(await (await read(other, first)).text());
      expect(await outcomeOf(pool, [...due, ...after])).toEqual(eachOnce(4));
    },
  );
});

test('a node that is frozen in the middle of an edit blocks edits of the issue for at most 5 seconds', async () => {
  const [issue] = await insertScheduled(pool, { count: 1, dueIn: 3_600_000 });
  const [doomed, other] = await Promise.all([start(), start()]);
  const release = await block('events');
  const lost = send(doomed, 'PATCH', `/issues/${issue?.id}`, { title: 'Lost' }).catch(() => null);
  await untilBlocked();
  doomed.signal('SIGSTOP');
  await release();
  const kept = send(other, 'PATCH', `/issues/${issue?.id}`, { title: 'Kept' });
  expect(await untilFrozenOnesAreEnded()).toBeLessThan(MAX_DELAY_MS);
  expect((await kept).status).toBe(200);

  doomed.signal('SIGCONT');
  expect((await lost)?.status).toBe(503);
  const { rows } = await pool.query('SELECT title FROM issues WHERE id = $1', [issue?.id]);
  expect(rows).toEqual([{ title: 'Kept' }]);
});

test('a node whose network goes silent while it publishes delays its issues by at most 5 seconds', async () => {
  const proxy = await startTcpProxy(testDatabase.url);
  try {
    const other = await startIdle();
    await start(proxy.url);
    const release = await block('publication_changes');
    const due = await insertScheduled(pool, { count: 3, dueIn: 0 });
    await untilBlocked();
    proxy.freeze();
    await release();
    other.signal('SIGCONT');
    expect(await untilFrozenOnesAreEnded()).toBeLessThan(MAX_DELAY_MS);
    await untilPublished(due);
    proxy.mend();
    expect(await outcomeOf(pool, due)).toEqual(eachOnce(3));
  } finally {
    await nodes.killAll();
    await proxy.close();
  }
});
