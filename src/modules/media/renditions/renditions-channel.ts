import type { Context } from '../../../context.ts';

/** Notifies all nodes that renditions are due. */
export const RENDITIONS_CHANNEL = 'masthead_renditions';

/** PostgreSQL delivers the notification when the transaction commits. */
export async function notifyOfRenditions(ctx: Context): Promise<void> {
  await ctx.db.$executeRaw`SELECT pg_notify(${RENDITIONS_CHANNEL}, '')`;
}
