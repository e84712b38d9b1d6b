import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { VERSION } from '../lib/version.ts';
import { writeDurably } from '../modules/media/files/write-durably.ts';
import type { MediaStorage } from '../modules/media/storage/storage.ts';
import { isDiskFull } from '../modules/media/storage/storage-full.ts';
import { isStoredMedia } from '../modules/media/upkeep/stored-media.ts';
import type { MediaFault } from '../modules/media/upkeep/verify-media.ts';
import { BackupError } from './backup-error.ts';
import { withConnection } from './connect.ts';
import { copyCurrentMedia, type SettledMedia, settleMedia } from './copy-media.ts';
import {
  DATABASE_FOLDER,
  EARLY_MEDIA_FOLDER,
  MANIFEST,
  MEDIA_FOLDER,
  mediaPath,
  PRIVATE_FILE,
  PRIVATE_FOLDER,
  SUMS,
  syncFolder,
} from './layout.ts';
import { CURRENT_FORMAT, type Manifest } from './manifest.ts';
import { readMediaList } from './media-list.ts';
import type { Progress } from './progress.ts';
import { requireMigrations, type Snapshot, writeSnapshot } from './snapshot.ts';
import { type Sum, writeSums } from './sums.ts';

export type BackupOptions = Readonly<{
  databaseUrl: string;
  storage: MediaStorage;
  /** It must not exist, or be empty. */
  folder: string;
  progress: Progress;
}>;

export type MadeBackup = {
  manifest: Manifest;
  /** Files that are missing from the storage, or damaged there. */
  faults: MediaFault[];
  /** Files that were stored and deleted again while the backup ran. */
  deleted: string[];
};

/**
 * Makes a backup of the database and its media as they are at one moment, while nodes go on writing. If it fails, it removes
 * what it wrote. If it is killed, the folder has no SHA256SUMS and is not a backup.
 */
export async function createBackup(options: BackupOptions): Promise<MadeBackup> {
  await claimFolder(options.folder);
  try {
    return await fillFolder(options);
  } catch (error) {
    await emptyFolder(options.folder).catch(() => {});
    throw isDiskFull(error)
      ? new BackupError(`The disk of ${options.folder} is full. Nothing of the backup was kept.`, {
          cause: error,
        })
      : error;
  }
}

async function claimFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER });
    refuseContent(folder, await readdir(folder));
    // Fails for the second of two backups that start together.
    await mkdir(path.join(folder, DATABASE_FOLDER), PRIVATE_FOLDER);
    await mkdir(path.join(folder, MEDIA_FOLDER), PRIVATE_FOLDER);
    await mkdir(path.join(folder, EARLY_MEDIA_FOLDER), PRIVATE_FOLDER);
  } catch (error) {
    if (error instanceof BackupError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new BackupError(`Cannot use the folder ${folder} for a backup: ${reason}`, { cause: error });
  }
}

function refuseContent(folder: string, names: readonly string[]): void {
  if (names.includes(SUMS))
    throw new BackupError(`The folder ${folder} holds a backup already. Name a new folder.`);
  if (names.includes(DATABASE_FOLDER))
    throw new BackupError(
      `The folder ${folder} holds a backup without ${SUMS}, so it is unfinished or still running. ` +
        'Delete the folder if no backup is running, or name a new one.',
    );
  if (names.length > 0) throw new BackupError(`The folder ${folder} is not empty. Name a new folder.`);
}

async function fillFolder({ databaseUrl, storage, folder, progress }: BackupOptions): Promise<MadeBackup> {
  await withConnection(databaseUrl, async (client) => {
    await requireMigrations(client);
    await copyCurrentMedia(client, storage, folder, progress);
  });
  const { sums, listed, ...snapshot } = await withConnection(databaseUrl, (client) =>
    writeSnapshot(client, folder, progress),
  );
  const settled = await settleMedia(storage, folder, listed, progress);
  const manifest = describe(snapshot, settled);
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  const { sha256 } = await writeDurably(path.join(folder, MANIFEST), [Buffer.from(text)], PRIVATE_FILE);
  for (const each of [DATABASE_FOLDER, MEDIA_FOLDER]) await syncFolder(folder, each);
  const first = [{ path: MANIFEST, sha256 }, ...sums];
  await writeSums(folder, listSums(folder, first, manifest));
  return { manifest, ...(await findDeleted(databaseUrl, settled.faults)) };
}

function describe(
  snapshot: Omit<Snapshot, 'sums' | 'listed'>,
  { files, bytes, faults }: SettledMedia,
): Manifest {
  const missing = faults.map(({ fileName }) => fileName);
  return { format: CURRENT_FORMAT, release: VERSION, ...snapshot, media: { files, bytes, missing } };
}

async function* listSums(folder: string, first: readonly Sum[], { media }: Manifest): AsyncGenerator<Sum> {
  yield* first;
  const missing = new Set(media.missing);
  for await (const { fileName, sha256 } of readMediaList(folder)) {
    if (!missing.has(fileName)) yield { path: mediaPath(fileName), sha256 };
  }
}

/** Tells files that were deleted after the snapshot from those that the storage has lost. */
async function findDeleted(
  databaseUrl: string,
  faults: readonly MediaFault[],
): Promise<Pick<MadeBackup, 'faults' | 'deleted'>> {
  const found: Pick<MadeBackup, 'faults' | 'deleted'> = { faults: [], deleted: [] };
  if (faults.length === 0) return found;
  await withConnection(databaseUrl, async (client) => {
    for (const fault of faults) {
      if (await isStoredMedia(client, fault.fileName)) found.faults.push(fault);
      else found.deleted.push(fault.fileName);
    }
  });
  return found;
}

/** The folder was empty before, so all that is in it is of this backup. */
async function emptyFolder(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await rm(path.join(folder, name), { recursive: true });
}
