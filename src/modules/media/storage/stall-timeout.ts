import { Readable } from 'node:stream';

/**
 * Passes the bytes through, and fails when the source delivers none for `timeoutMs` while the consumer waits. A slow
 * consumer does not count.
 */
export function withStallTimeout(source: Readable, timeoutMs: number): Readable {
  const bytes = Readable.from(passThrough(source, timeoutMs), { objectMode: false });
  // The generator's `finally` does not run if nothing was read.
  return bytes.once('close', () => source.destroy());
}

async function* passThrough(source: Readable, timeoutMs: number): AsyncGenerator<Uint8Array> {
  const stalled = new Error(`Received no bytes for ${timeoutMs} ms`);
  const startTimer = () => setTimeout(() => source.destroy(stalled), timeoutMs);
  let timer = startTimer();
  try {
    for await (const chunk of source) {
      clearTimeout(timer);
      yield chunk;
      timer = startTimer();
    }
  } finally {
    clearTimeout(timer);
  }
}
