import type { Context } from '../../../context.ts';
import type { PaperRow } from '../record/present.ts';
import { findPapers } from './paper.ts';

/** Papers are always locked in the order of ids, so that two transactions cannot deadlock. */

/** Prevents changes to these papers until the transaction ends. Other transactions can read them and add uses. */
export async function lockPapersForShare(ctx: Context, ids: readonly string[]): Promise<void> {
  await ctx.db.$queryRaw`SELECT 1 FROM papers WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR SHARE`;
}

/** Locks and returns the papers that exist. Other transactions can add uses of them. */
export async function lockPapersForChange(ctx: Context, ids: readonly string[]): Promise<PaperRow[]> {
  if (ids.length === 0) return [];
  await ctx.db.$queryRaw`SELECT 1 FROM papers WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
  return findPapers(ctx, ids);
}

/**
 * Prevents changes, deletion and new uses of these papers until the transaction ends. A new use waits for the lock when
 * its foreign key is checked.
 */
export async function lockPapersForUpdate(ctx: Context, ids: readonly string[]): Promise<void> {
  await ctx.db.$queryRaw`SELECT 1 FROM papers WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`;
}
