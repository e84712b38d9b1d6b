import { migrate } from '../database/migrate.ts';
import { migrationsDirectory, readMigrations } from '../database/migration-history.ts';
import type { MediaStorage } from '../modules/media/storage/storage.ts';
import { changeInstallationId, readInstallationId } from '../modules/media/upkeep/installation.ts';
import { claimStorage } from '../modules/media/upkeep/storage-owner.ts';
import { BackupError } from './backup-error.ts';
import { requireEmptyDatabase, requireFreeStorage, requireKnownMigrations } from './check-target.ts';
import { withConnection } from './connect.ts';
import { loadTables } from './load-tables.ts';
import { type Backup, verifyBackup } from './open-backup.ts';
import type { Progress } from './progress.ts';
import { restoreMedia } from './restore-media.ts';

export type RestoreOptions = Readonly<{
  databaseUrl: string;
  storage: MediaStorage;
  /**
   * The restored database takes the id of the one that was backed up, and with it a media storage that belongs to that one.
   * The database that was backed up must be gone.
   */
  takesOver: boolean;
  progress: Progress;
  migrationsDirectory?: string;
}>;

export type RestoredBackup = {
  /** Migrations that are newer than the backup. */
  applied: string[];
  /** Tables of the backup that no migration creates. */
  leftOut: string[];
};

/**
 * Restores a backup into an empty database and a storage without other files. Nothing is written before every file of the
 * backup is verified. The rows are committed last, so a restore that fails or is killed leaves an empty database, and can be
 * repeated.
 */
export async function restoreBackup(backup: Backup, options: RestoreOptions): Promise<RestoredBackup> {
  const {
    databaseUrl: url,
    storage,
    progress,
    migrationsDirectory: directory = migrationsDirectory,
  } = options;
  const { manifest } = backup;
  requireKnownMigrations(manifest, await readMigrations(directory));
  await withConnection(url, async (client) => {
    await requireEmptyDatabase(client, manifest);
    const id = await readInstallationId(client);
    await requireFreeStorage(storage, backup, id, options.takesOver);
  });
  await verifyBackup(backup, progress);
  await migrate(url, { directory, only: manifest.migrations.map(({ name }) => name) });
  const id = options.takesOver ? manifest.installationId : await withConnection(url, readInstallationId);
  if (id === null)
    throw new BackupError('The database has no row in the table installation, so it is not whole.');
  // Before the files, so that no other database claims them.
  await claimStorage(storage, id);
  await restoreMedia(storage, backup, progress);
  const leftOut = await withConnection(url, (client) =>
    loadTables(client, backup, progress, () => changeInstallationId(client, id)),
  );
  const { applied } = await migrate(url, { directory });
  return { applied, leftOut };
}
