import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { migrationsDirectory } from '../../src/database/migration-history.ts';

/** Copies the wanted migrations to a new folder. The caller removes the folder. */
export async function copyMigrations(isWanted: (name: string) => boolean): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'migrations-'));
  const filter = (source: string) => !/^\d/.test(path.basename(source)) || isWanted(path.basename(source));
  await cp(migrationsDirectory, directory, { recursive: true, filter });
  return directory;
}
