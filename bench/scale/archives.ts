import { progressBar } from '../../src/commands/progress-bar.ts';
import { migrate } from '../../src/database/migrate.ts';
import type { Cleanup } from '../cleanup.ts';
import type { BenchDatabase } from '../database.ts';
import { fillNewsletter } from '../fill/fill-newsletter.ts';
import { type FillPlan, planFilling } from '../fill/plan.ts';
import { tellProgress } from '../progress.ts';
import type { ServerChild } from '../server-child.ts';
import { startMasthead } from '../servers.ts';
import { withClient } from '../with-client.ts';
import { watchDatabaseCpu } from './database-cpu.ts';

/** A filled newsletter in a database of its own, and a server that keeps nothing of it. */
export type ScaleArchive = { plan: FillPlan; server: ServerChild };

export async function fillArchives(
  database: BenchDatabase,
  sizes: readonly number[],
  directory: string,
  cleanup: Cleanup,
): Promise<ScaleArchive[]> {
  const filled: { plan: FillPlan; name: string; url: string }[] = [];
  for (const issues of sizes) filled.push(await fillArchive(database, issues));
  // What the filling left to be written would be written while reads are measured.
  await database.pool.query('CHECKPOINT');
  const archives: ScaleArchive[] = [];
  for (const { plan, name, url } of filled) {
    const place = { databaseUrl: url, directory, core: null };
    const server = cleanup.addStopOf(await startMasthead(place, { CONTENT_CACHE_BYTES: '0' }));
    archives.push({ plan, server: withDatabase(server, database, name) });
  }
  return archives;
}

async function fillArchive(database: BenchDatabase, issues: number) {
  tellProgress(`Filling an archive of ${issues} issues`);
  const name = `archive_${issues}`;
  const url = await database.addDatabase(name);
  await migrate(url);
  const plan = planFilling('archive', issues);
  await withClient(url, (client) => fillNewsletter(client, plan, progressBar('issues')));
  return { plan, name, url };
}

/** Counts what PostgreSQL computes for the server as the server's own. */
function withDatabase(server: ServerChild, { pool }: BenchDatabase, name: string): ServerChild {
  const readDatabaseCpu = watchDatabaseCpu(pool, name);
  return {
    ...server,
    async readUsage() {
      const [{ cpu, memory }, ofDatabase] = await Promise.all([server.readUsage(), readDatabaseCpu()]);
      return { cpu: cpu + ofDatabase, memory };
    },
  };
}
