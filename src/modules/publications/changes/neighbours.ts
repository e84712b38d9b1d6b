import type { Context } from '../../../context.ts';

/** A place in the archive of a newsletter. */
export type Position = { newsletterId: string; publishedAt: Date; number: number };

/** Ids of the published issues directly before and after the position. Their pages link to the issue at it. */
export async function findNeighbours(
  ctx: Context,
  { newsletterId, publishedAt, number }: Position,
): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    (SELECT issue_id::text AS id FROM publications
      WHERE newsletter_id = ${newsletterId}::uuid
        AND (published_at, number) < (${publishedAt}::timestamptz, ${number}::int)
      ORDER BY published_at DESC, number DESC LIMIT 1)
    UNION ALL
    (SELECT issue_id::text FROM publications
      WHERE newsletter_id = ${newsletterId}::uuid
        AND (published_at, number) > (${publishedAt}::timestamptz, ${number}::int)
      ORDER BY published_at, number LIMIT 1)`;
  return rows.map(({ id }) => id);
}
