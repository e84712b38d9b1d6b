import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileTooLarge } from '../../../errors.ts';
import { nameFullStorage } from './full-storage.ts';
import type { MediaStorage } from './storage.ts';

/** A place on the local disk where a file can be made that nobody can read yet. */
export type StagedPath = {
  path: string;
  /** Does nothing once the file is kept, or was never made. */
  discard(): Promise<void>;
};

export type StagedFile = StagedPath & FileMeasures;

type FileMeasures = {
  /** Bytes */
  size: number;
  /** Hexadecimal */
  sha256: string;
};

type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * Takes bytes in as they come, measuring them on the way; they are never in memory whole. Fails when `bytes`
 * fails or goes on past `maxBytes`, and then keeps nothing.
 */
export async function stageBytes(storage: MediaStorage, bytes: Bytes, maxBytes: number): Promise<StagedFile> {
  const staged = await newStagedPath(storage);
  const measures = measure(bytes, maxBytes);
  try {
    await writeForGood(staged.path, measures.bytes);
  } catch (error) {
    await staged.discard();
    throw nameFullStorage(error);
  }
  return { ...staged, ...measures.sum() };
}

export async function newStagedPath({ stagingDirectory }: MediaStorage): Promise<StagedPath> {
  await mkdir(stagingDirectory, { recursive: true });
  const path = join(stagingDirectory, randomUUID());
  return { path, discard: () => rm(path, { force: true }) };
}

/** `sum` is of what has passed through `bytes`. */
function measure(bytes: Bytes, maxBytes: number) {
  const hash = createHash('sha256');
  let size = 0;
  async function* passOn() {
    for await (const chunk of bytes) {
      size += chunk.length;
      if (size > maxBytes) throw fileTooLarge(maxBytes);
      hash.update(chunk);
      yield chunk;
    }
  }
  return { bytes: passOn(), sum: () => ({ size, sha256: hash.digest('hex') }) };
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
