import type { Context } from '../../../context.ts';

/** All locks on papers are taken in the order of ids, so that two transactions cannot deadlock over them. */

/** Until the transaction ends nobody changes these papers. Others may still read and use them. */
export async function lockPapersForShare(ctx: Context, ids: readonly string[]): Promise<void> {
  await ctx.db.$queryRaw`SELECT 1 FROM papers WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR SHARE`;
}

/** Until the transaction ends nobody changes, uses or deletes these papers: a new use waits in its foreign key. */
export async function lockPapersForUpdate(ctx: Context, ids: readonly string[]): Promise<void> {
  await ctx.db.$queryRaw`SELECT 1 FROM papers WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`;
}
