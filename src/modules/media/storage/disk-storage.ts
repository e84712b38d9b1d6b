import { type FileHandle, open, opendir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ByteRange, MediaStorage, StoredEntry, StoredFile } from './storage.ts';
import { toStorageFullError } from './storage-full.ts';

const STAGING = '.staging';

/** Stores files in one flat folder. Several nodes can share it on a common volume. */
export function diskStorage(directory: string): MediaStorage {
  const pathOf = (fileName: string) => join(directory, fileName);
  return {
    // Inside the folder, because a rename across file systems is not atomic.
    stagingDirectory: pathOf(STAGING),
    put: (path, { fileName }) => putDurably(directory, path, pathOf(fileName)),
    open: (fileName, range) => openFile(pathOf(fileName), range),
    stat: (fileName) => statFile(directory, fileName),
    remove: (fileName) => rm(pathOf(fileName), { force: true }),
    list: () => listFiles(directory),
    removeUnfinished: async () => 0,
    directUrlOf: async () => null,
    close: async () => {},
  };
}

async function putDurably(directory: string, from: string, to: string): Promise<void> {
  if (await unlessMissing(stat(to))) return;
  try {
    // Both the bytes and the directory entry must survive a power failure.
    await sync(from);
    await rename(from, to);
    await sync(directory);
  } catch (error) {
    await rm(to, { force: true });
    throw toStorageFullError(error);
  }
}

async function sync(path: string): Promise<void> {
  const found = await open(path);
  try {
    await found.sync();
  } finally {
    await found.close();
  }
}

async function openFile(path: string, range?: ByteRange): Promise<StoredFile | null> {
  const file = await unlessMissing(open(path));
  if (!file) return null;
  try {
    const { size } = await file.stat();
    return { size, bytes: readFrom(file, range) };
  } catch (error) {
    await file.close();
    throw error;
  }
}

function readFrom(file: FileHandle, range: ByteRange | undefined) {
  return file.createReadStream(range ? { start: range.start, end: range.end } : {});
}

async function statFile(directory: string, fileName: string): Promise<StoredEntry | null> {
  const found = await unlessMissing(stat(join(directory, fileName)));
  return found?.isFile() ? { fileName, size: found.size, modifiedAt: found.mtime } : null;
}

async function* listFiles(directory: string): AsyncIterable<StoredEntry> {
  const folder = await unlessMissing(opendir(directory));
  if (!folder) return;
  for await (const entry of folder) {
    const found = entry.isFile() ? await statFile(directory, entry.name) : null;
    if (found) yield found;
  }
}

async function unlessMissing<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
