import type pg from 'pg';

/**
 * Issues of one part at most. A part is a range of numbers, so that it stays the same while the archive grows. Far
 * less than a file may hold: a part is read and written in some ten milliseconds, and so is an index of a million.
 */
export const PART_SIZE = 1_000;

/** What one file may hold: https://www.sitemaps.org/protocol.html */
const MAX_PARTS = 50_000;

/** A part that has an issue in it; `firstNumber` is where its range begins. */
export type SitemapPart = { newsletterId: string; slug: string; firstNumber: number };

/**
 * A probe of the index for each part: from an issue to the first one past its part, and on. `newsletter` is the
 * condition on newsletters.
 */
function findPartsWhere(newsletter: string): string {
  const beginOfPart = `(parts.number - 1) / ${PART_SIZE} * ${PART_SIZE} + 1`;
  return `
    WITH RECURSIVE parts AS (
      SELECT newsletters.id, newsletters.slug, first.number
      FROM newsletters, LATERAL (
        SELECT number FROM publications WHERE newsletter_id = newsletters.id ORDER BY number LIMIT 1
      ) AS first
      WHERE ${newsletter}
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

/** In order of newsletters, then of numbers. */
export async function findParts(pool: pg.Pool): Promise<SitemapPart[]> {
  const { rows } = await pool.query<SitemapPart>({ name: 'find sitemap parts', text: FIND_PARTS });
  return rows;
}

/** In order of numbers. */
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
