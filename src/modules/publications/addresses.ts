import type { Context } from '../../context.ts';
import type { IssueAddress } from './edition/edition-content.ts';

type Addressed = IssueAddress & { id: string; newsletterId: string };

/** The number and slug of another published issue of the newsletter, one of which the issue with this id has, too. */
export type TakenAddress = IssueAddress & { issueId: string };

/** The addresses that issues cannot have because other published issues of their newsletters have them. */
export function findTakenAddresses(ctx: Context, issues: readonly Addressed[]): Promise<TakenAddress[]> {
  const wanted = issues.map(({ id, newsletterId, number, slug }) => ({ id, newsletterId, number, slug }));
  return ctx.db.$queryRaw<TakenAddress[]>`
    SELECT id::text AS "issueId", live.number, live.slug
    FROM jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
      AS issue (id uuid, "newsletterId" uuid, number int, slug text),
    LATERAL (
      SELECT issue_id, number, slug FROM publications
      WHERE newsletter_id = "newsletterId" AND number = issue.number
      UNION
      SELECT issue_id, number, slug FROM publications
      WHERE newsletter_id = "newsletterId" AND slug = issue.slug
    ) AS live
    WHERE live.issue_id <> id`;
}

/** The highest number among the published issues of the newsletter; 0 if none is published. */
export async function findHighestNumber(ctx: Context, newsletterId: string): Promise<number> {
  const highest = await ctx.db.publication.findFirst({
    where: { newsletterId },
    orderBy: { number: 'desc' },
    select: { number: true },
  });
  return highest?.number ?? 0;
}
