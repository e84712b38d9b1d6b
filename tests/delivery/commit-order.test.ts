import { describe, expect, test } from 'vitest';
import { inTransaction } from '../../src/context.ts';
import {
  publishDueIssue,
  publishIssue,
  unpublishIssue,
} from '../../src/modules/publishing/workflow/publish-issue.ts';
import { useMasthead } from '../support/app.ts';
import { schedule } from '../support/factories.ts';
import { makeFollower, makeLog } from './following.ts';

const masthead = useMasthead();
const PATIENCE = { timeout: 5_000, interval: 10 };

type Log = Awaited<ReturnType<typeof makeLog>>;

class RolledBack extends Error {}

/** Does `work` in a transaction that stays open while `fn` runs, and ends as `fn` says. */
async function whileOpen(
  work: (ctx: typeof masthead.ctx) => Promise<unknown>,
  fn: (end: (how: 'commit' | 'rollback') => Promise<void>) => Promise<void>,
): Promise<void> {
  const [isDone, ending] = [Promise.withResolvers<void>(), Promise.withResolvers<'commit' | 'rollback'>()];
  const transaction = inTransaction(masthead.ctx, async (ctx) => {
    await work(ctx);
    isDone.resolve();
    if ((await ending.promise) === 'rollback') throw new RolledBack();
  }).catch((error: unknown) => {
    if (!(error instanceof RolledBack)) throw error;
  });
  await Promise.race([isDone.promise, transaction]);
  await fn(async (how) => {
    ending.resolve(how);
    await transaction;
  }).finally(() => ending.resolve('rollback'));
  await transaction;
}

/** Statements that wait for a lock in this file's database. */
async function countWaiting(): Promise<number> {
  const { rows } = await masthead.database.pool.query<{ count: number }>(
    `SELECT count(*)::int FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return rows[0]?.count ?? 0;
}

async function positionsOf({ newsletter }: Log): Promise<number[]> {
  const { rows } = await masthead.database.pool.query<{ position: number }>(
    'SELECT position::int FROM publication_changes WHERE newsletter_id = $1 ORDER BY position',
    [newsletter.id],
  );
  return rows.map(({ position }) => position);
}

async function numbersOf(follower: ReturnType<typeof makeFollower>): Promise<number[]> {
  return (await follower.catchUp()).map(({ issue }) => issue.number);
}

describe('While a publication is not committed', () => {
  test('a later one of its newsletter waits, so that no reader goes past it', async () => {
    const log = await makeLog(masthead);
    const [early, late] = [await log.draft(), await log.draft()];
    const follower = makeFollower(masthead.anonymous, log.url);
    await whileOpen(
      (ctx) => publishIssue(ctx, early.id, '*'),
      async (end) => {
        const waiting = log.publish(late.id);
        await expect.poll(countWaiting, PATIENCE).toBe(1);
        expect(await numbersOf(follower)).toEqual([]);
        await end('commit');
        await waiting;
      },
    );
    expect(await numbersOf(follower)).toEqual([1, 2]);
    expect(await positionsOf(log)).toEqual([1, 2]);
  });

  test('a withdrawal of its newsletter waits likewise, and a publication for a withdrawal', async () => {
    const log = await makeLog(masthead);
    const [one, other] = [await log.draft(), await log.draft()];
    const follower = makeFollower(masthead.anonymous, log.url);
    await log.publish(one.id);
    expect(await numbersOf(follower)).toEqual([1]);
    await whileOpen(
      (ctx) => unpublishIssue(ctx, one.id, '*'),
      async (end) => {
        const waiting = log.publish(other.id);
        await expect.poll(countWaiting, PATIENCE).toBe(1);
        expect(await numbersOf(follower)).toEqual([]);
        await end('commit');
        await waiting;
      },
    );
    expect((await follower.catchUp()).map(({ type }) => type)).toEqual(['withdrawn', 'published']);
    await whileOpen(
      (ctx) => publishIssue(ctx, one.id, '*'),
      async (end) => {
        const waiting = log.withdraw(other.id);
        await expect.poll(countWaiting, PATIENCE).toBe(1);
        await end('commit');
        await waiting;
      },
    );
    expect((await follower.catchUp()).map(({ type }) => type)).toEqual(['published', 'withdrawn']);
  });

  test('other newsletters go on', async () => {
    const [log, other] = [await makeLog(masthead), await makeLog(masthead)];
    const [held, free] = [await log.draft(), await other.draft({ number: 7 })];
    await whileOpen(
      (ctx) => publishIssue(ctx, held.id, '*'),
      async (end) => {
        await other.publish(free.id);
        expect(await numbersOf(makeFollower(masthead.anonymous, other.url))).toEqual([7]);
        await end('commit');
      },
    );
    expect(await positionsOf(log)).toEqual([1]);
  });
});

describe('A publication that is rolled back', () => {
  test('leaves no gap, neither before nor after others', async () => {
    const log = await makeLog(masthead);
    const [lost, second] = [await log.draft(), await log.draft()];
    const rollBack = () =>
      whileOpen(
        (ctx) => publishIssue(ctx, lost.id, '*'),
        (end) => end('rollback'),
      );
    await rollBack();
    expect(await positionsOf(log)).toEqual([]);
    await log.publish(second.id);
    await rollBack();
    await log.publish(lost.id);
    expect(await positionsOf(log)).toEqual([1, 2]);
    expect(await numbersOf(makeFollower(masthead.anonymous, log.url))).toEqual([2, 1]);
  });

  test('leaves its position to one that waited for it', async () => {
    const log = await makeLog(masthead);
    const [lost, waiting] = [await log.draft(), await log.draft()];
    await whileOpen(
      (ctx) => publishIssue(ctx, lost.id, '*'),
      async (end) => {
        const published = log.publish(waiting.id);
        await expect.poll(countWaiting, PATIENCE).toBe(1);
        await end('rollback');
        await published;
      },
    );
    expect(await positionsOf(log)).toEqual([1]);
    expect(await numbersOf(makeFollower(masthead.anonymous, log.url))).toEqual([2]);
  });
});

test('Many that are published at once take positions without gaps, and each is told of once', async () => {
  const log = await makeLog(masthead);
  const numbers = Array.from({ length: 12 }, (_, at) => at + 1);
  const drafts = await Promise.all(numbers.map((number) => log.draft({ number })));
  await Promise.all(drafts.map(({ id }) => log.publish(id)));
  expect(await positionsOf(log)).toEqual(numbers);
  const told = await numbersOf(makeFollower(masthead.anonymous, log.url, { limit: 5 }));
  expect(told.toSorted((a, b) => a - b)).toEqual(numbers);
});

test('What goes out by schedule is told of as what goes out by hand', async () => {
  const log = await makeLog(masthead);
  const { id } = await log.draft();
  await schedule(masthead, id);
  await inTransaction(masthead.ctx, (ctx) => publishDueIssue(ctx, id));
  const [entry] = await makeFollower(masthead.anonymous, log.url).catchUp();
  expect(entry).toMatchObject({ type: 'published', issue: { id }, edition: 1, isCurrent: true });
  expect(entry.at).toBe(entry.summary.publishedAt);
});
