import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { DomainError } from '../errors.ts';
import { type Written, writeDurably } from '../modules/media/files/write-durably.ts';
import type { MediaStorage } from '../modules/media/storage/storage.ts';
import { countStoredMedia, listStoredMedia, type StoredMedia } from '../modules/media/upkeep/stored-media.ts';
import type { MediaFault } from '../modules/media/upkeep/verify-media.ts';
import { forEachConcurrently } from './for-each-concurrently.ts';
import { EARLY_MEDIA_FOLDER, mediaPath, PRIVATE_FILE } from './layout.ts';
import { readMediaList } from './media-list.ts';
import type { Progress } from './progress.ts';
import { sumOf } from './sums.ts';

/** A request to S3 takes tens of milliseconds, whatever the size of the file. */
export const CONCURRENT_FILES = 4;

/**
 * Copies the files that the database names now. It runs before the snapshot: a file that is deleted later is then already
 * here, although a deletion removes the bytes at once. Files that cannot be copied are tried again in `settleMedia`.
 */
export async function copyCurrentMedia(
  client: pg.ClientBase,
  storage: MediaStorage,
  folder: string,
  progress: Progress,
): Promise<void> {
  const total = await countStoredMedia(client);
  const show = progress('media files copied');
  let done = 0;
  await forEachConcurrently(listStoredMedia(client), CONCURRENT_FILES, async (media) => {
    await copyFile(storage, media, earlyPath(folder, media));
    done += 1;
    // Uploads go on while the files are copied.
    show(Math.min(done, total), total);
  });
}

export type SettledMedia = { files: number; bytes: number; faults: MediaFault[] };

/** Takes the files that the snapshot names from the early copies, and copies the others. */
export async function settleMedia(
  storage: MediaStorage,
  folder: string,
  total: number,
  progress: Progress,
): Promise<SettledMedia> {
  const show = progress('media files checked');
  const settled: SettledMedia = { files: 0, bytes: 0, faults: [] };
  let done = 0;
  await forEachConcurrently(readMediaList(folder), CONCURRENT_FILES, async (media) => {
    const fault = await settleFile(storage, media, folder);
    if (fault === null) {
      settled.files += 1;
      settled.bytes += media.size;
    } else {
      settled.faults.push({ fileName: media.fileName, fault });
    }
    done += 1;
    show(done, total);
  });
  await rm(path.join(folder, EARLY_MEDIA_FOLDER), { recursive: true });
  return settled;
}

/** Reads an early copy back, because a rendition may have been stored again under its name with other bytes. */
async function settleFile(
  storage: MediaStorage,
  media: StoredMedia,
  folder: string,
): Promise<MediaFault['fault'] | null> {
  const target = path.join(folder, mediaPath(media.fileName));
  const early = earlyPath(folder, media);
  const sum = await sumOf(early).catch(unlessMissing);
  if (sum !== media.sha256) return copyFile(storage, media, target);
  await rename(early, target);
  return null;
}

function earlyPath(folder: string, { fileName }: StoredMedia): string {
  return path.join(folder, EARLY_MEDIA_FOLDER, fileName);
}

/** Leaves no file if the stored one is missing, damaged or unreadable. Throws if the storage or the backup fails. */
async function copyFile(
  storage: MediaStorage,
  { fileName, size, sha256 }: StoredMedia,
  target: string,
): Promise<MediaFault['fault'] | null> {
  const copied = await copyBytes(storage, fileName, target);
  const fault = typeof copied === 'string' ? copied : compare(copied, { size, sha256 });
  if (fault !== null) await rm(target, { force: true });
  return fault;
}

async function copyBytes(
  storage: MediaStorage,
  fileName: string,
  target: string,
): Promise<Written | 'missing' | 'unreadable'> {
  try {
    const stored = await storage.open(fileName).catch(throwUnreadable);
    return stored === null ? 'missing' : await writeDurably(target, readFrom(stored.bytes), PRIVATE_FILE);
  } catch (error) {
    if (error instanceof Unreadable) return 'unreadable';
    throw error;
  }
}

function compare(copied: Written, row: Written): MediaFault['fault'] | null {
  if (copied.size !== row.size) return 'size';
  return copied.sha256 === row.sha256 ? null : 'sum';
}

/** Reading one file failed. Unlike an error of writing the backup, it does not concern the other files. */
class Unreadable extends Error {}

async function* readFrom(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    throwUnreadable(error);
  }
}

/** A storage that is not available fails for every file, so the backup must fail too. */
function throwUnreadable(cause: unknown): never {
  if (cause instanceof DomainError) throw cause;
  throw new Unreadable('A stored file cannot be read', { cause });
}

function unlessMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
