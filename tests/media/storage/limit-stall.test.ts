import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { limitStall } from '../../../src/modules/media/storage/limit-stall.ts';

/** Milliseconds */
const LIMIT = 100;

describe('Bytes that must not stall', () => {
  test('come as they are', async () => {
    const source = Readable.from([Buffer.from('two '), Buffer.from('pieces')]);

    expect((await buffer(limitStall(source, LIMIT))).toString()).toBe('two pieces');
    expect(source.destroyed).toBe(true);
  });

  test('end in an error when no more come', async () => {
    const source = new PassThrough();
    source.write('a piece');

    await expect(buffer(limitStall(source, LIMIT))).rejects.toThrow('No bytes came for 100 ms');
    expect(source.destroyed).toBe(true);
  });

  test('may be read as slowly as one likes', async () => {
    const pieces = Array.from({ length: 8 }, () => randomBytes(64 * 1024));
    let size = 0;
    for await (const piece of limitStall(Readable.from(pieces), LIMIT)) {
      // What is tested is that time passes.
      if (size === 0) await pause(3 * LIMIT);
      size += piece.length;
    }

    expect(size).toBe(8 * 64 * 1024);
  });

  test('end in the error of their source', async () => {
    const source = new PassThrough();
    source.write('a piece');
    const bytes = limitStall(source, LIMIT);
    await once(bytes, 'readable');
    source.destroy(new Error('The connection broke.'));

    await expect(buffer(bytes)).rejects.toThrow('The connection broke.');
  });

  test.each([
    ['before they are read', async () => {}],
    ['half-way', (bytes: Readable) => once(bytes, 'readable')],
  ])('let go of their source when nobody wants them any more: %s', async (_when, read) => {
    const source = new PassThrough();
    source.write('a piece');
    const bytes = limitStall(source, LIMIT);
    await read(bytes);
    bytes.destroy();

    await expect.poll(() => source.destroyed).toBe(true);
  });
});
