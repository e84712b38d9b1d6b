import { z } from 'zod';
import type { Context } from '../../../context.ts';
import { paperAuthor } from '../authors/author-schemas.ts';
import { partsOf } from '../authors/authors.ts';
import { type Identifier, keyOf } from '../identifiers/identifier.ts';

type Identified = Pick<Identifier, 'scheme' | 'value'>;

/** Further works with the same title and author are ignored. */
export const MAX_WORKS_PER_KEY = 100;

/**
 * Returns paper ids by identifier. OFFSET 0 keeps PostgreSQL from turning the subquery into a join, for which it may scan
 * the whole table instead of the index.
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

type Row = {
  key: string;
  id: string;
  author: unknown;
  year: number | null;
  venue: string | null;
  volume: string | null;
  page: string | null;
  identifiers: Identified[];
};

type KnownWork = Omit<Row, 'key' | 'author'> & { given: string | null };

const firstAuthor = z.array(paperAuthor).max(1);

/** Returns works by their `workKey`, oldest first. */
export async function findByWorkKeys(
  ctx: Context,
  keys: readonly string[],
): Promise<Map<string, KnownWork[]>> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    SELECT wanted.key, found.id::text AS id, found.year, found.venue, found.csl ->> 'volume' AS volume,
      found.csl ->> 'page' AS page, jsonb_path_query_array(found.authors, '$[0]') AS author,
      (
        SELECT coalesce(json_agg(json_build_object('scheme', scheme, 'value', value)), '[]')
        FROM paper_identifiers WHERE paper_id = found.id
      ) AS identifiers
    FROM unnest(${[...new Set(keys)]}::text[]) AS wanted (key)
    CROSS JOIN LATERAL (
      SELECT id, year, venue, authors, csl FROM papers
      WHERE work_key = wanted.key AND work_key <> '' ORDER BY id LIMIT ${MAX_WORKS_PER_KEY}
    ) AS found
    ORDER BY found.id`;
  const known = new Map<string, KnownWork[]>();
  for (const { key, author, ...work } of rows) {
    const [first] = firstAuthor.parse(author);
    const given = first ? (partsOf(first).given ?? '') : null;
    known.set(key, [...(known.get(key) ?? []), { ...work, given }]);
  }
  return known;
}
