import type { FastifyBaseLogger } from 'fastify';
import { ALL_CONTENT, STALE_CHANNEL } from '../prepared/stale-channel.ts';
import type { Subscription } from './listen.ts';
import { runRepeatedly } from './run-repeatedly.ts';

const REQUEST_TIMEOUT_MS = 2_000;
/** Pause after a failed purge. It doubles with each further failure. */
const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 30_000;
/**
 * A purged response may return to the cache: it was on its way there, or came from a node that received the change
 * later. So each purge is followed by a soft purge after this time.
 */
const SOFT_PURGE_DELAY_MS = 1_000;
/** Their header must fit in the 8 KB that Varnish accepts. With more keys everything is purged. */
const MAX_KEYS = 100;

/**
 * Purges stale keys from the CDN caches at `addresses`. Every node does so. The subscription must come after the one that
 * invalidates the node's own cache, so that the CDN does not fetch a stale response again.
 */
export type CdnPurger = Subscription & { stop(): Promise<void> };

export function purgeCdn(addresses: readonly string[], log: FastifyBaseLogger): CdnPurger {
  const caches = addresses.map((address) => purgeCache(address, log));
  return {
    channel: STALE_CHANNEL,
    onNotify(keys) {
      for (const cache of caches) cache.purge(keys.split(' '));
    },
    // Makes up for notifications that were lost, and for a node that ended before it purged.
    onConnect() {
      for (const cache of caches) cache.softPurge([ALL_CONTENT]);
    },
    async stop() {
      await Promise.all(caches.map((cache) => cache.stop()));
    },
  };
}

/** Purged responses are never served again. Soft-purged ones are revalidated first, and served if Masthead is down. */
type Purge = { purged: Set<string>; softPurged: Set<string> };

function purgeCache(address: string, log: FastifyBaseLogger) {
  let pending: Purge = { purged: new Set(), softPurged: new Set() };
  let failures = 0;
  const runner = runRepeatedly({ name: 'purgeCache', run: purgePending, maxSleepMs: MAX_PAUSE_MS }, log);

  async function purgePending(stopping: AbortSignal): Promise<number | null> {
    if (pending.purged.size + pending.softPurged.size === 0) return null;
    const purge = pending;
    pending = { purged: new Set(), softPurged: new Set() };
    try {
      await sendPurge(address, purge, stopping);
    } catch (error) {
      requeue(purge);
      if (!stopping.aborted) return pauseAfter(error);
      return null;
    }
    if (failures > 0) log.info({ address }, 'the CDN accepts purges again');
    failures = 0;
    if (purge.purged.size > 0) setTimeout(() => softPurge(purge.purged), SOFT_PURGE_DELAY_MS).unref();
    return null;
  }

  function pauseAfter(error: unknown): number {
    if (failures === 0)
      log.warn({ err: error, address }, 'the CDN did not accept a purge; it will be retried');
    failures += 1;
    return FIRST_PAUSE_MS * 2 ** (failures - 1);
  }

  function requeue({ purged, softPurged }: Purge): void {
    addKeys(pending.purged, purged);
    addKeys(pending.softPurged, softPurged);
  }

  function softPurge(keys: Iterable<string>): void {
    addKeys(pending.softPurged, keys);
    runner.wake();
  }

  return {
    purge(keys: Iterable<string>) {
      addKeys(pending.purged, keys);
      runner.wake();
    },
    softPurge,
    stop: runner.stop,
  };
}

function addKeys(set: Set<string>, keys: Iterable<string>): void {
  for (const key of keys) set.add(key);
  if (set.size <= MAX_KEYS) return;
  set.clear();
  set.add(ALL_CONTENT);
}

/** The request that docs/varnish.vcl handles. */
async function sendPurge(
  address: string,
  { purged, softPurged }: Purge,
  stopping: AbortSignal,
): Promise<void> {
  const response = await fetch(address, {
    method: 'PURGE',
    redirect: 'manual',
    signal: AbortSignal.any([stopping, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]),
    headers: {
      ...(purged.size > 0 && { 'xkey-purge': [...purged].join(' ') }),
      ...(softPurged.size > 0 && { 'xkey-softpurge': [...softPurged].join(' ') }),
    },
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`The CDN answered the purge with status ${response.status}.`);
}
