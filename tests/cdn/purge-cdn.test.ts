import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type CdnPurger, purgeCdn } from '../../src/background/purge-cdn.ts';
import { findFreeAddress } from '../support/caches.ts';

type Asked = { method: string | undefined; url: string | undefined; purged: unknown; softPurged: unknown };
/** A status, or no response at all. */
type Reaction = number | 'silence';

const stops: (() => unknown)[] = [];
const log = Object.assign(pino({ level: 'silent' }), { warn: vi.fn(), info: vi.fn(), error: vi.fn() });

beforeEach(() => {
  vi.clearAllMocks();
});

afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

/** A server that records purges and responds with `reactions` in turn, then with 200. */
async function startCache(at = 'http://127.0.0.1:0', ...reactions: Reaction[]) {
  const asked: Asked[] = [];
  const server = createServer(({ method, url, headers }, response) => {
    asked.push({ method, url, purged: headers['xkey-purge'], softPurged: headers['xkey-softpurge'] });
    const reaction = reactions.shift() ?? 200;
    if (reaction !== 'silence') response.writeHead(reaction, { location: '/' }).end('Purged');
  });
  server.listen(Number(new URL(at).port), '127.0.0.1');
  await once(server, 'listening');
  stops.push(() => server.close());
  stops.push(() => server.closeAllConnections());
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { asked, address, reactions };
}

function start(...addresses: string[]): CdnPurger {
  const purger = purgeCdn(addresses, log);
  stops.push(() => purger.stop());
  return purger;
}

describe('a purge', () => {
  test('the keys of a notification are purged from every cache, and soft-purged a second later', async () => {
    const [one, other] = [await startCache(), await startCache()];
    start(`${one.address}/`, `${other.address}/all?of=it`).onNotify('newsletter:1 issues');

    for (const { asked } of [one, other]) await expect.poll(() => asked.length).toBe(2);
    const purge = { method: 'PURGE', url: '/' };
    expect(one.asked).toEqual([
      { ...purge, purged: 'newsletter:1 issues', softPurged: undefined },
      { ...purge, purged: undefined, softPurged: 'newsletter:1 issues' },
    ]);
    expect(other.asked[0]).toMatchObject({ url: '/all?of=it', purged: 'newsletter:1 issues' });
    expect(log.warn).not.toHaveBeenCalled();
  });

  test('everything is soft-purged on each connection, because a notification may have been missed', async () => {
    const { asked, address } = await startCache();
    const purger = start(address);
    purger.onConnect();
    await expect.poll(() => asked).toMatchObject([{ purged: undefined, softPurged: 'content' }]);
    purger.onConnect();
    await expect.poll(() => asked).toMatchObject([{}, { purged: undefined, softPurged: 'content' }]);
  });

  test('the keys that arrive during a purge are sent together, each once', async () => {
    const { asked, address } = await startCache();
    const purger = start(address);
    purger.onNotify('newsletter:1 issues');
    await expect.poll(() => asked.length).toBe(1);
    for (const keys of ['newsletter:2 issues', 'newsletter:3 issues', 'newsletter:2']) purger.onNotify(keys);
    await expect.poll(() => asked[1]?.purged).toBe('newsletter:2 issues newsletter:3');
  });

  test('a purge of more than a hundred keys purges everything', async () => {
    const { asked, address } = await startCache();
    const keys = Array.from({ length: 101 }, (_, index) => `newsletter:${index}`);
    start(address).onNotify(keys.join(' '));
    await expect.poll(() => asked[0]?.purged).toBe('content');
  });
});

describe('a cache that fails', () => {
  test.each<[string, Reaction]>([
    ['rejects a purge', 405],
    ['fails a purge', 503],
    ['redirects a purge', 302],
    ['does not answer a purge', 'silence'],
  ])('a cache that %s gets it again, with one warning in the log', async (_what, reaction) => {
    const { asked, address } = await startCache(undefined, reaction, reaction);
    start(address).onNotify('newsletter:1');
    await expect.poll(() => log.info.mock.calls.length).toBe(1);
    expect(asked.map(({ purged }) => purged)).toEqual(['newsletter:1', 'newsletter:1', 'newsletter:1']);
    expect(log.warn.mock.calls).toEqual([[expect.objectContaining({ address }), expect.any(String)]]);
    expect(log.error).not.toHaveBeenCalled();
  });

  test('an unreachable cache gets all missed keys once it is back, and does not delay other caches', async () => {
    const [address, reachable] = [await findFreeAddress(), await startCache()];
    const purger = start(address, reachable.address);
    purger.onNotify('newsletter:1');
    await expect.poll(() => log.warn.mock.calls.length).toBe(1);
    purger.onNotify('newsletter:2');
    await expect.poll(() => reachable.asked.length).toBe(2);
    const { asked } = await startCache(address);
    await expect.poll(() => asked[0]?.purged).toBe('newsletter:1 newsletter:2');
  });
});

describe('the end of purging', () => {
  test('stopping ends a purge without response within a second and logs no warning', async () => {
    const { asked, address } = await startCache(undefined, 'silence');
    const purger = start(address);
    purger.onNotify('newsletter:1');
    await expect.poll(() => asked.length).toBe(1);
    const before = performance.now();
    await purger.stop();
    expect(performance.now() - before).toBeLessThan(1_000);
    expect(log.warn).not.toHaveBeenCalled();
  });

  test('stopping ends a pause between attempts', async () => {
    const purger = start(await findFreeAddress());
    purger.onNotify('newsletter:1');
    await expect.poll(() => log.warn.mock.calls.length).toBe(1);
    await purger.stop();
  });
});
