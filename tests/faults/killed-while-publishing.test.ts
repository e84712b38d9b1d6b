import pg from 'pg';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { systemContext } from '../../src/context.ts';
import { type Database, openDatabase } from '../../src/database/client.ts';
import { isConnectionLost, isUnavailable } from '../../src/database/errors.ts';
import { makeIndexLiveTexts } from '../../src/modules/publishing/schedule/index-live-texts.ts';
import { makePublishDueIssues } from '../../src/modules/publishing/schedule/publish-due-issues.ts';
import { countPublished, eachOnce, insertScheduled, outcomeOf } from '../publishing/due-issues.ts';
import { useTestDatabase } from '../support/database.ts';
import { useNodes } from '../support/nodes.ts';
import { startStatementTap } from '../support/statement-tap.ts';
import { ROUNDS, reportFigure, spreadOver } from './rounds.ts';

const testDatabase = useTestDatabase();
const nodes = useNodes();
/** The statements of a node from the first claim of due issues until their texts can be searched, and a few more. */
const STATEMENTS = 30;
const ISSUES = 3;

let pool: pg.Pool;
let survivor: Database;

beforeAll(() => {
  pool = new pg.Pool({ connectionString: testDatabase.url });
  survivor = openDatabase(testDatabase.url, { onError: () => {} });
});

afterEach(() => nodes.killAll());

afterAll(async () => {
  await survivor.close();
  await pool.end();
});

/** Starts a node that is killed just before the database gets its statement `point`, or just after it. */
async function startDoomed(point: number, when: 'before' | 'after') {
  let count = -1;
  let kill = () => {};
  const tap = await startStatementTap(testDatabase.url, (sql) => {
    if (count >= 0 || sql.includes('"isTooLate"')) count += 1;
    if (count !== point) return true;
    kill();
    return when === 'after';
  });
  const node = await nodes.start(tap.url);
  kill = () => node.signal('SIGKILL');
  return { ended: node.exited, close: tap.close };
}

/** Publishes and indexes as another node does, until nothing is left to do. Returns the milliseconds that it takes. */
async function finish(due: Parameters<typeof outcomeOf>[1]): Promise<number> {
  const start = performance.now();
  const ctx = systemContext(survivor.prisma, 'schedule');
  const log = pino({ level: 'silent' });
  const [publish, index] = [
    makePublishDueIssues(ctx, { log, isUnavailable }),
    makeIndexLiveTexts(ctx, { log, isConnectionLost }),
  ];
  const neverAborted = new AbortController().signal;
  const isFinished = async () => {
    await publish(neverAborted);
    const done = (await countPublished(pool, due)) === due.length;
    if (done) await index(neverAborted);
    return done && (await countStaged()) === 0;
  };
  await expect.poll(isFinished).toBe(true);
  return performance.now() - start;
}

async function countStaged(): Promise<number> {
  return (await pool.query('SELECT FROM staged_editions')).rowCount ?? 0;
}

/** What readers see of the newsletter: positions in the change log without gaps, and both texts of each issue. */
async function publicStateOf(newsletterId: string | undefined) {
  const { rows } = await pool.query(
    `SELECT
       ARRAY (SELECT position::int FROM publication_changes WHERE newsletter_id = $1 ORDER BY position) AS positions,
       (SELECT count(*)::int FROM published_texts WHERE newsletter_id = $1) AS texts`,
    [newsletterId],
  );
  return rows[0];
}

test(`issues are published exactly once when the node is killed at any statement of a publication (${ROUNDS} rounds)`, async () => {
  const delays: number[] = [];
  for (const [round, point] of spreadOver(STATEMENTS).entries()) {
    const doomed = await startDoomed(point, round % 2 === 0 ? 'before' : 'after');
    const due = await insertScheduled(pool, { count: ISSUES, dueIn: 300 });
    await doomed.ended;
    delays.push(await finish(due));
    await doomed.close();
    expect(await outcomeOf(pool, due), `killed at statement ${point}`).toEqual(eachOnce(ISSUES));
    expect(await publicStateOf(due[0]?.newsletterId), `killed at statement ${point}`).toEqual({
      positions: [1, 2, 3],
      texts: 2 * ISSUES,
    });
  }
  reportFigure('Delay of issues by the kill of the node that publishes them', delays, 'ms');
});
