import type { Context } from '../../../context.ts';

/** Tells every node that there are renditions to make. */
export const RENDITIONS_CHANNEL = 'masthead_renditions';

/** Sent when the transaction commits. */
export async function notifyOfRenditions(ctx: Context): Promise<void> {
  await ctx.db.$executeRaw`SELECT pg_notify(${RENDITIONS_CHANNEL}, '')`;
}
