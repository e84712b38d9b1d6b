import type { Context } from '../../context.ts';

/** How many items of published issues feature the paper. */
export function countPaperUses(ctx: Context, paperId: string): Promise<number> {
  return ctx.db.publishedPaper.count({ where: { paperId } });
}

export type FeaturingIssue = { issueId: string; number: number };

/** The published issues that feature one of the papers, oldest first. */
export function listFeaturingIssues(ctx: Context, paperIds: readonly string[]): Promise<FeaturingIssue[]> {
  return ctx.db.$queryRaw<FeaturingIssue[]>`
    SELECT issue_id::text AS "issueId", number FROM published_papers WHERE paper_id = ANY(${paperIds}::uuid[])
    GROUP BY issue_id, number ORDER BY min(published_at), issue_id`;
}

/**
 * Replaces the papers `formerIds` by `paperId` in the index of published issues. The documents of the editions stay the
 * same. Returns the ids of these issues.
 */
export async function replacePapers(
  ctx: Context,
  paperId: string,
  formerIds: readonly string[],
): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    WITH moved AS (
      UPDATE published_papers SET paper_id = ${paperId}::uuid WHERE paper_id = ANY(${formerIds}::uuid[])
      RETURNING issue_id
    )
    SELECT DISTINCT issue_id::text AS id FROM moved`;
  return rows.map(({ id }) => id);
}
