import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';

export type Written = {
  /** In bytes */
  size: number;
  sha256: string;
};

/**
 * Writes a file and syncs its content; the caller must sync the directory. It uses Node, because errors of sharp do not
 * tell that the disk is full, whereas those of Node have the code ENOSPC.
 */
export function writeDurably(target: string, bytes: Buffer): Promise<Written> {
  return write(target, [bytes]);
}

/** Copies instead of linking, because a writer that still has the source open would change the stored file. */
export function copyDurably(source: string, target: string): Promise<Written> {
  return write(target, createReadStream(source));
}

async function write(target: string, bytes: Iterable<Buffer> | AsyncIterable<Buffer>): Promise<Written> {
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
  const file = await open(target, 'w');
  try {
    await file.writeFile(measured());
    await file.sync();
  } finally {
    await file.close();
  }
  return { size, sha256: hash.digest('hex') };
}
