import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { adminClient } from './admin-client.ts';
import { BUSY_ISSUES, correct, publishBusyLetter } from './busy-letter.ts';
import type { Cleanup } from './cleanup.ts';
import { getRaw } from './raw-get.ts';
import { ADMIN_KEY, type Place, startMasthead } from './servers.ts';

export type HitRate = {
  seconds: number;
  reads: number;
  /** Reads that asked the database, as PostgreSQL counted them. */
  misses: number;
  corrections: number;
};

const SECONDS = 20;
const CONNECTIONS = 4;
const READ_INTERVAL_MS = 5;
const CORRECTION_INTERVAL_MS = 1_000;

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

/** Reads random issues of a newsletter from one node while one issue is corrected each second. */
export async function measureHitRate(place: Place, cleanup: Cleanup): Promise<HitRate> {
  const statements = cleanup.addStopOf(countStatements(place.databaseUrl));
  await statements.prepare();
  const node = cleanup.addStopOf(await startMasthead(place));
  const issueIds = await publishBusyLetter(adminClient([node.origin], ADMIN_KEY));
  const base = `${node.origin}/content/v1/newsletters/busy/issues`;
  for (let number = 1; number <= BUSY_ISSUES; number += 1) await getRaw(`${base}/${number}`, {}, agent);

  const missesBefore = await statements.countReads();
  const startedAt = performance.now();
  const end = startedAt + SECONDS * 1_000;
  const [reads, corrections] = await Promise.all([
    readUntil(end, base),
    correctUntil(end, node.origin, issueIds),
  ]);
  const seconds = (performance.now() - startedAt) / 1_000;
  const misses = (await statements.countReads()) - missesBefore;
  await node.stop();
  return { seconds, reads, misses, corrections };
}

/** Returns how many reads were answered. */
async function readUntil(end: number, base: string): Promise<number> {
  let reads = 0;
  const readOn = async () => {
    while (performance.now() < end) {
      await getRaw(`${base}/${1 + Math.floor(Math.random() * BUSY_ISSUES)}`, {}, agent);
      reads += 1;
      await sleep(READ_INTERVAL_MS);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, readOn));
  return reads;
}

async function correctUntil(end: number, origin: string, issueIds: readonly string[]): Promise<number> {
  let corrections = 0;
  while (performance.now() < end) {
    const startedAt = performance.now();
    const id = issueIds[corrections % issueIds.length];
    await correct(origin, `${id}`, `Corrected for the ${corrections + 1}th time`);
    corrections += 1;
    await sleep(Math.max(0, CORRECTION_INTERVAL_MS - (performance.now() - startedAt)));
  }
  return corrections;
}

/** Counts how often the statement ran that reads an issue by its number. A new connection counts from its start. */
function countStatements(databaseUrl: string) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  return {
    async prepare() {
      await pool.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
      await pool.query(
        `ALTER DATABASE ${pg.escapeIdentifier(nameOf(databaseUrl))} SET pg_stat_statements.track = 'top'`,
      );
    },
    async countReads(): Promise<number> {
      const { rows } = await pool.query<{ calls: number }>(`
        SELECT coalesce(sum(calls), 0)::float8 AS calls FROM pg_stat_statements
        WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND query LIKE '%AS "paperStatuses"%' AND query LIKE '%live.number = $2%'`);
      return rows[0]?.calls ?? 0;
    },
    stop: () => pool.end(),
  };
}

function nameOf(databaseUrl: string): string {
  return new URL(databaseUrl).pathname.slice(1);
}
