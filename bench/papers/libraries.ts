import { progressBar } from '../../src/commands/progress-bar.ts';
import { migrate } from '../../src/database/migrate.ts';
import type { BenchDatabase } from '../database.ts';
import { reportProgress } from '../progress.ts';
import { format } from '../table.ts';
import { withClient } from '../with-client.ts';
import { fillLibrary } from './fill-library.ts';
import { type LibraryPlan, planLibrary } from './plan.ts';

/** A filled library in its own database. */
export type Library = { name: string; plan: LibraryPlan; databaseName: string; databaseUrl: string };

export async function fillLibraries(database: BenchDatabase, sizes: readonly number[]): Promise<Library[]> {
  const libraries: Library[] = [];
  for (const papers of sizes) {
    const plan = planLibrary(papers);
    reportProgress(`Filling a library of ${papers} papers and ${plan.uses.issues} uses`);
    const databaseName = `library_${papers}`;
    const databaseUrl = await database.addDatabase(databaseName);
    await migrate(databaseUrl);
    await withClient(databaseUrl, (client) => fillLibrary(client, plan, progressBar('papers and issues')));
    libraries.push({ name: `${format(papers, 0)} papers`, plan, databaseName, databaseUrl });
  }
  // Otherwise PostgreSQL would write the filled pages during the measurement.
  await database.pool.query('CHECKPOINT');
  return libraries;
}

/** The largest library takes gigabytes, which later parts may need. */
export async function dropLibraries({ pool }: BenchDatabase, libraries: readonly Library[]): Promise<void> {
  for (const { databaseName } of libraries) await pool.query(`DROP DATABASE ${databaseName} WITH (FORCE)`);
}
