import type pg from 'pg';
import { toPage } from '../../lib/page.ts';
import { startOfYear } from '../../lib/time-zone.ts';
import { keysOfScope } from '../../prepared/cache-keys.ts';
import { type NextPage, type PreparedResponse, preparePage } from '../../prepared/prepared-response.ts';
import { resolveMediaAddresses } from '../publishing/editions/media-address.ts';
import { type ArchiveField, type ArchiveKey, type ArchivePart, archiveField } from './schemas.ts';
import { selectMembers } from './select-members.ts';

export type ArchiveQuery = {
  limit: number;
  after: ArchiveKey | undefined;
  /** Year of publication in the newsletter's time zone. */
  year: number | undefined;
  tag: string | undefined;
  /** Fields to return for each entry. Undefined: all. */
  fields: readonly ArchiveField[] | undefined;
  /** Parts of the tree to add to each entry. */
  include: readonly ArchivePart[] | undefined;
};

/** Every row has the newsletter. If no entry matches, there is one row, which has only the newsletter. */
type Row = { newsletterId: string } & (Entry | { json: null });
type Entry = {
  json: string;
  /** Milliseconds since 1970, which are faster to parse than a date. */
  publishedAt: number;
  number: number;
};

/** Returns null if the newsletter does not exist. */
export async function readArchive(
  pool: pg.Pool,
  newsletterSlug: string,
  query: ArchiveQuery,
  publicUrl: string,
  nextPageOf: (key: ArchiveKey) => NextPage,
): Promise<PreparedResponse | null> {
  const bounds = query.year === undefined ? undefined : await findYear(pool, newsletterSlug, query.year);
  if (bounds === null) return null;
  const { rows } = await pool.query<Row>(statementFor(newsletterSlug, query, bounds));
  const [first] = rows;
  if (!first) return null;
  const entries = rows.filter((row) => row.json !== null);
  const { data, next } = toPage(entries, query.limit, ({ publishedAt, number }) => ({
    publishedAt: new Date(publishedAt).toISOString(),
    number,
  }));
  const chosen = data.map(({ json }) => select(json, query)).join(',');
  return preparePage(
    [resolveMediaAddresses(chosen, publicUrl)],
    next === null ? null : nextPageOf(next),
    keysOfScope(first.newsletterId),
  );
}

type Bounds = { from: Date; to: Date };

/** Computed here and not in SQL, because PostgreSQL may have older time zone data than Node. */
async function findYear(pool: pg.Pool, slug: string, year: number): Promise<Bounds | null> {
  const { rows } = await pool.query<{ timeZone: string }>({
    name: 'find time zone of archive',
    text: 'SELECT time_zone AS "timeZone" FROM newsletters WHERE slug = $1',
    values: [slug],
  });
  const [newsletter] = rows;
  if (!newsletter) return null;
  const { timeZone } = newsletter;
  return { from: startOfYear(year, timeZone), to: startOfYear(year + 1, timeZone) };
}

/** The largest `limit` and one more. As a constant it gives the planner a row estimate; a parameter does not. */
const MAX_ROWS = 101;

/** Each combination of filters is a prepared statement of its own, and so has its own plan. */
function statementFor(
  slug: string,
  { limit, after, tag, include }: ArchiveQuery,
  bounds: Bounds | undefined,
): pg.QueryConfig {
  const values: unknown[] = [slug, limit + 1];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const conditions = ['place.newsletter_id = newsletters.id'];
  const filters: string[] = [];
  if (after) {
    const [publishedAt, number] = [bind(new Date(after.publishedAt)), bind(after.number)];
    conditions.push(`(place.published_at, place.number) < (${publishedAt}::timestamptz, ${number}::int)`);
    filters.push('cursor');
  }
  if (bounds) {
    conditions.push(`place.published_at >= ${bind(bounds.from)}::timestamptz`);
    conditions.push(`place.published_at < ${bind(bounds.to)}::timestamptz`);
    filters.push('year');
  }
  if (tag !== undefined) {
    conditions.push(`place.tag = ${bind(tag)}`);
    filters.push('tag');
  }
  const [table, live] = tag === undefined ? FROM_ALL : FROM_TAGGED;
  const part = include ? 'document' : 'summary';
  // A subquery reads the edition, so that it runs only for the entries of the page. A join is planned for more rows.
  const text = `
    SELECT newsletters.id AS "newsletterId", entries.json,
      (extract(epoch FROM entries.published_at) * 1000)::float8 AS "publishedAt", entries.number
    FROM newsletters LEFT JOIN LATERAL (
      SELECT newest.published_at, newest.number, (
        SELECT editions.${part} FROM ${live}
      ) AS json
      FROM (
        SELECT * FROM ${table} AS place WHERE ${conditions.join(' AND ')}
        ORDER BY place.published_at DESC, place.number DESC LIMIT ${MAX_ROWS}
      ) AS newest LIMIT $2::int
    ) AS entries ON true
    WHERE newsletters.slug = $1
    ORDER BY entries.published_at DESC, entries.number DESC`;
  return { name: `read archive's ${part} by ${filters.join(' ')}`, text, values };
}

const FROM_ALL = ['publications', 'editions WHERE editions.id = newest.edition_id'] as const;
const FROM_TAGGED = [
  'publication_tags',
  `publications JOIN editions ON editions.id = edition_id WHERE publications.issue_id = newest.issue_id`,
] as const;

/** Without a selection the stored JSON is returned unparsed. */
function select(json: string, { fields, include }: ArchiveQuery): string {
  if (!fields && !include) return json;
  return selectMembers(json, new Set([...(fields ?? archiveField.options), ...(include ?? [])]));
}
