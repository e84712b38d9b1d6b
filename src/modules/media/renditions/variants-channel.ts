import type { Context } from '../../../context.ts';

/** Tells every node that there are variants to make. */
export const VARIANTS_CHANNEL = 'masthead_variants';

/** Sent when the transaction commits. */
export async function notifyOfVariants(ctx: Context): Promise<void> {
  await ctx.db.$executeRaw`SELECT pg_notify(${VARIANTS_CHANNEL}, '')`;
}
