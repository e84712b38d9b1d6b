import { afterCommit, type Context } from '../../context.ts';
import { STALE_CHANNEL } from '../../prepared/stale-channel.ts';

/**
 * Tells every node what a change made stale when it is committed, and this one before it answers for the change.
 * https://www.postgresql.org/docs/current/sql-notify.html
 */
export async function announceStale(ctx: Context, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await ctx.db.$executeRaw`SELECT pg_notify(${STALE_CHANNEL}, ${keys.join(' ')})`;
  afterCommit(ctx, () => ctx.onStale(keys));
}
