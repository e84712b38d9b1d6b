import type { Context } from '../../../context.ts';

/** A place in the archive of a newsletter, with all numbers that the issue has or had there. */
type Place = { newsletterId: string; publishedAt: Date; numbers: readonly number[] };

/**
 * For each place, the ids of the published issues directly before and after it in the archive. Their pages link to the
 * issue there.
 */
export async function findNeighbours(ctx: Context, places: readonly Place[]): Promise<string[][]> {
  const given = places.flatMap(({ newsletterId, publishedAt, numbers }, place) =>
    [...new Set(numbers)].map((number) => ({ place, newsletterId, publishedAt, number })),
  );
  const rows = await ctx.db.$queryRaw<{ place: number; id: string }[]>`
    SELECT DISTINCT place, id::text
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      AS given (place int, "newsletterId" uuid, "publishedAt" timestamptz, number int),
    LATERAL (
      (SELECT issue_id AS id FROM publications
        WHERE newsletter_id = "newsletterId"
          AND (published_at, publications.number) < ("publishedAt", given.number)
        ORDER BY published_at DESC, publications.number DESC LIMIT 1)
      UNION ALL
      (SELECT issue_id FROM publications
        WHERE newsletter_id = "newsletterId"
          AND (published_at, publications.number) > ("publishedAt", given.number)
        ORDER BY published_at, publications.number LIMIT 1)
    ) AS neighbour`;
  const neighbours = places.map((): string[] => []);
  for (const { place, id } of rows) neighbours[place]?.push(id);
  return neighbours;
}
