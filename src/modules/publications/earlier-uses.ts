import type { Context } from '../../context.ts';
import { Prisma } from '../../database/generated/client.ts';

/** The last published issue of the newsletter that featured a paper or a link. */
export type EarlierUse = { number: number; title: string };

/** Searches the issues of the newsletter, or only those published before `publishedAt` if it is not null. */
export type EarlierThan = { newsletterId: string; publishedAt: Date | null };

type Row = EarlierUse & { target: string };

/** By paper id. Reads one index entry per paper, however often the paper was featured. */
export function findEarlierPapers(ctx: Context, scope: EarlierThan, paperIds: readonly string[]) {
  const isSame = Prisma.sql`paper_id = target.name::uuid`;
  return findLast(ctx, scope, paperIds, Prisma.sql`published_papers`, isSame);
}

/** By URL. Reads one index entry per link, however often the link was featured. */
export function findEarlierLinks(ctx: Context, scope: EarlierThan, urls: readonly string[]) {
  const isSame = Prisma.sql`url_key = hashtextextended(target.name, 0) AND url = target.name`;
  return findLast(ctx, scope, urls, Prisma.sql`published_links`, isSame);
}

async function findLast(
  ctx: Context,
  { newsletterId, publishedAt }: EarlierThan,
  targets: readonly string[],
  table: Prisma.Sql,
  isSame: Prisma.Sql,
): Promise<Map<string, EarlierUse>> {
  const before = publishedAt ? Prisma.sql`AND published_at < ${publishedAt}::timestamptz` : Prisma.empty;
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
