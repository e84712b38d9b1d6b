import type { Context } from '../../../context.ts';
import type { ArchivePlace } from '../edition/edition-content.ts';

/** Ids of the published issues directly before and after a place in the archive. Their pages link to the issue there. */
export async function findNeighbours(
  ctx: Context,
  { newsletterId, publishedAt, number }: Omit<ArchivePlace, 'issueId'>,
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
