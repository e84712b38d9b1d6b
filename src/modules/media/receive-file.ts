import { createHash } from 'node:crypto';
import { DomainError } from '../../errors.ts';
import type { MediaStorage, StagedFile } from './storage.ts';

/** Bytes of one file at most. */
export const MAX_FILE_SIZE = 20 * 1024 * 1024;

export type ReceivedFile = StagedFile & { size: number; sha256: string };

/** Stages bytes as they come, measuring them on the way; they are never in memory whole. */
export async function receiveFile(
  storage: MediaStorage,
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<ReceivedFile> {
  const hash = createHash('sha256');
  let size = 0;
  async function* measured() {
    for await (const chunk of bytes) {
      size += chunk.length;
      if (size > MAX_FILE_SIZE) throw tooLarge();
      hash.update(chunk);
      yield chunk;
    }
  }
  const staged = await storage.stage(measured());
  return { ...staged, size, sha256: hash.digest('hex') };
}

function tooLarge(): DomainError {
  return new DomainError('too_large', 'file_too_large', `A file may have ${MAX_FILE_SIZE} bytes at most.`, {
    maxBytes: MAX_FILE_SIZE,
  });
}
