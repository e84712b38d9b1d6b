import type { ResponseCache } from '../prepared/response-cache.ts';
import { STALE_CHANNEL } from '../prepared/stale-channel.ts';
import type { Subscription } from './listen.ts';

/** Keeps the prepared responses of this node true to what all nodes change. */
export function keepFresh(responses: ResponseCache): Subscription {
  return {
    channel: STALE_CHANNEL,
    onNotify: (keys) => responses.drop(keys.split(' ')),
    onConnect: responses.clear,
    onHeardUntil: responses.confirmCurrent,
  };
}
