import type { Context } from '../../../context.ts';

/** Those of the ids that media have. */
export async function findMediaIds(ctx: Context, ids: readonly string[]): Promise<string[]> {
  const rows = await ctx.db.media.findMany({ where: { id: { in: [...ids] } }, select: { id: true } });
  return rows.map((row) => row.id);
}
