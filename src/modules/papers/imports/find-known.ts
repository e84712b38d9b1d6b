import { z } from 'zod';
import type { Context } from '../../../context.ts';
import { paperAuthor } from '../author-schemas.ts';
import { partsOf } from '../authors.ts';
import { keyOf } from '../identifiers/identifier.ts';
import { titleKey } from '../title-key.ts';
import type { Traits } from './same-work.ts';

type Identified = { scheme: 'arxiv' | 'doi' | 'openreview' | 'semanticscholar' | 'address'; value: string };

/** Papers of one title that are looked at. */
const MOST_OF_TITLE = 20;

/**
 * Ids of papers by the identifiers that they have. OFFSET keeps it at one look into the index for each: the planner
 * would make a join of it, for which it may read the whole table.
 */
export async function findByIdentifiers(
  ctx: Context,
  identifiers: readonly Identified[],
): Promise<Map<string, string>> {
  const rows = await ctx.db.$queryRaw<(Identified & { paperId: string })[]>`
    SELECT wanted.scheme, wanted.value, found.paper_id AS "paperId"
    FROM unnest(${identifiers.map(({ scheme }) => scheme)}::text[], ${identifiers.map(({ value }) => value)}::text[])
      AS wanted (scheme, value)
    CROSS JOIN LATERAL (
      SELECT paper_id FROM paper_identifiers
      WHERE scheme = wanted.scheme::identifier_scheme AND value = wanted.value OFFSET 0
    ) AS found`;
  return new Map(rows.map((row) => [keyOf(row), row.paperId]));
}

const firstAuthor = z.array(paperAuthor).max(1);

/** By the key of the title, the oldest first. */
export async function findByTitles(
  ctx: Context,
  keys: readonly string[],
): Promise<Map<string, (Traits & { id: string })[]>> {
  const rows = await ctx.db.$queryRaw<
    { key: string; id: string; author: unknown; year: number | null; identifiers: Identified[] }[]
  >`
    SELECT wanted.key, found.id, found.year, coalesce(jsonb_path_query_array(found.authors, '$[0]'), '[]') AS author,
      (
        SELECT coalesce(json_agg(json_build_object('scheme', scheme, 'value', value)), '[]')
        FROM paper_identifiers WHERE paper_id = found.id
      ) AS identifiers
    FROM unnest(${[...new Set(keys)]}::text[]) AS wanted (key)
    CROSS JOIN LATERAL (
      SELECT id, year, authors FROM papers
      WHERE title_key = wanted.key AND title_key <> '' ORDER BY id LIMIT ${MOST_OF_TITLE}
    ) AS found
    ORDER BY found.id`;
  const known = new Map<string, (Traits & { id: string })[]>();
  for (const { key, id, author, year, identifiers } of rows) {
    const [first] = firstAuthor.parse(author);
    const family = first === undefined ? '' : titleKey(partsOf(first).family);
    known.set(key, [...(known.get(key) ?? []), { id, family, year, identifiers }]);
  }
  return known;
}
