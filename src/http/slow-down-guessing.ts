import { setTimeout as sleep } from 'node:timers/promises';

/** Wrong keys that a peer may send in a period before it has to wait. */
const MAX_WRONG_KEYS = 100;
const PERIOD_MS = 60_000;
const WAIT_MS = 1_000;
/** The oldest peer is forgotten first. */
const MAX_PEERS = 10_000;

type Count = { wrongKeys: number; endsAt: number };

/**
 * Returns a function to await before a wrong key is answered. A peer that has sent many waits, so that its guesses take no
 * time from other requests. Requests with a valid key never wait, even if they come from the same proxy. X-Forwarded-For is
 * not read, because a client can write anything into it.
 */
export function makeSlowDown(): (peer: string) => Promise<void> {
  const counts = new Map<string, Count>();

  function count(peer: string): Count {
    const now = performance.now();
    const known = counts.get(peer);
    if (known && known.endsAt > now) return known;
    counts.delete(peer);
    const [oldest] = counts.keys();
    if (counts.size >= MAX_PEERS && oldest !== undefined) counts.delete(oldest);
    const started = { wrongKeys: 0, endsAt: now + PERIOD_MS };
    counts.set(peer, started);
    return started;
  }

  return async (peer) => {
    const counted = count(peer);
    counted.wrongKeys += 1;
    if (counted.wrongKeys > MAX_WRONG_KEYS) await sleep(WAIT_MS, null, { ref: false });
  };
}
