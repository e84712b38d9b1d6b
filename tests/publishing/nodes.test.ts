import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HEARTBEAT_QUERY } from '../../src/background/listen.ts';
import { useTestDatabase } from '../support/database.ts';
import { type ServerNode, useNodes } from '../support/nodes.ts';
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
const nodes = useNodes();
const HOUR_MS = 3_600_000;
const KEY = 'a-key-for-the-tests-of-several-nodes';

let pool: pg.Pool;

beforeAll(() => {
  pool = new pg.Pool({ connectionString: testDatabase.url });
});

afterAll(() => pool.end());

const start = (clockOffset = 0) =>
  nodes.start(testDatabase.url, { clockOffset, environment: { BOOTSTRAP_ADMIN_KEY: KEY } });

async function untilPublished(issues: readonly Scheduled[], count = issues.length) {
  await expect.poll(() => countPublished(pool, issues)).toBeGreaterThanOrEqual(count);
}

describe('200 issues that are due in the same second', () => {
  beforeAll(() => Promise.all([start(HOUR_MS), start(-HOUR_MS)]));
  afterAll(() => nodes.killAll());

  /** 20 issues in each of ten newsletters, all due at about the same time. */
  async function insert200(): Promise<Scheduled[]> {
    const batches = Array.from({ length: 10 }, () => insertScheduled(pool, { count: 20, dueIn: 1_500 }));
    return (await Promise.all(batches)).flat();
  }

  test('two nodes whose clocks are an hour fast and slow publish each issue once and none early', async () => {
    const issues = await insert200();
    await untilPublished(issues);
    expect(await outcomeOf(pool, issues)).toEqual(eachOnce(200));
  });

  test('four nodes publish each issue once when one of them is killed while publishing', async () => {
    const [doomed] = await Promise.all([start(), start()]);
    const issues = await insert200();
    await untilPublished(issues, 20);
    doomed.signal('SIGKILL');
    await doomed.exited;
    expect(await countPublished(pool, issues)).toBeLessThan(200);
    await untilPublished(issues);
    expect(await outcomeOf(pool, issues)).toEqual(eachOnce(200));
  });
});

describe('two nodes', () => {
  let overdue: Scheduled[];
  let first: ServerNode;

  beforeAll(async () => {
    const newsletterId = await insertNewsletter(pool);
    overdue = await insertScheduled(pool, { count: 12, dueIn: -HOUR_MS, step: 60_000, newsletterId });
    [first] = await Promise.all([start(), start()]);
  });

  test('nodes that start publish the issues that fell due while no node ran, the oldest first', async () => {
    await untilPublished(overdue);
    expect(await outcomeOf(pool, overdue)).toEqual(eachOnce(12));
    expect(await orderOfPublication(pool, overdue)).toEqual(overdue.map(({ id }) => id));
  });

  test('an issue is published within a second of its due time when the node that scheduled it is killed', async () => {
    await untilListening(2);
    const issue = await scheduleOn(first, 1_500);
    first.signal('SIGKILL');
    await untilPublished([issue]);
    expect(await outcomeOf(pool, [issue])).toEqual(eachOnce(1));
    expect(await lagMs(issue)).toBeLessThan(1_000);
  });

  test('a node that lost its listening connection publishes by polling and then listens again', async () => {
    const [listener] = await untilListening(1);
    await pool.query('SELECT pg_terminate_backend($1)', [listener]);
    const [issue] = await insertScheduled(pool, { count: 1, dueIn: 200 });
    if (!issue) throw new Error('No issue');
    await untilPublished([issue]);
    expect(await lagMs(issue)).toBeLessThan(3_000);
    expect(await untilListening(1)).not.toContain(listener);
  });
});

/** Schedules an issue through the API of a node, `dueInMs` from now by the database's clock. */
async function scheduleOn({ address }: ServerNode, dueInMs: number): Promise<Scheduled> {
  const send = async (method: string, path: string, body: object) => {
    const response = await fetch(`${address}/admin/v1${path}`, {
      method,
      body: JSON.stringify(body),
      headers: {
        authorization: `Bearer ${KEY}`,
        'content-type': 'application/json',
        'if-match': '*',
      },
    });
    return JSON.parse(await response.text());
  };
  const newsletterId = await insertNewsletter(pool);
  const item = { kind: 'note', title: 'One', body: 'A note.' };
  const { id } = await send('POST', `/newsletters/${newsletterId}/issues`, {
    title: 'Told',
    sections: [{ title: 'Notes', items: [item] }],
  });
  const { rows } = await pool.query<{ at: Date }>("SELECT now() + $1 * interval '1 millisecond' AS at", [
    dueInMs,
  ]);
  const { schedule } = await send('PUT', `/issues/${id}/schedule`, { at: rows[0]?.at });
  return { id, newsletterId, scheduledAt: new Date(schedule.at) };
}

/** Waits for `count` listening connections that have sent a keep-alive query, and returns their process ids. */
async function untilListening(count: number): Promise<number[]> {
  const find = async () => {
    const { rows } = await pool.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity
       WHERE application_name = 'masthead listener' AND datname = current_database() AND query = '${HEARTBEAT_QUERY}'`,
    );
    return rows.map(({ pid }) => pid);
  };
  await expect.poll(find).toHaveLength(count);
  return find();
}

/** Milliseconds from the due time to the publication time. */
async function lagMs({ id, scheduledAt }: Scheduled): Promise<number> {
  const { rows } = await pool.query<{ at: Date }>(
    'SELECT published_at AS at FROM editions WHERE issue_id = $1',
    [id],
  );
  return Number(rows[0]?.at) - scheduledAt.getTime();
}
