import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { migrate } from '../../src/database/migrate.ts';
import { migrationsDirectory, readMigrations } from '../../src/database/migration-history.ts';

/** Applies the migrations that precede the named one. */
export async function migrateBefore(migration: string, databaseUrl: string): Promise<void> {
  const directory = await mkdtemp(path.join(tmpdir(), 'migrations-'));
  await cp(migrationsDirectory, directory, { recursive: true });
  for (const { name } of await readMigrations(directory)) {
    if (name >= migration) await rm(path.join(directory, name), { recursive: true });
  }
  await migrate(databaseUrl, { directory });
  await rm(directory, { recursive: true });
}
