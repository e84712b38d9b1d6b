import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';

export type Written = {
  /** In bytes */
  size: number;
  /** Hexadecimal */
  sha256: string;
};

type Bytes = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * Writes a file and syncs its content, so that a power failure does not leave it empty; the caller must sync the
 * directory. Errors of a full disk have the code ENOSPC, which errors of sharp do not.
 * `mode` is that of a new file, before the umask.
 */
export async function writeDurably(target: string, bytes: Bytes, mode = 0o666): Promise<Written> {
  const hash = createHash('sha256');
  let size = 0;
  async function* measured() {
    for await (const chunk of bytes) {
      hash.update(chunk);
      size += chunk.length;
      yield chunk;
    }
  }
  // A write stream that fails early may create its file after the error was reported; a file handle does not.
  const file = await open(target, 'w', mode);
  try {
    await file.writeFile(measured());
    await file.sync();
  } finally {
    await file.close();
  }
  return { size, sha256: hash.digest('hex') };
}

/** Copies instead of linking, because a writer that still has the source open would change the stored file. */
export function copyDurably(source: string, target: string): Promise<Written> {
  return writeDurably(target, createReadStream(source));
}
