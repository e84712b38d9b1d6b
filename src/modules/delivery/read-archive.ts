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
  /** In the newsletter's time zone. */
  year: number | undefined;
  tag: string | undefined;
  /** Of each entry. Undefined: all. */
  fields: readonly ArchiveField[] | undefined;
  /** What of the tree each entry has too. */
  include: readonly ArchivePart[] | undefined;
};

/** The newsletter stands in every row, and alone in the one row of an archive that has no such entry. */
type Row = { newsletterId: string } & (Entry | { json: null });
type Entry = {
  json: string;
  /** Milliseconds since 1970: quicker to read than a date. */
  publishedAt: number;
  number: number;
};

/** Null: no such newsletter. */
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

/** Reckoned here, and not in SQL: the zone may be newer than those that the server knows. */
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

/** Entries at most, whatever `limit` is: known to the planner, whom a parameter would leave guessing. */
const MOST_ROWS = 101;

/** One prepared statement for each combination of filters, so that each has a plan of its own. */
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
  // What an entry holds is looked up for those of the page alone: a join would be planned for more.
  const text = `
    SELECT newsletters.id AS "newsletterId", entries.json,
      (extract(epoch FROM entries.published_at) * 1000)::float8 AS "publishedAt", entries.number
    FROM newsletters LEFT JOIN LATERAL (
      SELECT most.published_at, most.number, (
        SELECT editions.${part} FROM ${live}
      ) AS json
      FROM (
        SELECT * FROM ${table} AS place WHERE ${conditions.join(' AND ')}
        ORDER BY place.published_at DESC, place.number DESC LIMIT ${MOST_ROWS}
      ) AS most LIMIT $2::int
    ) AS entries ON true
    WHERE newsletters.slug = $1
    ORDER BY entries.published_at DESC, entries.number DESC`;
  return { name: `read archive's ${part} by ${filters.join(' ')}`, text, values };
}

const FROM_ALL = ['publications', 'editions WHERE editions.id = most.edition_id'] as const;
const FROM_TAGGED = [
  'publication_tags',
  `publications JOIN editions ON editions.id = edition_id WHERE publications.issue_id = most.issue_id`,
] as const;

/** Without a selection an entry goes out as it is stored: nothing is parsed. */
function select(json: string, { fields, include }: ArchiveQuery): string {
  if (!fields && !include) return json;
  return selectMembers(json, new Set([...(fields ?? archiveField.options), ...(include ?? [])]));
}
