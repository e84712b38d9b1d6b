import { progressBar } from '../../src/commands/progress-bar.ts';
import { migrate } from '../../src/database/migrate.ts';
import type { Cleanup } from '../cleanup.ts';
import type { BenchDatabase } from '../database.ts';
import { fillNewsletter } from '../fill/fill-newsletter.ts';
import { type FillPlan, planFilling } from '../fill/plan.ts';
import { tellProgress } from '../progress.ts';
import type { ServerChild } from '../server-child.ts';
import { startMasthead } from '../servers.ts';
import { format } from '../table.ts';
import { withClient } from '../with-client.ts';
import { watchDatabaseCpu } from './database-cpu.ts';

/** A filled newsletter in a database of its own, and a server that keeps nothing of it. */
export type ScaleArchive = { name: string; plan: FillPlan; server: ServerChild };

/** How many times the cost at the smallest archive it may be at any other. */
export const SCALE_GOAL = 1.2;

export async function fillArchives(
  database: BenchDatabase,
  sizes: readonly number[],
  directory: string,
  cleanup: Cleanup,
): Promise<ScaleArchive[]> {
  const filled: Awaited<ReturnType<typeof fillArchive>>[] = [];
  for (const issues of sizes) filled.push(await fillArchive(database, issues));
  // What the filling left to be written would be written while reads are measured.
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
  tellProgress(`Filling an archive of ${issues} issues`);
  const databaseName = `archive_${issues}`;
  const databaseUrl = await database.addDatabase(databaseName);
  await migrate(databaseUrl);
  const plan = planFilling('archive', issues);
  await withClient(databaseUrl, (client) => fillNewsletter(client, plan, progressBar('issues')));
  return { plan, databaseName, databaseUrl };
}

/** Counts what PostgreSQL computes for the server as the server's own. */
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
