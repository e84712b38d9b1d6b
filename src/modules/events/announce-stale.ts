import { afterCommit, type Context } from '../../context.ts';
import { STALE_CHANNEL } from '../../prepared/stale-channel.ts';

/** Keys of one notification: it may have 8,000 bytes, and a key has some fifty. */
const MOST_KEYS = 100;

/**
 * Tells every node what a change made stale when it is committed, and this one before it answers for the change.
 * https://www.postgresql.org/docs/current/sql-notify.html
 */
export async function announceStale(ctx: Context, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  const payloads = Array.from({ length: Math.ceil(keys.length / MOST_KEYS) }, (_, at) =>
    keys.slice(at * MOST_KEYS, (at + 1) * MOST_KEYS).join(' '),
  );
  await ctx.db.$executeRaw`
    SELECT pg_notify(${STALE_CHANNEL}, payload) FROM unnest(${payloads}::text[]) AS payload`;
  afterCommit(ctx, () => ctx.onStale(keys));
}
