import { afterCommit, type Context } from '../../context.ts';
import { STALE_CHANNEL } from '../../prepared/stale-channel.ts';

/** PostgreSQL limits the payload of a notification to 8,000 bytes, and a key has about 50. */
const MAX_KEYS_PER_NOTIFICATION = 100;

/**
 * Invalidates cache keys on all nodes when the transaction commits, and on this node before the request is answered.
 * https://www.postgresql.org/docs/current/sql-notify.html
 */
export async function announceStale(ctx: Context, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  const payloads = Array.from({ length: Math.ceil(keys.length / MAX_KEYS_PER_NOTIFICATION) }, (_, at) =>
    keys.slice(at * MAX_KEYS_PER_NOTIFICATION, (at + 1) * MAX_KEYS_PER_NOTIFICATION).join(' '),
  );
  await ctx.db.$executeRaw`
    SELECT pg_notify(${STALE_CHANNEL}, payload) FROM unnest(${payloads}::text[]) AS payload`;
  afterCommit(ctx, () => ctx.onStale(keys));
}
