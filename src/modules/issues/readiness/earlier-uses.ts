import type { Context } from '../../../context.ts';
import { Prisma } from '../../../database/generated/client.ts';
import type { IssueTree } from '../tree/load-issue.ts';

/** The issue that a reader of the newsletter last saw a paper or a link in. */
export type EarlierUse = { number: number; title: string };

type Row = EarlierUse & { target: string };

/**
 * By id of the paper. Of issues that readers see, or saw before this one if it is out itself. However often a
 * paper or a link was featured, one entry of an index is read for each.
 */
export function findEarlierPapers(ctx: Context, issue: IssueTree, paperIds: readonly string[]) {
  const isSame = Prisma.sql`paper_id = target.name::uuid`;
  return findLast(ctx, issue, paperIds, Prisma.sql`published_papers`, isSame);
}

/** By address. */
export function findEarlierLinks(ctx: Context, issue: IssueTree, urls: readonly string[]) {
  const isSame = Prisma.sql`url_key = hashtextextended(target.name, 0) AND url = target.name`;
  return findLast(ctx, issue, urls, Prisma.sql`published_links`, isSame);
}

async function findLast(
  ctx: Context,
  { newsletterId, publication }: IssueTree,
  targets: readonly string[],
  table: Prisma.Sql,
  isSame: Prisma.Sql,
): Promise<Map<string, EarlierUse>> {
  const before = publication
    ? Prisma.sql`AND published_at < ${publication.publishedAt}::timestamptz`
    : Prisma.empty;
  const rows = await ctx.db.$queryRaw<Row[]>`
    SELECT target.name AS target, publications.number, publications.title
    FROM unnest(${targets}::text[]) AS target (name)
    CROSS JOIN LATERAL (
      SELECT issue_id FROM ${table}
      WHERE newsletter_id = ${newsletterId}::uuid AND ${isSame} ${before}
      ORDER BY published_at DESC, number DESC LIMIT 1
    ) AS last
    JOIN publications USING (issue_id)`;
  return new Map(rows.map(({ target, ...use }) => [target, use]));
}
