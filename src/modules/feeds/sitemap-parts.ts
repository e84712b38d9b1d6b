import type pg from 'pg';

/**
 * A part covers a fixed range of issue numbers, so it does not change while the archive grows. The range is far below the
 * protocol's limit so that a part, or the index of a million issues, takes about ten milliseconds to build.
 */
export const PART_SIZE = 1_000;

/** The protocol's limit for one index: https://www.sitemaps.org/protocol.html#index */
const MAX_PARTS = 50_000;

/** A part with at least one issue. `firstNumber` is the start of its range. */
export type SitemapPart = { newsletterId: string; slug: string; firstNumber: number };

/**
 * Skips through the index on numbers with one probe per part: from the first issue of a part to the first issue after it.
 * `condition` selects newsletters.
 */
function findPartsWhere(condition: string): string {
  const beginOfPart = `(parts.number - 1) / ${PART_SIZE} * ${PART_SIZE} + 1`;
  return `
    WITH RECURSIVE parts AS (
      SELECT newsletters.id, newsletters.slug, first.number
      FROM newsletters, LATERAL (
        SELECT number FROM publications WHERE newsletter_id = newsletters.id ORDER BY number LIMIT 1
      ) AS first
      WHERE ${condition}
      UNION ALL
      SELECT parts.id, parts.slug, next.number
      FROM parts, LATERAL (
        SELECT number FROM publications
        WHERE newsletter_id = parts.id AND number >= ${beginOfPart} + ${PART_SIZE}
        ORDER BY number LIMIT 1
      ) AS next
    )
    SELECT * FROM (
      SELECT id AS "newsletterId", slug, ${beginOfPart} AS "firstNumber" FROM parts LIMIT ${MAX_PARTS}
    ) AS found
    ORDER BY slug COLLATE "C", "firstNumber"`;
}

const FIND_PARTS = findPartsWhere('true');
const FIND_PARTS_OF_NEWSLETTER = findPartsWhere('newsletters.id = $1');

/** Finds the parts of all newsletters, ordered by slug, then number. */
export async function findParts(pool: pg.Pool): Promise<SitemapPart[]> {
  const { rows } = await pool.query<SitemapPart>({ name: 'find sitemap parts', text: FIND_PARTS });
  return rows;
}

/** Finds the parts of one newsletter, ordered by number. */
export async function findPartsOf(pool: pg.Pool, newsletterId: string): Promise<SitemapPart[]> {
  const { rows } = await pool.query<SitemapPart>({
    name: 'find sitemap parts of newsletter',
    text: FIND_PARTS_OF_NEWSLETTER,
    values: [newsletterId],
  });
  return rows;
}

export function isFirstOfPart(number: number): boolean {
  return number % PART_SIZE === 1;
}
