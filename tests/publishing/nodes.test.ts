import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
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
const HOUR = 3_600_000;
const PATIENCE = { timeout: 60_000, interval: 25 };
const LONG = { timeout: 120_000 };
const KEY = 'a-key-for-the-tests-of-several-nodes';

let pool: pg.Pool;

beforeAll(() => {
  pool = new pg.Pool({ connectionString: testDatabase.url });
});

afterAll(() => pool.end());

const start = (clockOffset = 0) =>
  nodes.start(testDatabase.url, { clockOffset, environment: { BOOTSTRAP_ADMIN_KEY: KEY } });

async function untilPublished(issues: readonly Scheduled[], count = issues.length) {
  await expect.poll(() => countPublished(pool, issues), PATIENCE).toBeGreaterThanOrEqual(count);
}

describe('200 issues that are due at once', LONG, () => {
  afterEach(() => nodes.killAll());

  /** Of ten newsletters, at one second. */
  async function insert200(): Promise<Scheduled[]> {
    const batches = Array.from({ length: 10 }, () => insertScheduled(pool, { count: 20, dueIn: 1_500 }));
    return (await Promise.all(batches)).flat();
  }

  test('go out once each, none early, from two nodes whose clocks are an hour ahead and behind', async () => {
    await Promise.all([start(HOUR), start(-HOUR)]);
    const issues = await insert200();
    await untilPublished(issues);
    expect(await outcomeOf(pool, issues)).toEqual(eachOnce(200));
  });

  test('go out once each from four nodes, of which one is killed at it', async () => {
    const [doomed] = await Promise.all([start(), start(), start(HOUR), start(-HOUR)]);
    const issues = await insert200();
    await untilPublished(issues, 20);
    doomed.signal('SIGKILL');
    await doomed.exited;
    expect(await countPublished(pool, issues)).toBeLessThan(200);
    await untilPublished(issues);
    expect(await outcomeOf(pool, issues)).toEqual(eachOnce(200));
  });
});

describe('Two nodes', LONG, () => {
  let overdue: Scheduled[];
  let first: ServerNode;

  beforeAll(async () => {
    const newsletterId = await insertNewsletter(pool);
    overdue = await insertScheduled(pool, { count: 12, dueIn: -HOUR, step: 60_000, newsletterId });
    [first] = await Promise.all([start(), start()]);
  }, LONG.timeout);

  test('send out at their start what fell due while none ran, the oldest first', async () => {
    await untilPublished(overdue);
    expect(await outcomeOf(pool, overdue)).toEqual(eachOnce(12));
    expect(await orderOfPublication(pool, overdue)).toEqual(overdue.map(({ id }) => id));
  });

  test('tell each other what is scheduled: it goes out on time though the one that was told is gone', async () => {
    await untilListening(2);
    const issue = await scheduleOn(first, 1_500);
    first.signal('SIGKILL');
    await untilPublished([issue]);
    expect(await outcomeOf(pool, [issue])).toEqual(eachOnce(1));
    expect(await lagOf(issue)).toBeLessThan(1_000);
  });

  test('publish by looking when they do not hear of anything, and listen again', async () => {
    const [listener] = await untilListening(1);
    await pool.query('SELECT pg_terminate_backend($1)', [listener]);
    const [issue] = await insertScheduled(pool, { count: 1, dueIn: 200 });
    if (!issue) throw new Error('No issue');
    await untilPublished([issue]);
    expect(await lagOf(issue)).toBeLessThan(3_000);
    expect(await untilListening(1)).not.toContain(listener);
  });
});

/** Over HTTP, as an editor would; so many milliseconds from now, by the database's clock. */
async function scheduleOn({ address }: ServerNode, dueIn: number): Promise<Scheduled> {
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
    dueIn,
  ]);
  const { schedule } = await send('PUT', `/issues/${id}/schedule`, { at: rows[0]?.at });
  return { id, newsletterId, scheduledAt: new Date(schedule.at) };
}

/** Process ids of the connections that listen, and ask now and then whether the server is still there. */
async function untilListening(count: number): Promise<number[]> {
  const find = async () => {
    const { rows } = await pool.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity
       WHERE application_name = 'masthead listener' AND datname = current_database() AND query = 'SELECT 1'`,
    );
    return rows.map(({ pid }) => pid);
  };
  await expect.poll(find, PATIENCE).toHaveLength(count);
  return find();
}

/** Milliseconds from the due time to the edition’s. */
async function lagOf({ id, scheduledAt }: Scheduled): Promise<number> {
  const { rows } = await pool.query<{ at: Date }>(
    'SELECT published_at AS at FROM editions WHERE issue_id = $1',
    [id],
  );
  return Number(rows[0]?.at) - scheduledAt.getTime();
}
