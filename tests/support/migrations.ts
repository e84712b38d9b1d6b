import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { migrationsDirectory } from '../../src/database/migration-history.ts';

/** A folder with those migrations alone; whoever asks for it removes it. */
export async function copyMigrations(isWanted: (name: string) => boolean): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'migrations-'));
  const filter = (source: string) => !/^\d/.test(path.basename(source)) || isWanted(path.basename(source));
  await cp(migrationsDirectory, directory, { recursive: true, filter });
  return directory;
}
