import type { Context } from '../../../context.ts';

/** Returns the given ids that exist. */
export async function findMediaIds(ctx: Context, ids: readonly string[]): Promise<string[]> {
  const rows = await ctx.db.media.findMany({ where: { id: { in: [...ids] } }, select: { id: true } });
  return rows.map((row) => row.id);
}
