import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { prepareResponse } from '../../src/prepared/prepared-response.ts';
import { createResponseCache, type ResponseCache } from '../../src/prepared/response-cache.ts';

const respond = (body: string, keys: string[] = ['all']) => prepareResponse({ body, keys });

/** A cache that counts as up to date for the next minute. */
function trustingCache(maxBytes = 1_000_000): ResponseCache {
  const cache = createResponseCache(maxBytes);
  cache.confirmCurrent(performance.now() + 60_000);
  return cache;
}

/** A read that finishes when the test calls `end`. */
function pausedRead(body: string) {
  const { promise, resolve } = Promise.withResolvers<ReturnType<typeof respond> | null>();
  return { read: vi.fn(() => promise), end: () => resolve(respond(body)) };
}

const bodyOf = (cache: ResponseCache, address: string) => cache.find(address)?.plain.bytes.toString() ?? null;

describe('a response cache', () => {
  test('a response is read once and kept', async () => {
    const cache = trustingCache();
    const read = vi.fn(async () => respond('one'));
    await cache.read('/one', read);
    expect(bodyOf(cache, '/one')).toBe('one');
    expect(read).toHaveBeenCalledTimes(1);
  });

  test('simultaneous requests for the same address share one read', async () => {
    const cache = trustingCache();
    const { read, end } = pausedRead('one');
    const answers = [cache.read('/one', read), cache.read('/one', read), cache.read('/one', read)];
    end();
    expect(new Set(await Promise.all(answers)).size).toBe(1);
    expect(read).toHaveBeenCalledTimes(1);
  });

  test('a failed read fails all waiting requests, and the next request reads again', async () => {
    const cache = trustingCache();
    const fail = vi.fn(async () => Promise.reject(new Error('no database')));
    const answers = await Promise.allSettled([cache.read('/one', fail), cache.read('/one', fail)]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(fail).toHaveBeenCalledTimes(1);
    expect(await cache.read('/one', async () => respond('one'))).not.toBeNull();
  });

  test('dropping a key drops only the responses with that key', async () => {
    const cache = trustingCache();
    await cache.read('/a', async () => respond('a', ['newsletter:1', 'issue:1']));
    await cache.read('/b', async () => respond('b', ['newsletter:2', 'issue:2']));
    cache.drop(['newsletter:1', 'unknown']);
    expect([bodyOf(cache, '/a'), bodyOf(cache, '/b')]).toEqual([null, 'b']);
  });

  test('dropping the key "content" drops everything', async () => {
    const cache = trustingCache();
    await cache.read('/a', async () => respond('a', ['newsletter:1']));
    cache.drop(['content']);
    expect(cache.describe()).toMatchObject({ responses: 0, bytes: 0 });
  });

  test('a response whose read began before a drop is not kept', async () => {
    const cache = trustingCache();
    const { read, end } = pausedRead('old');
    const answer = cache.read('/one', read);
    cache.drop(['elsewhere']);
    end();
    await answer;
    expect(bodyOf(cache, '/one')).toBeNull();
  });

  test('a request after a drop does not join a read that began before it', async () => {
    const cache = trustingCache();
    const old = pausedRead('old');
    const first = cache.read('/one', old.read);
    cache.drop(['all']);
    const second = cache.read('/one', async () => respond('new'));
    old.end();
    expect((await first)?.plain.bytes.toString()).toBe('old');
    expect((await second)?.plain.bytes.toString()).toBe('new');
    expect(bodyOf(cache, '/one')).toBe('new');
  });

  test('the cache returns nothing before it hears of changes and after 800 ms without hearing', async () => {
    const cache = createResponseCache(1_000_000);
    await cache.read('/one', async () => respond('one'));
    expect(bodyOf(cache, '/one')).toBeNull();
    cache.confirmCurrent(performance.now());
    await cache.read('/one', async () => respond('one'));
    expect(bodyOf(cache, '/one')).toBe('one');
    cache.confirmCurrent(performance.now() - 801);
    expect(bodyOf(cache, '/one')).toBeNull();
  });

  test('addresses without a response are remembered until something is dropped', async () => {
    const cache = trustingCache(1_000_000);
    await cache.read('/there', async () => respond('there'));
    const nothing = vi.fn(async () => null);
    for (let count = 0; count < 2_000; count += 1) await cache.read(`/none/${count}`, nothing);
    expect(nothing).toHaveBeenCalledTimes(2_000);
    await cache.read('/none/1999', nothing);
    expect(nothing).toHaveBeenCalledTimes(2_000);
    expect(cache.describe()).toMatchObject({ responses: 1 });
    cache.drop(['newsletter:1']);
    expect(await cache.read('/none/1999', async () => respond('now it is'))).not.toBeNull();
  });

  test('the cache never exceeds its size and keeps a response that is requested often', async () => {
    const cache = trustingCache(100_000);
    const favourite = async () => respond('favourite'.repeat(100));
    for (let count = 0; count < 500; count += 1) {
      if (cache.find('/favourite') === null) await cache.read('/favourite', favourite);
      await cache.read(`/${count}`, async () => respond(`${count} `.repeat(1_000)));
      expect(cache.describe().bytes).toBeLessThanOrEqual(100_000);
      if (count > 0) expect(cache.find('/favourite')).not.toBeNull();
    }
  });

  test('a response that would take a large part of the cache is not kept', async () => {
    const cache = trustingCache(100_000);
    await cache.read('/large', async () => respond('x'.repeat(30_000)));
    expect(cache.describe()).toMatchObject({ responses: 0, bytes: 0 });
  });

  test('a cache of size zero keeps nothing and still reads responses', async () => {
    const cache = trustingCache(0);
    expect(await cache.read('/one', async () => respond('one'))).not.toBeNull();
    expect(cache.describe()).toMatchObject({ responses: 0, bytes: 0 });
  });

  test('the byte count is right after any sequence of operations', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('read'), id: fc.nat(20), size: fc.nat(9_000) }),
      fc.record({ kind: fc.constant('find'), id: fc.nat(20), size: fc.constant(0) }),
      fc.record({ kind: fc.constant('drop'), id: fc.nat(3), size: fc.constant(0) }),
      fc.record({ kind: fc.constant('clear'), id: fc.constant(0), size: fc.constant(0) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 80 }), async (steps) => {
        const cache = trustingCache(60_000);
        for (const { kind, id, size } of steps) {
          const read = async () => respond('x'.repeat(size), [`key:${id % 4}`, 'all']);
          if (kind === 'read') await cache.read(`/${id}`, read);
          if (kind === 'find') cache.find(`/${id}`);
          if (kind === 'drop') cache.drop([`key:${id}`]);
          if (kind === 'clear') cache.clear();
          expect(cache.describe().bytes).toBeLessThanOrEqual(60_000);
        }
        cache.drop(['all']);
        expect(cache.describe()).toMatchObject({ responses: 0, bytes: 0 });
      }),
      { numRuns: 200 },
    );
  });
});

describe('encodings of cached responses', () => {
  test('an encoding is made once in the background and counted', async () => {
    const cache = trustingCache();
    const body = 'again and '.repeat(1_000);
    await cache.read('/one', async () => respond(body));
    const before = cache.describe().bytes;
    cache.encode('/one', 'gzip');
    cache.encode('/one', 'gzip');
    expect(cache.find('/one')?.gzip).toBeUndefined();
    await expect.poll(() => cache.find('/one')?.gzip).toBeDefined();
    const gzip = cache.find('/one')?.gzip;
    expect(gunzipSync(gzip?.bytes ?? '').toString()).toBe(body);
    expect(cache.describe().bytes).toBe(before + (gzip?.bytes.length ?? 0));
    cache.drop(['all']);
    expect(cache.describe().bytes).toBe(0);
  });

  test('an encoding of a response that was dropped meanwhile is not counted', async () => {
    const cache = trustingCache();
    await cache.read('/one', async () => respond('again and '.repeat(1_000)));
    const response = cache.find('/one');
    cache.encode('/one', 'br');
    cache.drop(['all']);
    await expect.poll(() => response?.br).toBeDefined();
    expect(cache.describe()).toMatchObject({ responses: 0, bytes: 0 });
  });

  test('a small body is not encoded', async () => {
    const cache = trustingCache();
    await cache.read('/small', async () => respond('small'));
    await cache.read('/large', async () => respond('large '.repeat(1_000)));
    cache.encode('/small', 'gzip');
    cache.encode('/large', 'gzip');
    await expect.poll(() => cache.find('/large')?.gzip).toBeDefined();
    expect(cache.find('/small')?.gzip).toBeUndefined();
  });
});
