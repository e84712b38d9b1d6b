import type { ResponseCache } from '../prepared/response-cache.ts';
import { STALE_CHANNEL } from '../prepared/stale-channel.ts';
import type { Subscription } from './listen.ts';

/** Invalidates the cached responses of this node after a change on any node. */
export function invalidateCache(responses: ResponseCache): Subscription {
  return {
    channel: STALE_CHANNEL,
    onNotify: (keys) => responses.drop(keys.split(' ')),
    onConnect: responses.clear,
    onCaughtUp: responses.confirmCurrent,
  };
}
