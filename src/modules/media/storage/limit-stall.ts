import { Readable } from 'node:stream';

/**
 * The same bytes, cut off with an error when none come for so many milliseconds while they are waited for. A
 * reader may take its time.
 */
export function limitStall(source: Readable, milliseconds: number): Readable {
  const bytes = Readable.from(passOn(source, milliseconds), { objectMode: false });
  // A generator that was not begun has no end of its own.
  return bytes.once('close', () => source.destroy());
}

async function* passOn(source: Readable, milliseconds: number): AsyncGenerator<Uint8Array> {
  const stalled = new Error(`No bytes came for ${milliseconds} ms`);
  const wait = () => setTimeout(() => source.destroy(stalled), milliseconds);
  let waiting = wait();
  try {
    for await (const chunk of source) {
      clearTimeout(waiting);
      yield chunk;
      waiting = wait();
    }
  } finally {
    clearTimeout(waiting);
  }
}
