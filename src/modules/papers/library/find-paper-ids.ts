import type { Context } from '../../../context.ts';

/** Returns the given ids that exist. */
export async function findPaperIds(ctx: Context, ids: readonly string[]): Promise<string[]> {
  const rows = await ctx.db.paper.findMany({ where: { id: { in: [...ids] } }, select: { id: true } });
  return rows.map((row) => row.id);
}

/** Returns the given ids that belong to merged papers, with the paper into which each was merged. */
export function findMergedPapers(
  ctx: Context,
  ids: readonly string[],
): Promise<{ id: string; paperId: string }[]> {
  return ctx.db.mergedPaper.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, paperId: true },
  });
}
