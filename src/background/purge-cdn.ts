import type { FastifyBaseLogger } from 'fastify';
import { ALL_CONTENT, STALE_CHANNEL } from '../prepared/stale-channel.ts';
import type { Subscription } from './listen.ts';
import { runRepeatedly } from './run-repeatedly.ts';

/** Milliseconds for one request. */
const TIME_LIMIT = 2_000;
/** Milliseconds after a purge that failed; twice as long each time. */
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;
/**
 * Milliseconds after which what was purged is asked for anew: it may have been under way to the cache, or another
 * node, which heard of the change later, may have answered once more.
 */
const AGAIN_AFTER = 1_000;
/** Of Varnish's 8 KB for a header. More are everything. */
const MOST_KEYS = 100;

/** Every node tells the caches at `addresses` what became stale. Put it after what makes the node itself fresh. */
export type CdnPurger = Subscription & { stop(): Promise<void> };

export function purgeCdn(addresses: readonly string[], log: FastifyBaseLogger): CdnPurger {
  const caches = addresses.map((address) => purgeCache(address, log));
  return {
    channel: STALE_CHANNEL,
    onNotify(keys) {
      for (const cache of caches) cache.purge(keys.split(' '));
    },
    // A node that ended before it purged is made good by the next start of any.
    onConnect() {
      for (const cache of caches) cache.doubt([ALL_CONTENT]);
    },
    async stop() {
      await Promise.all(caches.map((cache) => cache.stop()));
    },
  };
}

/** What is gone is served no more; what is in doubt is not served before Masthead is asked, if it can be. */
type Purge = { gone: Set<string>; inDoubt: Set<string> };

function purgeCache(address: string, log: FastifyBaseLogger) {
  let pending: Purge = { gone: new Set(), inDoubt: new Set() };
  let failures = 0;
  const runner = runRepeatedly({ name: 'purgeCache', run: purgePending, longestSleep: LONGEST_PAUSE }, log);

  async function purgePending(stopping: AbortSignal): Promise<number | null> {
    if (pending.gone.size + pending.inDoubt.size === 0) return null;
    const purge = pending;
    pending = { gone: new Set(), inDoubt: new Set() };
    try {
      await sendPurge(address, purge, stopping);
    } catch (error) {
      keep(purge);
      if (!stopping.aborted) return pauseAfter(error);
      return null;
    }
    if (failures > 0) log.info({ address }, 'the CDN takes purges again');
    failures = 0;
    if (purge.gone.size > 0) setTimeout(() => doubt(purge.gone), AGAIN_AFTER).unref();
    return null;
  }

  function pauseAfter(error: unknown): number {
    if (failures === 0)
      log.warn({ err: error, address }, 'the CDN takes no purge; it is kept and sent again');
    failures += 1;
    return FIRST_PAUSE * 2 ** (failures - 1);
  }

  function keep({ gone, inDoubt }: Purge): void {
    addKeys(pending.gone, gone);
    addKeys(pending.inDoubt, inDoubt);
  }

  function doubt(keys: Iterable<string>): void {
    addKeys(pending.inDoubt, keys);
    runner.wake();
  }

  return {
    purge(keys: Iterable<string>) {
      addKeys(pending.gone, keys);
      runner.wake();
    },
    doubt,
    stop: runner.stop,
  };
}

function addKeys(set: Set<string>, keys: Iterable<string>): void {
  for (const key of keys) set.add(key);
  if (set.size <= MOST_KEYS) return;
  set.clear();
  set.add(ALL_CONTENT);
}

/** As docs/varnish.vcl understands it. */
async function sendPurge(address: string, { gone, inDoubt }: Purge, stopping: AbortSignal): Promise<void> {
  const response = await fetch(address, {
    method: 'PURGE',
    redirect: 'manual',
    signal: AbortSignal.any([stopping, AbortSignal.timeout(TIME_LIMIT)]),
    headers: {
      ...(gone.size > 0 && { 'xkey-purge': [...gone].join(' ') }),
      ...(inDoubt.size > 0 && { 'xkey-softpurge': [...inDoubt].join(' ') }),
    },
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`It answered ${response.status}.`);
}
