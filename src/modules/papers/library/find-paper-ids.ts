import type { Context } from '../../../context.ts';

/** Those of the ids that papers have. */
export async function findPaperIds(ctx: Context, ids: readonly string[]): Promise<string[]> {
  const rows = await ctx.db.paper.findMany({ where: { id: { in: [...ids] } }, select: { id: true } });
  return rows.map((row) => row.id);
}

/** Those of the ids that papers had before they were merged, each with the paper that it became. */
export function findMergedPapers(
  ctx: Context,
  ids: readonly string[],
): Promise<{ id: string; paperId: string }[]> {
  return ctx.db.mergedPaper.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, paperId: true },
  });
}
