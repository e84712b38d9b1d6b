import { stat } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { hasChecksum, type Migration, readRecordedMigrations } from '../database/migration-history.ts';
import type { MediaStorage } from '../modules/media/storage/storage.ts';
import { listMediaFiles } from '../modules/media/upkeep/find-orphans.ts';
import { INSTALLATION_TABLE } from '../modules/media/upkeep/installation.ts';
import { readStorageOwner } from '../modules/media/upkeep/storage-owner.ts';
import { BackupError } from './backup-error.ts';
import { listTables, quote } from './database-tables.ts';
import { mediaPath } from './layout.ts';
import type { Manifest } from './manifest.ts';
import type { Backup } from './open-backup.ts';

/** Refuses a backup whose state the code cannot migrate an empty database to. */
export function requireKnownMigrations({ release, migrations }: Manifest, known: readonly Migration[]): void {
  const byName = new Map(known.map((migration) => [migration.name, migration]));
  const unknown = migrations.filter(({ name }) => !byName.has(name)).map(({ name }) => name);
  if (unknown.length > 0)
    throw new BackupError(
      `The backup was made by Masthead ${release}, which is newer than this release: it has the migrations ` +
        `${unknown.join(', ')}. Restore it with that release, or a later one.`,
    );
  for (const { name, checksum } of migrations) {
    const migration = byName.get(name);
    if (migration !== undefined && !hasChecksum(migration, checksum))
      throw new BackupError(`The migration ${name} of the backup is not the one of this release.`);
  }
}

/** Refuses a database that has content, or that was migrated further than the backup. */
export async function requireEmptyDatabase(client: pg.Client, manifest: Manifest): Promise<void> {
  const recorded = await readRecordedMigrations(client);
  if (recorded.length === 0) return;
  const filled = await listFilledTables(client);
  if (filled.length > 0)
    throw new BackupError(
      `The database ${client.database} has content, in ${filled.join(', ')}. Restore never overwrites: create an ` +
        'empty database and set DATABASE_URL to it or, for the embedded database, set DATA_DIR to an empty folder.',
    );
  const restored = new Set(manifest.migrations.map(({ name }) => name));
  const further = recorded.map((row) => row.migration_name).filter((name) => !restored.has(name));
  if (further.length > 0)
    throw new BackupError(
      `The database ${client.database} was migrated further than the backup, by ${further.join(', ')}. ` +
        'Restore into a database that Masthead has not been started on.',
    );
}

async function listFilledTables(client: pg.Client): Promise<string[]> {
  const filled: string[] = [];
  for (const { name } of await listTables(client)) {
    if (name === INSTALLATION_TABLE) continue;
    const { rows } = await client.query<{ isFilled: boolean }>(
      `SELECT EXISTS (SELECT FROM ${quote(name)}) AS "isFilled"`,
    );
    if (rows[0]?.isFilled) filled.push(name);
  }
  return filled;
}

/**
 * Refuses a storage whose files may belong to a live database, because each of the two would delete files that only the other
 * one knows. `installationId` is that of the database to restore into, or null if it has none yet.
 */
export async function requireFreeStorage(
  storage: MediaStorage,
  backup: Backup,
  installationId: string | null,
  takesOver: boolean,
): Promise<void> {
  const owner = await readStorageOwner(storage);
  if (owner === null) {
    if (!takesOver) await refuseForeignFiles(storage, backup);
    return;
  }
  if (owner === (takesOver ? backup.manifest.installationId : installationId)) return;
  throw new BackupError(
    owner === backup.manifest.installationId
      ? 'The media storage belongs to the database that was backed up. If that database still runs, use another folder ' +
          'or bucket. If it is gone, add --take-over-media.'
      : 'The media storage belongs to another database, whose id is in its file database.txt. Use an empty folder or ' +
          'bucket. If no database uses these files, remove them and database.txt first.',
  );
}

/** A restore that was interrupted has left files of this backup. */
async function refuseForeignFiles(storage: MediaStorage, { folder }: Backup): Promise<void> {
  for await (const batch of listMediaFiles(storage)) {
    for (const { fileName } of batch) {
      const held = await stat(path.join(folder, mediaPath(fileName))).catch(() => null);
      if (held === null)
        throw new BackupError(
          `The media storage holds ${fileName}, which is not in the backup. Use an empty folder or bucket.`,
        );
    }
  }
}
