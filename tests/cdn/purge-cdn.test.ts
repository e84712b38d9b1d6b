import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type CdnPurger, purgeCdn } from '../../src/background/purge-cdn.ts';
import { findFreeAddress } from '../support/caches.ts';

/** For a purge to come, and for one that is sent again after a second or two. */
const SOON = { timeout: 1_000, interval: 5 };
const LATER = { timeout: 15_000, interval: 20 };

const LONG = { timeout: 30_000 };

type Asked = { method: string | undefined; url: string | undefined; gone: unknown; inDoubt: unknown };
/** A status, or no answer at all. */
type Reaction = number | 'silence';

const stops: (() => unknown)[] = [];
const log = Object.assign(pino({ level: 'silent' }), { warn: vi.fn(), info: vi.fn(), error: vi.fn() });

beforeEach(() => {
  vi.clearAllMocks();
});

afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

/** Something that takes purges, and reacts as it is told; with 200 when nothing more is told. */
async function startCache(at = 'http://127.0.0.1:0', ...reactions: Reaction[]) {
  const asked: Asked[] = [];
  const server = createServer(({ method, url, headers }, response) => {
    asked.push({ method, url, gone: headers['xkey-purge'], inDoubt: headers['xkey-softpurge'] });
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

describe('A purge', () => {
  test('asks every cache for the keys of a notification, and a second later to doubt them', async () => {
    const [one, other] = [await startCache(), await startCache()];
    start(`${one.address}/`, `${other.address}/all?of=it`).onNotify('newsletter:1 issues');

    for (const { asked } of [one, other]) await expect.poll(() => asked.length, LATER).toBe(2);
    const purge = { method: 'PURGE', url: '/' };
    expect(one.asked).toEqual([
      { ...purge, gone: 'newsletter:1 issues', inDoubt: undefined },
      { ...purge, gone: undefined, inDoubt: 'newsletter:1 issues' },
    ]);
    expect(other.asked[0]).toMatchObject({ url: '/all?of=it', gone: 'newsletter:1 issues' });
    expect(log.warn).not.toHaveBeenCalled();
  });

  test('doubts everything with each connection, since something may have been missed', async () => {
    const { asked, address } = await startCache();
    const purger = start(address);
    purger.onConnect();
    await expect.poll(() => asked, SOON).toMatchObject([{ gone: undefined, inDoubt: 'content' }]);
    purger.onConnect();
    await expect.poll(() => asked, SOON).toMatchObject([{}, { gone: undefined, inDoubt: 'content' }]);
  });

  test('takes together what comes while one is under way, each key once', async () => {
    const { asked, address } = await startCache();
    const purger = start(address);
    purger.onNotify('newsletter:1 issues');
    await expect.poll(() => asked.length, SOON).toBe(1);
    for (const keys of ['newsletter:2 issues', 'newsletter:3 issues', 'newsletter:2']) purger.onNotify(keys);
    await expect.poll(() => asked[1]?.gone, SOON).toBe('newsletter:2 issues newsletter:3');
  });

  test('of very many keys is one of everything', async () => {
    const { asked, address } = await startCache();
    const keys = Array.from({ length: 101 }, (_, index) => `newsletter:${index}`);
    start(address).onNotify(keys.join(' '));
    await expect.poll(() => asked[0]?.gone, SOON).toBe('content');
  });
});

describe('A cache that', () => {
  test.each<[string, Reaction]>([
    ['refuses', 405],
    ['fails', 503],
    ['sends elsewhere', 302],
    ['does not answer', 'silence'],
  ])('%s is asked again, without a word more in the log, until it purges', LONG, async (_what, reaction) => {
    const { asked, address } = await startCache(undefined, reaction, reaction);
    start(address).onNotify('newsletter:1');
    await expect.poll(() => log.info.mock.calls.length, LATER).toBe(1);
    expect(asked.map(({ gone }) => gone)).toEqual(['newsletter:1', 'newsletter:1', 'newsletter:1']);
    expect(log.warn.mock.calls).toEqual([[expect.objectContaining({ address }), expect.any(String)]]);
    expect(log.error).not.toHaveBeenCalled();
  });

  test('is not there gets all that came meanwhile once it is, and holds no other one up', async () => {
    const [address, there] = [await findFreeAddress(), await startCache()];
    const purger = start(address, there.address);
    purger.onNotify('newsletter:1');
    await expect.poll(() => log.warn.mock.calls.length, SOON).toBe(1);
    purger.onNotify('newsletter:2');
    await expect.poll(() => there.asked.length, SOON).toBe(2);
    const { asked } = await startCache(address);
    await expect.poll(() => asked[0]?.gone, LATER).toBe('newsletter:1 newsletter:2');
  });
});

describe('Stopping', () => {
  test('ends a purge that gets no answer, and says nothing of it', async () => {
    const { asked, address } = await startCache(undefined, 'silence');
    const purger = start(address);
    purger.onNotify('newsletter:1');
    await expect.poll(() => asked.length, SOON).toBe(1);
    const before = performance.now();
    await purger.stop();
    expect(performance.now() - before).toBeLessThan(1_000);
    expect(log.warn).not.toHaveBeenCalled();
  });

  test('ends a pause between attempts', async () => {
    const purger = start(await findFreeAddress());
    purger.onNotify('newsletter:1');
    await expect.poll(() => log.warn.mock.calls.length, SOON).toBe(1);
    await purger.stop();
  });
});
