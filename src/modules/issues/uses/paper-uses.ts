import type { Context } from '../../../context.ts';
import { Prisma } from '../../../database/generated/client.ts';
import { recordEvents } from '../../events/record-event.ts';

/** Ids of the papers that the items of the issues feature. */
export async function findPaperIdsOfIssues(ctx: Context, issueIds: readonly string[]): Promise<string[]> {
  const rows = await ctx.db.item.findMany({
    where: { section: { issueId: { in: [...issueIds] } }, paperId: { not: null } },
    select: { paperId: true },
    distinct: ['paperId'],
  });
  return rows.flatMap(({ paperId }) => paperId ?? []);
}

/** How many items in the current drafts of all issues feature the paper. */
export function countPaperItems(ctx: Context, paperId: string): Promise<number> {
  return ctx.db.item.count({ where: { paperId } });
}

/** Locks every issue whose draft or live edition features one of the papers, ordered by id. Returns their ids. */
export async function lockIssuesWithPapers(ctx: Context, paperIds: readonly string[]): Promise<Set<string>> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM issues WHERE id = ANY (ARRAY (${issuesWith(paperIds)})) ORDER BY id FOR NO KEY UPDATE`;
  return new Set(rows.map(({ id }) => id));
}

export async function findIssuesWithPapers(ctx: Context, paperIds: readonly string[]): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT issue_id AS id FROM (${issuesWith(paperIds)}) AS found`;
  return rows.map(({ id }) => id);
}

/**
 * Replaces the papers `formerIds` by `paperId` in the items of all issues. Increments the revision of each issue and
 * records an event for it. The caller has locked the issues with lockIssuesWithPapers.
 */
export async function replacePapersInDrafts(
  ctx: Context,
  paperId: string,
  formerIds: readonly string[],
): Promise<void> {
  const changed = await ctx.db.$queryRaw<{ id: string; newsletterId: string }[]>`
    UPDATE issues SET revision = revision + 1, updated_at = ${ctx.now}::timestamptz
    WHERE id = ANY (ARRAY (${draftsWith(formerIds)}))
    RETURNING id, newsletter_id AS "newsletterId"`;
  await ctx.db.item.updateMany({ where: { paperId: { in: [...formerIds] } }, data: { paperId } });
  await recordEvents(
    ctx,
    changed.map(({ id: issueId, newsletterId }) => ({
      type: 'issue.updated',
      ...{ issueId, newsletterId },
      subject: { kind: 'paper', id: paperId },
      details: { mergedPaperIds: [...formerIds] },
    })),
  );
}

function issuesWith(paperIds: readonly string[]): Prisma.Sql {
  return Prisma.sql`
    ${draftsWith(paperIds)}
    UNION SELECT issue_id FROM published_papers WHERE paper_id = ANY(${paperIds}::uuid[])`;
}

/** Arrays instead of joins make the planner use the indexes, however many rows it expects. */
function draftsWith(paperIds: readonly string[]): Prisma.Sql {
  return Prisma.sql`
    SELECT issue_id FROM sections WHERE id = ANY (ARRAY (
      SELECT section_id FROM items WHERE paper_id = ANY(${paperIds}::uuid[])))`;
}
