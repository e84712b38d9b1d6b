import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { withStallTimeout } from '../../../src/modules/media/storage/stall-timeout.ts';

const LIMIT_MS = 100;

describe('streams with a stall limit', () => {
  test('bytes pass through unchanged', async () => {
    const source = Readable.from([Buffer.from('two '), Buffer.from('pieces')]);

    expect((await buffer(withStallTimeout(source, LIMIT_MS))).toString()).toBe('two pieces');
    expect(source.destroyed).toBe(true);
  });

  test('a stream that stalls ends with an error', async () => {
    const source = new PassThrough();
    source.write('a piece');

    await expect(buffer(withStallTimeout(source, LIMIT_MS))).rejects.toThrow('Received no bytes for 100 ms');
    expect(source.destroyed).toBe(true);
  });

  test('a slow reader does not cause an error', async () => {
    const pieces = Array.from({ length: 8 }, () => randomBytes(64 * 1024));
    let size = 0;
    for await (const piece of withStallTimeout(Readable.from(pieces), LIMIT_MS)) {
      // The test is about time, so it has to wait here.
      if (size === 0) await pause(3 * LIMIT_MS);
      size += piece.length;
    }

    expect(size).toBe(8 * 64 * 1024);
  });

  test('an error of the source ends the stream with the same error', async () => {
    const source = new PassThrough();
    source.write('a piece');
    const bytes = withStallTimeout(source, LIMIT_MS);
    await once(bytes, 'readable');
    source.destroy(new Error('The connection broke.'));

    await expect(buffer(bytes)).rejects.toThrow('The connection broke.');
  });

  test.each([
    ['before it is read', async () => {}],
    ['halfway', (bytes: Readable) => once(bytes, 'readable')],
  ])('destroying the stream %s destroys its source', async (_when, read) => {
    const source = new PassThrough();
    source.write('a piece');
    const bytes = withStallTimeout(source, LIMIT_MS);
    await read(bytes);
    bytes.destroy();

    await expect.poll(() => source.destroyed).toBe(true);
  });
});
