import type pg from 'pg';
import { z } from 'zod';
import { toPage } from '../../page.ts';
import { type NextPage, type PreparedResponse, preparePage } from '../../prepared/prepared-response.ts';
import { startOfYear } from '../../time-zone.ts';
import { resolveMediaAddresses } from '../publishing/media-address.ts';

/** A place in the archive's order: newest first, the higher number first of two that went out together. */
export const archiveKey = z.strictObject({ publishedAt: z.iso.datetime(), number: z.int32() });
export type ArchiveKey = z.infer<typeof archiveKey>;

export type ArchiveQuery = {
  limit: number;
  after: ArchiveKey | undefined;
  /** In the newsletter's time zone. */
  year: number | undefined;
  tag: string | undefined;
};

type Row = { summary: string; publishedAt: Date; number: number };

/** Null: no such newsletter. */
export async function readArchive(
  pool: pg.Pool,
  newsletterSlug: string,
  query: ArchiveQuery,
  publicUrl: string,
  nextPageOf: (key: ArchiveKey) => NextPage,
): Promise<PreparedResponse | null> {
  const newsletter = await findNewsletter(pool, newsletterSlug);
  if (!newsletter) return null;
  const { rows } = await pool.query<Row>(statementFor(newsletter, query));
  const { data, next } = toPage(rows, query.limit, ({ publishedAt, number }) => ({
    publishedAt: publishedAt.toISOString(),
    number,
  }));
  const entries = data.map((row) => resolveMediaAddresses(row.summary, publicUrl));
  return preparePage(entries, next === null ? null : nextPageOf(next), [`newsletter:${newsletter.id}`]);
}

type NewsletterRow = { id: string; timeZone: string };

async function findNewsletter(pool: pg.Pool, slug: string): Promise<NewsletterRow | undefined> {
  const { rows } = await pool.query<NewsletterRow>({
    name: 'find newsletter of archive',
    text: 'SELECT id, time_zone AS "timeZone" FROM newsletters WHERE slug = $1',
    values: [slug],
  });
  return rows[0];
}

/** One prepared statement for each combination of filters, so that each has a plan of its own. */
function statementFor(
  { id, timeZone }: NewsletterRow,
  { limit, after, year, tag }: ArchiveQuery,
): pg.QueryConfig {
  const values: unknown[] = [id];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const conditions = ['newsletter_id = $1'];
  const filters: string[] = [];
  if (after) {
    conditions.push(
      `(publications.published_at, number) < (${bind(new Date(after.publishedAt))}::timestamptz, ${bind(after.number)}::int)`,
    );
    filters.push('cursor');
  }
  if (year !== undefined) {
    // Reckoned here: the zone may be newer than those that the server knows.
    const [from, to] = [bind(startOfYear(year, timeZone)), bind(startOfYear(year + 1, timeZone))];
    conditions.push(`publications.published_at >= ${from}::timestamptz`);
    conditions.push(`publications.published_at < ${to}::timestamptz`);
    filters.push('year');
  }
  if (tag !== undefined) {
    conditions.push(`publications.tags @> ARRAY[${bind(tag)}::text]`);
    filters.push('tag');
  }
  const text = `
    SELECT editions.summary, publications.published_at AS "publishedAt", number
    FROM publications JOIN editions ON editions.id = edition_id
    WHERE ${conditions.join(' AND ')}
    ORDER BY publications.published_at DESC, number DESC LIMIT ${bind(limit + 1)}::int`;
  return { name: `read archive by ${filters.join(' ')}`, text, values };
}
