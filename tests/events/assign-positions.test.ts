import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemContext } from '../../src/context.ts';
import { type Database, openDatabase } from '../../src/database/client.ts';
import { translateDatabaseError } from '../../src/database/errors.ts';
import { type Prisma, PrismaClient } from '../../src/database/generated/client.ts';
import { lockWork } from '../../src/lib/advisory-lock.ts';
import { assignPositions } from '../../src/modules/events/assign-positions.ts';
import { listEvents } from '../../src/modules/events/list-events.ts';
import { useTestDatabase } from '../support/database.ts';
import { findExcess, openExplained } from '../support/explained.ts';
import { useOpenTransactions } from './open-transactions.ts';
import { recordNamed } from './record-named.ts';

const testDatabase = useTestDatabase();
const openTransaction = useOpenTransactions();
const newsletterId = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b10';
/** More than one pass takes, and no multiple of it. */
const BACKLOG = 5_001;
const newest = { order: 'newest', limit: 20, after: undefined } as const;

let node: Database;
let otherNode: Database;

beforeAll(() => {
  node = openDatabase(testDatabase.url, { onError: () => {} });
  otherNode = openDatabase(testDatabase.url, { onError: () => {} });
});
beforeEach(() => node.pool.query('TRUNCATE events'));
afterAll(async () => {
  await node.close();
  await otherNode.close();
});

const contextOf = ({ prisma }: Database) => systemContext(prisma, 'test');

/** Committed events a second apart, inserted in descending order of `at`. The first `listed` have positions. */
function insertEvents(count: number, listed = 0): Promise<unknown> {
  return node.pool.query(
    `INSERT INTO events (id, type, at, actor_kind, actor_name, subject_kind, subject_id, position)
     SELECT gen_random_uuid(), 'paper.created', '2026-01-01Z'::timestamptz + n * interval '1 second', 'system',
       'test', 'paper', gen_random_uuid(), CASE WHEN n <= $2 THEN n END
     FROM generate_series($1::bigint, 1, -1) AS n`,
    [count, listed],
  );
}

function insertEarlierEvent(): Promise<unknown> {
  return node.pool.query(`
    INSERT INTO events (id, type, at, actor_kind, actor_name, subject_kind, subject_id)
    VALUES (gen_random_uuid(), 'paper.created', '2020-01-01Z', 'system', 'test', 'paper', gen_random_uuid())`);
}

/** Positions of all events in the order of `at`. */
async function readPositions(): Promise<(number | null)[]> {
  const { rows } = await node.pool.query<{ position: number | null }>(
    'SELECT position::int FROM events ORDER BY at, id',
  );
  return rows.map(({ position }) => position);
}

const numbersTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

/** Statements that wait for a lock in this file's database. */
async function countWaiting(): Promise<number> {
  const { rows } = await node.pool.query<{ count: number }>(
    `SELECT count(*)::int FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return rows[0]?.count ?? 0;
}

describe('assignPositions', () => {
  test('numbers a backlog of several passes in the order of `at`, without gaps', async () => {
    await insertEvents(BACKLOG);
    await assignPositions(contextOf(node));
    expect(await readPositions()).toEqual(numbersTo(BACKLOG));
  });

  test('numbers each event once when two nodes list at the same time', async () => {
    await insertEvents(BACKLOG);
    const nodes = [node, otherNode, node, otherNode];
    const pages = await Promise.all(nodes.map((each) => listEvents(contextOf(each), newest)));
    expect(await readPositions()).toEqual(numbersTo(BACKLOG));
    for (const { data } of pages) {
      expect(data.map(({ position }) => Number(position))).toEqual(
        numbersTo(BACKLOG).toReversed().slice(0, 20),
      );
    }
  });

  test('never changes a position, and continues after the highest', async () => {
    await insertEvents(3);
    await assignPositions(contextOf(node));
    const before = await node.prisma.event.findMany({ orderBy: { id: 'asc' } });
    await insertEarlierEvent();
    await assignPositions(contextOf(node));
    const ids = before.map(({ id }) => id);
    expect(await node.prisma.event.findMany({ where: { id: { in: ids } }, orderBy: { id: 'asc' } })).toEqual(
      before,
    );
    expect(await readPositions()).toEqual([4, 1, 2, 3]);
  });

  test('ignores what is not committed and does not wait for it', async () => {
    const open = await openTransaction(contextOf(node), (ctx) => recordNamed(ctx, newsletterId, 'open'));
    await insertEvents(2);
    await assignPositions(contextOf(otherNode));
    expect(await readPositions()).toEqual([1, 2]);
    await open.commit();
    expect(await readPositions()).toEqual([1, 2, null]);
    await assignPositions(contextOf(otherNode));
    expect(await readPositions()).toEqual([1, 2, 3]);
  });

  test('leaves events that are committed after a pass to the next call, so that it ends while others write', async () => {
    let passes = 0;
    const countPass = async (block: Prisma.Sql) => {
      const result = await node.prisma.$executeRaw(block);
      passes += 1;
      if (passes < 10) await insertEarlierEvent();
      return result;
    };
    const db = new Proxy(node.prisma, {
      get: (client, name) => (name === '$executeRaw' ? countPass : Reflect.get(client, name)),
    });
    await insertEvents(3);
    await assignPositions({ ...contextOf(node), db });
    expect(passes).toBe(1);
    expect(await readPositions()).toEqual([null, 1, 2, 3]);
  });
});

describe('while another node assigns positions', () => {
  test('events are recorded without waiting, and listed if none needs a position', async () => {
    await insertEvents(1, 1);
    const lock = await openTransaction(contextOf(node), (ctx) => lockWork(ctx, 'assignPositions'));
    expect((await listEvents(contextOf(otherNode), newest)).data).toHaveLength(1);
    await recordNamed(contextOf(otherNode), newsletterId, 'recorded');
    await lock.commit();
    expect((await listEvents(contextOf(otherNode), newest)).data).toHaveLength(2);
  });

  test('a listing waits for it, and continues after its positions', async () => {
    await insertEvents(1);
    const assigning = await openTransaction(contextOf(node), assignPositions);
    await insertEarlierEvent();
    const listing = listEvents(contextOf(otherNode), newest);
    await expect.poll(countWaiting).toBe(1);
    await assigning.commit();
    expect((await listing).data).toHaveLength(2);
    expect(await readPositions()).toEqual([2, 1]);
  });

  test('a listing that waits longer than the lock timeout is refused as unavailable', async () => {
    await insertEvents(1);
    const assigning = await openTransaction(contextOf(node), assignPositions);
    await insertEarlierEvent();
    const pool = new pg.Pool({ connectionString: testDatabase.url, lock_timeout: 50 });
    const impatient = new PrismaClient({ adapter: new PrismaPg(pool) });
    try {
      const refused = await listEvents(systemContext(impatient, 'test'), newest).catch(
        translateDatabaseError,
      );
      expect(refused).toMatchObject({ kind: 'unavailable', code: 'database_unavailable' });
      await assigning.commit();
      expect((await listEvents(systemContext(impatient, 'test'), newest)).data).toHaveLength(2);
    } finally {
      await impatient.$disconnect();
      await pool.end();
    }
  });
});

/** The second time with outdated statistics, since the others have positions by then. */
describe.each([20_000, 10_000])('With statistics of 20,000 events of which %i have positions', (listed) => {
  test('listings and passes read only the rows that they need, by an index', async () => {
    // With the plans of the statements in the block.
    const database = new URL(testDatabase.url).pathname.slice(1);
    await node.pool.query(`ALTER DATABASE ${database} SET auto_explain.log_nested_statements = on`);
    await insertEvents(20_000, listed);
    await node.pool.query('ANALYZE events');
    await assignPositions(contextOf(node));
    await node.pool.query('VACUUM events');
    await recordNamed(contextOf(node), newsletterId, 'waiting');
    const explained = openExplained(testDatabase.url, 'auto');
    try {
      const read = async (order: 'newest' | 'oldest', position: number | null) => {
        const row = position && (await node.prisma.event.findUniqueOrThrow({ where: { position } }));
        const after = row ? { order, position: Number(row.position), id: row.id } : undefined;
        return explained.explain(() => listEvents(explained.ctx, { order, limit: 20, after }));
      };
      const first = await read('newest', null);
      expect(first.map(({ query }) => query)).toContainEqual(expect.stringMatching(/^UPDATE events/));
      const others = [await read('newest', 10_000), await read('oldest', null), await read('oldest', 10_000)];
      expect(others.flat().filter(({ query }) => /UPDATE/.test(query))).toEqual([]);
      expect(findExcess([...first, ...others.flat()], new Set(['events']), 21)).toEqual([]);
    } finally {
      await explained.close();
    }
  });
});
