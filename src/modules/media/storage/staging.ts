import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileTooLarge } from '../../../errors.ts';
import type { MediaStorage } from './storage.ts';
import { toStorageFullError } from './storage-full.ts';

/** A path on the local disk for a file that is not stored yet. */
export type StagedPath = {
  path: string;
  /** Removes the file, if it exists. */
  discard(): Promise<void>;
};

export type StagedFile = StagedPath & FileMeasures;

type FileMeasures = {
  /** In bytes */
  size: number;
  /** Hexadecimal */
  sha256: string;
};

type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * Writes a stream of bytes to a staged file, and computes its size and hash. Fails if `bytes` fails or has more than
 * `maxBytes`; then no file is left.
 */
export async function stageBytes(storage: MediaStorage, bytes: Bytes, maxBytes: number): Promise<StagedFile> {
  const staged = await newStagedPath(storage);
  const measures = measure(bytes, maxBytes);
  try {
    await writeDurably(staged.path, measures.bytes);
  } catch (error) {
    await staged.discard();
    throw toStorageFullError(error);
  }
  return { ...staged, ...measures.result() };
}

export async function newStagedPath({ stagingDirectory }: MediaStorage): Promise<StagedPath> {
  await mkdir(stagingDirectory, { recursive: true });
  const path = join(stagingDirectory, randomUUID());
  return { path, discard: () => rm(path, { force: true }) };
}

/** `result` returns the size and hash of the bytes that have passed through. */
function measure(bytes: Bytes, maxBytes: number) {
  const hash = createHash('sha256');
  let size = 0;
  async function* passThrough() {
    for await (const chunk of bytes) {
      size += chunk.length;
      if (size > maxBytes) throw fileTooLarge(maxBytes);
      hash.update(chunk);
      yield chunk;
    }
  }
  return { bytes: passThrough(), result: () => ({ size, sha256: hash.digest('hex') }) };
}

/** Uses a file handle: a write stream that fails early may create its file after the error was reported. */
async function writeDurably(path: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    // Without fsync, a power failure could leave an empty file under the name.
    await file.sync();
  } finally {
    await file.close();
  }
}
