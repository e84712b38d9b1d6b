import { describe, expect, test } from 'vitest';
import { inTransaction } from '../../src/context.ts';
import { publishDueBatch } from '../../src/modules/publishing/schedule/publish-due-batch.ts';
import { stageIssue } from '../../src/modules/publishing/staging/stage-issue.ts';
import { publishIssue, unpublishIssue } from '../../src/modules/publishing/workflow/publish-issue.ts';
import { useMasthead } from '../support/app.ts';
import { schedule } from '../support/factories.ts';
import { makeFollower, makeLog } from './following.ts';

const masthead = useMasthead();

type Log = Awaited<ReturnType<typeof makeLog>>;

class RolledBack extends Error {}

/** Runs `work` in a transaction that stays open while `fn` runs. `fn` calls `end` to commit it or roll it back. */
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

/** Counts the statements that wait for a lock in the database of this file. */
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

describe('an uncommitted publication', () => {
  test('a later publication of the same newsletter waits, so that no follower skips the first', async () => {
    const log = await makeLog(masthead);
    const [early, late] = [await log.draft(), await log.draft()];
    const follower = makeFollower(masthead.anonymous, log.url);
    await whileOpen(
      (ctx) => publishIssue(ctx, early.id, '*'),
      async (end) => {
        const waiting = log.publish(late.id);
        await expect.poll(countWaiting).toBe(1);
        expect(await numbersOf(follower)).toEqual([]);
        await end('commit');
        await waiting;
      },
    );
    expect(await numbersOf(follower)).toEqual([1, 2]);
    expect(await positionsOf(log)).toEqual([1, 2]);
  });

  test('a publication waits for an uncommitted withdrawal, and a withdrawal for an uncommitted publication', async () => {
    const log = await makeLog(masthead);
    const [one, other] = [await log.draft(), await log.draft()];
    const follower = makeFollower(masthead.anonymous, log.url);
    await log.publish(one.id);
    expect(await numbersOf(follower)).toEqual([1]);
    await whileOpen(
      (ctx) => unpublishIssue(ctx, one.id, '*'),
      async (end) => {
        const waiting = log.publish(other.id);
        await expect.poll(countWaiting).toBe(1);
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
        await expect.poll(countWaiting).toBe(1);
        await end('commit');
        await waiting;
      },
    );
    expect((await follower.catchUp()).map(({ type }) => type)).toEqual(['published', 'withdrawn']);
  });

  test('publications of other newsletters do not wait', async () => {
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

describe('a publication that is rolled back', () => {
  test('a publication that is rolled back leaves no gap in the positions', async () => {
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

  test('a publication that waited for one that is rolled back gets its position', async () => {
    const log = await makeLog(masthead);
    const [lost, waiting] = [await log.draft(), await log.draft()];
    await whileOpen(
      (ctx) => publishIssue(ctx, lost.id, '*'),
      async (end) => {
        const published = log.publish(waiting.id);
        await expect.poll(countWaiting).toBe(1);
        await end('rollback');
        await published;
      },
    );
    expect(await positionsOf(log)).toEqual([1]);
    expect(await numbersOf(makeFollower(masthead.anonymous, log.url))).toEqual([2]);
  });
});

test('concurrent publications take positions without gaps, and a follower sees each once', async () => {
  const log = await makeLog(masthead);
  const numbers = Array.from({ length: 12 }, (_, at) => at + 1);
  const drafts = await Promise.all(numbers.map((number) => log.draft({ number })));
  await Promise.all(drafts.map(({ id }) => log.publish(id)));
  expect(await positionsOf(log)).toEqual(numbers);
  const told = await numbersOf(makeFollower(masthead.anonymous, log.url, { limit: 5 }));
  expect(told.toSorted((a, b) => a - b)).toEqual(numbers);
});

test('a scheduled publication appears in the changes like a manual one', async () => {
  const log = await makeLog(masthead);
  const { id } = await log.draft();
  await schedule(masthead, id);
  await masthead.database.pool.query('UPDATE issues SET scheduled_at = now() WHERE id = $1', [id]);
  await stageIssue(masthead.ctx, id);
  await publishDueBatch(masthead.ctx, { paused: [], limit: 1, onFailure: () => {} });
  const [entry] = await makeFollower(masthead.anonymous, log.url).catchUp();
  expect(entry).toMatchObject({ type: 'published', issue: { id }, edition: 1, isCurrent: true });
  expect(entry.at).toBe(entry.summary.publishedAt);
});
