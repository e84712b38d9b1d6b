import type { Context } from '../../context.ts';
import { Prisma } from '../../database/generated/client.ts';

/** The last published issue of the newsletter that featured a paper or a link. */
export type EarlierUse = { number: number; title: string };

/** The issues to search: those of the newsletter that were published before `publishedAt`, or all of them if it is null. */
export type UseScope = { newsletterId: string; publishedAt: Date | null };

type Row = EarlierUse & { target: string };

/** The last uses, by paper id. Reads one index entry per paper, however often the paper was featured. */
export function findEarlierPapers(ctx: Context, scope: UseScope, paperIds: readonly string[]) {
  const isSame = Prisma.sql`paper_id = target.name::uuid`;
  return findLastUses(ctx, scope, paperIds, Prisma.sql`published_papers`, isSame);
}

/** The last uses, by URL. Reads one index entry per link, however often the link was featured. */
export function findEarlierLinks(ctx: Context, scope: UseScope, urls: readonly string[]) {
  const isSame = Prisma.sql`url_key = hashtextextended(target.name, 0) AND url = target.name`;
  return findLastUses(ctx, scope, urls, Prisma.sql`published_links`, isSame);
}

async function findLastUses(
  ctx: Context,
  { newsletterId, publishedAt }: UseScope,
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
