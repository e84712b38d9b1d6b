import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileTooLarge } from '../../../errors.ts';
import { type Written, writeDurably } from '../files/write-durably.ts';
import type { MediaStorage } from './storage.ts';
import { toStorageFullError } from './storage-full.ts';

/** A path on the local disk for a file that is not stored yet. */
export type StagedPath = {
  path: string;
  /** Removes the file, if it exists. */
  discard(): Promise<void>;
};

export type StagedFile = StagedPath & Written;

type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * Writes a stream of bytes to a staged file, and computes its size and hash. Fails if `bytes` fails or has more than
 * `maxBytes`; then no file is left.
 */
export async function stageBytes(storage: MediaStorage, bytes: Bytes, maxBytes: number): Promise<StagedFile> {
  const staged = await newStagedPath(storage);
  try {
    return { ...staged, ...(await writeDurably(staged.path, withLimit(bytes, maxBytes))) };
  } catch (error) {
    await staged.discard();
    throw toStorageFullError(error);
  }
}

export async function newStagedPath({ stagingDirectory }: MediaStorage): Promise<StagedPath> {
  await mkdir(stagingDirectory, { recursive: true });
  const path = join(stagingDirectory, randomUUID());
  return { path, discard: () => rm(path, { force: true }) };
}

async function* withLimit(bytes: Bytes, maxBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > maxBytes) throw fileTooLarge(maxBytes);
    yield chunk;
  }
}
