import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { MediaStorage, StagedFile, StoredFile } from './storage.ts';

/**
 * One flat folder, made when it is first needed. What a process that was killed had staged stays in it as
 * `.staged-*`, for a sweep that is still to come.
 */
export function diskStorage(directory: string): MediaStorage {
  return {
    stage: (bytes) => stageFile(directory, bytes),
    open: (fileName) => openFile(join(directory, fileName)),
    remove: (fileName) => rm(join(directory, fileName), { force: true }),
  };
}

/** In the folder where the file will stay: a rename across file systems would be a copy. */
async function stageFile(directory: string, bytes: AsyncIterable<Uint8Array>): Promise<StagedFile> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, `.staged-${randomUUID()}`);
  const discard = () => rm(path, { force: true });
  try {
    await writeForGood(path, bytes);
  } catch (error) {
    await discard();
    throw error;
  }
  return { path, discard, keepAs: (fileName) => renameForGood(directory, path, fileName) };
}

/** By a handle, not a stream: a stream that fails early may make its file after the failure is known. */
async function writeForGood(path: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    // Without it a power cut could leave the name and lose the bytes.
    await file.sync();
  } finally {
    await file.close();
  }
}

async function renameForGood(directory: string, path: string, fileName: string): Promise<void> {
  await rename(path, join(directory, fileName));
  const folder = await open(directory);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function openFile(path: string): Promise<StoredFile | null> {
  const file = await openIfThere(path);
  if (!file) return null;
  try {
    const { size } = await file.stat();
    return { size, bytes: file.createReadStream() };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
