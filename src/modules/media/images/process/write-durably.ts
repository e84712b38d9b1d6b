import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';

export type Written = {
  /** Bytes. */
  size: number;
  sha256: string;
};

/**
 * The content is on the disk when it returns; the name is the caller's to make durable. By Node, not by sharp, which
 * does not say when a disk is full: here the error has its code, ENOSPC.
 */
export function writeDurably(target: string, bytes: Buffer): Promise<Written> {
  return write(target, [bytes]);
}

/** A copy, not a link: whoever still had the source open would write to what is kept. */
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
  // By a handle: a stream that fails early may make its file after the failure is known.
  const file = await open(target, 'w');
  try {
    await file.writeFile(measured());
    await file.sync();
  } finally {
    await file.close();
  }
  return { size, sha256: hash.digest('hex') };
}
