import { progressBar } from '../../src/commands/progress-bar.ts';
import { migrate } from '../../src/database/migrate.ts';
import type { Cleanup } from '../cleanup.ts';
import type { BenchDatabase } from '../database.ts';
import { fillNewsletter } from '../fill/fill-newsletter.ts';
import { type FillPlan, planFilling } from '../fill/plan.ts';
import { reportProgress } from '../progress.ts';
import type { ServerChild } from '../server-child.ts';
import { startMasthead } from '../servers.ts';
import { format } from '../table.ts';
import { withClient } from '../with-client.ts';
import { watchDatabaseCpu } from './database-cpu.ts';

/** A filled newsletter in its own database, and a server without a cache. */
export type ScaleArchive = { name: string; plan: FillPlan; server: ServerChild };

/** The goal for the ratio of CPU time to that of the smallest archive. */
export const SCALE_GOAL = 1.2;

export async function fillArchives(
  database: BenchDatabase,
  sizes: readonly number[],
  directory: string,
  cleanup: Cleanup,
): Promise<ScaleArchive[]> {
  const filled: Awaited<ReturnType<typeof fillArchive>>[] = [];
  for (const issues of sizes) filled.push(await fillArchive(database, issues));
  // Otherwise PostgreSQL would write the filled pages during the measurement.
  await database.pool.query('CHECKPOINT');
  const archives: ScaleArchive[] = [];
  for (const { plan, databaseName, databaseUrl } of filled) {
    const place = { databaseUrl, directory, core: null };
    const server = cleanup.addStopOf(await startMasthead(place, { CONTENT_CACHE_BYTES: '0' }));
    const name = `${format(plan.issues, 0)} issues`;
    archives.push({ name, plan, server: withDatabase(server, database, databaseName) });
  }
  return archives;
}

async function fillArchive(database: BenchDatabase, issues: number) {
  reportProgress(`Filling an archive of ${issues} issues`);
  const databaseName = `archive_${issues}`;
  const databaseUrl = await database.addDatabase(databaseName);
  await migrate(databaseUrl);
  const plan = planFilling('archive', issues);
  await withClient(databaseUrl, (client) => fillNewsletter(client, plan, progressBar('issues')));
  return { plan, databaseName, databaseUrl };
}

/** Adds the CPU time of the server's PostgreSQL backends to its own. */
export function withDatabase(
  server: ServerChild,
  { pool }: Pick<BenchDatabase, 'pool'>,
  databaseName: string,
): ServerChild {
  const readDatabaseCpu = watchDatabaseCpu(pool, databaseName);
  return {
    ...server,
    async readUsage() {
      const [{ cpu, memory }, ofDatabase] = await Promise.all([server.readUsage(), readDatabaseCpu()]);
      return { cpu: cpu + ofDatabase, memory };
    },
  };
}
