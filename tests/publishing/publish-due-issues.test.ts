import pg from 'pg';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { systemContext } from '../../src/context.ts';
import { type Database, openDatabase } from '../../src/database/client.ts';
import { isConnectionLost, isUnavailable } from '../../src/database/errors.ts';
import { makePublishDueIssues } from '../../src/modules/publishing/schedule/publish-due-issues.ts';
import { unpublishIssue } from '../../src/modules/publishing/workflow/publish-issue.ts';
import { useTestDatabase } from '../support/database.ts';
import {
  countPublished,
  eachOnce,
  insertNewsletter,
  insertScheduled,
  orderOfPublication,
  outcomeOf,
  type Scheduled,
} from './due-issues.ts';

const testDatabase = useTestDatabase();
const databases: Database[] = [];
const HOUR_MS = 3_600_000;
const neverAborted = new AbortController().signal;

let pool: pg.Pool;

beforeAll(() => {
  pool = new pg.Pool({ connectionString: testDatabase.url });
});

/** Keeps the next test from publishing what this one left scheduled. */
afterEach(() => pool.query("DELETE FROM issues WHERE status = 'scheduled'"));

afterAll(async () => {
  await pool.end();
  for (const database of databases) await database.close();
});

/** The scheduler of one node, with its own connections. */
function startNode() {
  const database = openDatabase(testDatabase.url, { onError: () => {} });
  databases.push(database);
  const log = Object.assign(pino({ level: 'silent' }), { error: vi.fn() });
  const run = makePublishDueIssues(systemContext(database.prisma, 'schedule'), { log, isUnavailable });
  return { log, run: () => run(neverAborted), runWithSignal: run };
}

/** Runs the nodes again and again, because a run may end while other nodes still lock due issues. */
async function runUntilPublished(nodes: { run(): Promise<unknown> }[], due: readonly Scheduled[]) {
  await expect
    .poll(async () => {
      await Promise.all(nodes.map((node) => node.run()));
      return countPublished(pool, due);
    })
    .toBe(due.length);
}

const LOCK_ISSUE = 'SELECT FROM issues WHERE id = $1 FOR UPDATE';

/** Runs `fn` inside a transaction after the statement, and then commits. */
async function inOpenTransaction(sql: string, values: unknown[], fn: () => Promise<void>) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(sql, values);
    await fn();
  } finally {
    await client.query('COMMIT');
    client.release();
  }
}

async function lastEvent(issue: Scheduled | undefined) {
  const { rows } = await pool.query(
    'SELECT type, details, actor_kind, actor_name FROM events WHERE issue_id = $1 ORDER BY id DESC LIMIT 1',
    [issue?.id],
  );
  return rows[0];
}

async function statusOf(issue: Scheduled | undefined) {
  return (await pool.query('SELECT status FROM issues WHERE id = $1', [issue?.id])).rows[0]?.status;
}

describe('due issues', () => {
  test('four nodes publish each due issue once and none before its time', async () => {
    const nodes = Array.from({ length: 4 }, startNode);
    const due = [
      ...(await insertScheduled(pool, { count: 40, dueIn: 0 })),
      ...(await insertScheduled(pool, { count: 20, dueIn: -60_000, step: 1_000 })),
    ];
    const later = await insertScheduled(pool, { count: 5, dueIn: HOUR_MS });
    await runUntilPublished(nodes, due);
    expect(await outcomeOf(pool, due)).toEqual(eachOnce(60));
    expect(await outcomeOf(pool, later)).toEqual(eachOnce(0));
    expect(await lastEvent(due[0])).toMatchObject({
      type: 'issue.published',
      actor_kind: 'system',
      actor_name: 'schedule',
      details: { edition: 1 },
    });
  });

  test('four nodes publish the issues of a newsletter in the order of their due times', async () => {
    const nodes = Array.from({ length: 4 }, startNode);
    const newsletters = await Promise.all(
      Array.from({ length: 2 }, () => insertScheduled(pool, { count: 20, dueIn: -100_000, step: 1_000 })),
    );
    await runUntilPublished(nodes, newsletters.flat());
    for (const due of newsletters) {
      expect(await orderOfPublication(pool, due)).toEqual(due.map(({ id }) => id));
    }
  });

  test('an issue that an editor is rescheduling is not published', async () => {
    const [issue] = await insertScheduled(pool, { count: 1, dueIn: 0 });
    const { run } = startNode();
    const move = "UPDATE issues SET scheduled_at = now() + interval '1 hour' WHERE id = $1";
    await inOpenTransaction(move, [issue?.id], async () => {
      expect(await run()).toBe(50);
    });
    expect(await run()).toBeGreaterThan(3_500_000);
    expect(await statusOf(issue)).toBe('scheduled');
  });

  test('a locked issue delays only the later issues of its newsletter', async () => {
    const [held, after] = await insertScheduled(pool, { count: 2, dueIn: -2_000, step: 1_000 });
    const others = await insertScheduled(pool, { count: 5, dueIn: -500 });
    const { run } = startNode();
    await inOpenTransaction(LOCK_ISSUE, [held?.id], async () => {
      expect(await run()).toBe(50);
      expect(await outcomeOf(pool, others)).toEqual(eachOnce(5));
      expect([await statusOf(held), await statusOf(after)]).toEqual(['scheduled', 'scheduled']);
    });
    expect(await run()).toBeNull();
    expect([await statusOf(held), await statusOf(after)]).toEqual(['published', 'published']);
  });

  test('a locked issue does not delay issues that are due at the same time', async () => {
    const [held, ...others] = await insertScheduled(pool, { count: 6, dueIn: 0 });
    await inOpenTransaction(LOCK_ISSUE, [held?.id], async () => {
      await startNode().run();
      expect(await outcomeOf(pool, others)).toEqual(eachOnce(5));
      expect(await statusOf(held)).toBe('scheduled');
    });
  });

  test('a node that is told to stop publishes nothing', async () => {
    const due = await insertScheduled(pool, { count: 3, dueIn: 0 });
    await startNode().runWithSignal(AbortSignal.abort());
    expect(await outcomeOf(pool, due)).toEqual(eachOnce(0));
  });
});

describe('the time until the next due issue', () => {
  test('the time is null when nothing is scheduled', async () => {
    expect(await startNode().run()).toBeNull();
  });

  test('the time is at most the delay of the next scheduled issue', async () => {
    await insertScheduled(pool, { count: 1, dueIn: HOUR_MS });
    const wait = await startNode().run();
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(HOUR_MS);
  });
});

describe('overdue issues', () => {
  test('an overdue issue is published unless it exceeds the limit of its newsletter, and then it is held', async () => {
    const newsletterId = await insertNewsletter(pool, 30);
    const [tooLate, inTime] = await insertScheduled(pool, {
      ...{ count: 2, newsletterId },
      ...{ dueIn: -31 * 60_000, step: 2 * 60_000 },
    });
    const [ofPatient] = await insertScheduled(pool, { count: 1, dueIn: -24 * 60 * 60_000 });
    await startNode().run();
    expect([await statusOf(tooLate), await statusOf(inTime), await statusOf(ofPatient)]).toEqual([
      'draft',
      'published',
      'published',
    ]);
    expect(await lastEvent(tooLate)).toMatchObject({
      type: 'issue.held',
      actor_name: 'schedule',
      details: { reason: 'too_late', at: tooLate?.scheduledAt.toISOString(), problems: [] },
    });
  });
});

describe('due issues that cannot be published', () => {
  test('an issue that is no longer ready is held with the checklist, and the others are published', async () => {
    const [unfit, ...others] = await insertScheduled(pool, { count: 4, dueIn: 0 });
    await pool.query("UPDATE issues SET title = '' WHERE id = $1", [unfit?.id]);
    expect(await startNode().run()).toBeNull();
    expect(await statusOf(unfit)).toBe('draft');
    expect(await lastEvent(unfit)).toMatchObject({
      type: 'issue.held',
      details: { reason: 'not_ready', problems: [{ pointer: '/title', code: 'title_missing' }] },
    });
    expect(await outcomeOf(pool, others)).toEqual(eachOnce(3));
  });

  test.each(['number', 'slug'])('an issue whose %s another live issue uses is held', async (column) => {
    const newsletterId = await insertNewsletter(pool);
    const [first, second] = await insertScheduled(pool, { count: 2, dueIn: -2, step: 1, newsletterId });
    const { run } = startNode();
    await pool.query("UPDATE issues SET scheduled_at = now() + interval '1 hour' WHERE id = $1", [
      second?.id,
    ]);
    await run();
    // The draft of the first issue gets a new number and slug, but its live edition keeps the old ones.
    await pool.query('UPDATE issues SET number = 99, slug = $2 WHERE id = $1', [first?.id, 'other']);
    const freed = column === 'number' ? '1' : 'i-1';
    await pool.query(
      `UPDATE issues SET ${column} = $2, scheduled_at = now() - interval '1 second' WHERE id = $1`,
      [second?.id, freed],
    );
    await run();
    expect(await statusOf(second)).toBe('draft');
    expect(await lastEvent(second)).toMatchObject({
      type: 'issue.held',
      details: { reason: 'address_taken' },
    });
  });

  test('an issue whose publishing fails is logged, delays no other issue and is retried after 10 seconds', async () => {
    const [broken, ...others] = await insertScheduled(pool, { count: 4, dueIn: -4_000, step: 1_000 });
    const setLinks = (links: string) =>
      pool.query(
        'UPDATE items SET links = $2 FROM sections WHERE section_id = sections.id AND issue_id = $1',
        [broken?.id, links],
      );
    await setLinks('{"not": "a list"}');
    const { run, log } = startNode();
    vi.useFakeTimers({ toFake: ['performance'] });
    await run();
    expect(await outcomeOf(pool, others)).toEqual(eachOnce(3));
    expect(await statusOf(broken)).toBe('scheduled');

    await setLinks('[]');
    vi.advanceTimersByTime(9_000);
    await run();
    expect(await statusOf(broken)).toBe('scheduled');
    expect(log.error.mock.calls).toMatchObject([
      [{ issueId: broken?.id, err: { name: 'ZodError' } }, expect.any(String)],
    ]);

    vi.advanceTimersByTime(1_000);
    await run();
    vi.useRealTimers();
    expect(await statusOf(broken)).toBe('published');
  });
});

test('a run rejects when the database is unreachable', async () => {
  const database = openDatabase('postgresql://nobody@127.0.0.1:1/none', { onError: () => {} });
  databases.push(database);
  const run = makePublishDueIssues(systemContext(database.prisma, 'schedule'), {
    log: pino({ level: 'silent' }),
    isUnavailable,
  });
  await expect(run(neverAborted)).rejects.toThrow();
});

test('an issue whose connection ends while it is published is due again at once', async () => {
  const { run } = startNode();
  const [issue] = await insertScheduled(pool, { count: 1, dueIn: 0 });
  await inOpenTransaction('LOCK TABLE editions IN SHARE MODE', [], async () => {
    let failure: unknown;
    const running = run().catch((error: unknown) => (failure = error));
    await expect.poll(() => endWaiting().then(() => failure)).toBeInstanceOf(Error);
    await running;
    expect(isConnectionLost(failure)).toBe(true);
  });
  await run();
  expect(await statusOf(issue)).toBe('published');
});

/** Ends the connections that wait for a lock. */
async function endWaiting(): Promise<void> {
  await pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
}

test('an issue that was withdrawn and scheduled again goes out with the date of its first publication', async () => {
  const node = startNode();
  const issues = await insertScheduled(pool, { count: 1, dueIn: -1000 });
  const ids = issues.map(({ id }) => id);
  const dates = async () =>
    (await pool.query('SELECT published_at FROM publications WHERE issue_id = ANY ($1)', [ids])).rows;
  await runUntilPublished([node], issues);
  const first = await dates();
  const database = openDatabase(testDatabase.url, { onError: () => {} });
  databases.push(database);
  for (const id of ids) await unpublishIssue(systemContext(database.prisma, 'test'), id, '*');
  expect(await dates()).toEqual([]);
  await pool.query(
    `UPDATE issues SET status = 'scheduled', scheduled_at = now(), scheduled_local = '2026-12-01T09:00',
       scheduled_time_zone = 'UTC' WHERE id = ANY ($1)`,
    [ids],
  );
  await runUntilPublished([node], issues);
  expect(await dates()).toEqual(first);
});
