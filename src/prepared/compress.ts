import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { Encoding } from './prepared-response.ts';

/** Bytes under which compression saves less than a packet. */
const SMALLEST = 1_000;
/** Bodies that wait for their turn. What comes on top asks again with its next request. */
const MOST_WAITING = 200;
/** Some 4 ms for an issue of 35 KB, against 60 ms of the best quality, which is 6 % smaller. */
const BROTLI_QUALITY = 6;

const gzip = promisify(zlib.gzip);
const brotli = promisify(zlib.brotliCompress);

/** Compresses in a thread beside the one that answers, one body at a time. Null: not now, or not worth it. */
export function makeCompressor() {
  let waiting = 0;
  let last: Promise<void> = Promise.resolve();

  return function compress(body: Buffer, encoding: Encoding): Promise<Buffer> | null {
    if (body.length < SMALLEST || waiting >= MOST_WAITING) return null;
    waiting += 1;
    const result = last.then(() => compressNow(body, encoding)).finally(() => (waiting -= 1));
    last = result.then(doNothing, doNothing);
    return result;
  };
}

function compressNow(body: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'gzip') return gzip(body);
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = zlib.constants;
  return brotli(body, {
    params: { [BROTLI_PARAM_QUALITY]: BROTLI_QUALITY, [BROTLI_PARAM_SIZE_HINT]: body.length },
  });
}

function doNothing(): void {}
