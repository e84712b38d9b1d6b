import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { systemContext } from '../../src/context.ts';
import { type Database, openDatabase } from '../../src/database/client.ts';
import { indexTexts } from '../../src/modules/publications/index/index-texts.ts';
import { publishDueBatch } from '../../src/modules/publishing/schedule/publish-due-batch.ts';
import { stageIssue } from '../../src/modules/publishing/staging/stage-issue.ts';
import { adminClient } from '../admin-client.ts';
import { makeIssue, makeLibrary, makeNewsletter } from '../content.ts';
import { watchDatabaseCpu } from '../scale/database-cpu.ts';
import { ADMIN_KEY, type Place, startMasthead } from '../servers.ts';
import { withClient } from '../with-client.ts';

/** For each round, what one issue takes in one step of its publication. */
export type StepCost = {
  step: 'stage' | 'flip' | 'raw' | 'index';
  /** Milliseconds of the clock, CPU milliseconds of this process and of PostgreSQL. */
  wall: number[];
  node: number[];
  postgres: number[];
};

export const FLIPPED_ISSUES = 40;
const ROUNDS = 6;

/** What the flip inserts, in the order of foreign keys. */
const TABLES = [
  ...[
    'editions',
    'publications',
    'publication_tags',
    'published_tags',
    'published_people',
    'published_papers',
  ],
  ...['published_links', 'published_media', 'publication_changes', 'events'],
];

/**
 * Stages issues, makes them live in one batch of the schedule, and indexes their texts, again and again. In between, a raw
 * transaction inserts the very rows that the flip has inserted. The first round is not counted.
 */
export async function measureFlip(place: Place): Promise<StepCost[]> {
  const ids = await makeIssues(place);
  const database = openDatabase(place.databaseUrl, { onError: () => {} });
  const name = new URL(place.databaseUrl).pathname.slice(1);
  try {
    return await withClient(place.databaseUrl, (client) => measureRounds(database, client, name, ids));
  } finally {
    await database.close();
  }
}

async function makeIssues(place: Place): Promise<string[]> {
  const node = await startMasthead(place);
  try {
    const admin = adminClient([node.origin], ADMIN_KEY);
    const library = await makeLibrary(admin);
    const newsletterId = await makeNewsletter(admin, 'flipped');
    const ids: string[] = [];
    for (let number = 1; number <= FLIPPED_ISSUES; number += 1) {
      ids.push(await makeIssue(admin, newsletterId, number, library));
    }
    return ids;
  } finally {
    await node.stop();
  }
}

async function measureRounds(
  { prisma, pool }: Database,
  client: pg.Client,
  databaseName: string,
  ids: readonly string[],
): Promise<StepCost[]> {
  const ctx = systemContext(prisma, 'schedule');
  const readDatabaseCpu = watchDatabaseCpu(pool, databaseName);
  const costs = (['stage', 'flip', 'raw', 'index'] as const).map(
    (step): StepCost => ({ step, wall: [], node: [], postgres: [] }),
  );
  const measure = async (step: StepCost['step'], isCounted: boolean, work: () => Promise<unknown>) => {
    const [before, cpuBefore, start] = [await readDatabaseCpu(), process.cpuUsage(), performance.now()];
    await work();
    const wall = performance.now() - start;
    const { user, system } = process.cpuUsage(cpuBefore);
    const cost = costs.find((each) => each.step === step);
    if (!isCounted || !cost) return;
    cost.wall.push(wall / ids.length);
    cost.node.push((user + system) / 1_000 / ids.length);
    cost.postgres.push(((await readDatabaseCpu()) - before) / 1_000 / ids.length);
  };
  const columns = new Map<string, string>();
  for (const table of TABLES) columns.set(table, await findColumns(client, table));
  for (let round = 0; round <= ROUNDS; round += 1) {
    const isCounted = round > 0;
    await makeDue(client, ids);
    await measure('stage', isCounted, async () => {
      for (const id of ids) await stageIssue(ctx, id);
    });
    await untilDue(client, ids);
    await measure('flip', isCounted, async () => {
      const limit = ids.length;
      const outcome = await publishDueBatch(ctx, { paused: [], limit, onFailure: () => {} });
      if (outcome?.outOfDate.length !== 0) throw new Error('Not every issue was staged');
    });
    await copyRows(client, ids);
    await deleteRows(client, ids);
    await measure('raw', isCounted, () => insertRows(client, columns));
    await measure('index', isCounted, async () => {
      for (const id of ids) await indexTexts(ctx, id);
    });
    await deleteRows(client, ids);
  }
  return costs;
}

async function makeDue(client: pg.Client, ids: readonly string[]): Promise<void> {
  await client.query(
    `UPDATE issues SET status = 'scheduled', scheduled_at = now() + interval '3 seconds', revision = revision + 1,
       scheduled_local = '2026-12-01T09:00', scheduled_time_zone = 'UTC' WHERE id = ANY ($1)`,
    [ids],
  );
  // So that neither round stores anchors more often than the others.
  await client.query(
    'UPDATE items SET anchor = NULL FROM sections WHERE sections.id = section_id AND issue_id = ANY ($1)',
    [ids],
  );
}

async function untilDue(client: pg.Client, ids: readonly string[]): Promise<void> {
  const isWaiting = async () => {
    const { rowCount } = await client.query(
      'SELECT FROM issues WHERE id = ANY ($1) AND scheduled_at > now()',
      [ids],
    );
    return rowCount !== 0;
  };
  while (await isWaiting()) await sleep(10);
}

/** Keeps the rows in temporary tables. */
async function copyRows(client: pg.Client, ids: readonly string[]): Promise<void> {
  for (const table of TABLES) {
    await client.query(`DROP TABLE IF EXISTS pg_temp.raw_${table}`);
    await client.query(
      `CREATE TEMPORARY TABLE raw_${table} AS SELECT * FROM ${table} WHERE issue_id = ANY ('{${ids.join()}}')
       ${table === 'events' ? "AND type = 'issue.published'" : ''}`,
    );
  }
}

async function deleteRows(client: pg.Client, ids: readonly string[]): Promise<void> {
  for (const table of TABLES.toReversed()) {
    await client.query(`DELETE FROM ${table} WHERE issue_id = ANY ($1)`, [ids]);
  }
  await client.query('DELETE FROM published_texts WHERE issue_id = ANY ($1)', [ids]);
}

/** The database generates some of the columns. */
async function insertRows(client: pg.Client, columnsOf: ReadonlyMap<string, string>): Promise<void> {
  await client.query('BEGIN');
  for (const [table, columns] of columnsOf) {
    await client.query(`INSERT INTO ${table} (${columns}) SELECT ${columns} FROM raw_${table}`);
  }
  await client.query('COMMIT');
}

async function findColumns(client: pg.Client, table: string): Promise<string> {
  const { rows } = await client.query<{ columns: string }>(
    `SELECT string_agg(quote_ident(column_name), ', ') AS columns FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER'`,
    [table],
  );
  return rows[0]?.columns ?? '';
}
