import type { Context } from '../../../context.ts';

/** Papers are always locked in the order of ids, so that two transactions cannot deadlock. */

/** Prevents changes to these papers until the transaction ends. Other transactions can read them and add uses. */
export async function lockPapersForShare(ctx: Context, ids: readonly string[]): Promise<void> {
  await ctx.db.$queryRaw`SELECT 1 FROM papers WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR SHARE`;
}

/**
 * Prevents changes, deletion and new uses of these papers until the transaction ends. A new use waits for the lock when
 * its foreign key is checked.
 */
export async function lockPapersForUpdate(ctx: Context, ids: readonly string[]): Promise<void> {
  await ctx.db.$queryRaw`SELECT 1 FROM papers WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`;
}
