import type pg from 'pg';
import { timestampAsText } from '../../lib/timestamp-as-text.ts';
import { ANY, keysOfScope } from '../../prepared/cache-keys.ts';
import { type PreparedResponse, prepareResponse } from '../../prepared/prepared-response.ts';
import { findNewsletterId } from './find-newsletter-id.ts';
import type { Period } from './period.ts';
import { presentPaperHead } from './present-paper-head.ts';
import { type FeaturedKind, USE_TABLES } from './use-tables.ts';

export type MostFeaturedQuery = { kind: FeaturedKind; period: Period; limit: number };

type Row = { count: number; newest: string; value: unknown };

/**
 * Counts the issues of one newsletter, or of all if the slug is null. Returns null if the newsletter does not exist.
 */
export async function readMostFeatured(
  pool: pg.Pool,
  newsletterSlug: string | null,
  query: MostFeaturedQuery,
): Promise<PreparedResponse | null> {
  const newsletterId = newsletterSlug === null ? null : await findNewsletterId(pool, newsletterSlug);
  if (newsletterSlug !== null && newsletterId === null) return null;
  const { rows } = await pool.query<Row>(statementFor(query, newsletterId));
  const { name, present, keys } = PRESENTED[query.kind];
  const data = rows.map(({ count, newest, value }) => ({ count, newest, [name]: present(value) }));
  return prepareResponse({ body: JSON.stringify({ data }), keys: [...keysOfScope(newsletterId), ...keys] });
}

type Presented = {
  name: string;
  /** SQL that builds what an entry shows, and the JOIN that it needs. */
  value: string;
  join: string;
  present(value: unknown): unknown;
  /** Cache keys of the joined records. */
  keys: string[];
};

const unchanged = (value: unknown) => value;
const byName = { value: 'counted.key', join: '', present: unchanged, keys: [] };

const PRESENTED: Record<FeaturedKind, Presented> = {
  papers: {
    name: 'paper',
    value: `json_build_object('id', papers.id, 'title', papers.title, 'identifiers', (
      SELECT coalesce(json_agg(json_build_object('scheme', scheme, 'value', value) ORDER BY position), '[]')
      FROM paper_identifiers WHERE paper_id = papers.id))`,
    join: 'JOIN papers ON papers.id = counted.key',
    present: presentPaperHead,
    keys: [ANY.paper],
  },
  people: {
    name: 'person',
    value: `json_build_object('slug', people.slug, 'name', people.name)`,
    join: 'JOIN people ON people.id = counted.key',
    present: unchanged,
    keys: [ANY.person],
  },
  tags: { name: 'tag', ...byName },
  domains: { name: 'domain', ...byName },
};

/** Looks up by its id what each issue of the period features. DISTINCT makes an issue count once. */
function statementFor(
  { kind, period, limit }: MostFeaturedQuery,
  newsletterId: string | null,
): pg.QueryConfig {
  const { table, key } = USE_TABLES[kind];
  const { value, join } = PRESENTED[kind];
  const text = `
    SELECT counted.count::int AS count, ${timestampAsText('counted.newest')} AS newest, ${value} AS value
    FROM (
      SELECT key, count(*) AS count, max(live.published_at) AS newest
      FROM publications AS live CROSS JOIN LATERAL (
        SELECT DISTINCT ${key} AS key FROM ${table} WHERE issue_id = live.issue_id AND ${key} IS NOT NULL
      ) AS featured
      WHERE ${newsletterId === null ? OF_ALL : OF_NEWSLETTER}
      GROUP BY key ORDER BY count DESC, newest DESC, key::text COLLATE "C" LIMIT $1::int
    ) AS counted ${join}
    ORDER BY counted.count DESC, counted.newest DESC, counted.key::text COLLATE "C"`;
  const values = [limit, period.from, period.to, ...(newsletterId === null ? [] : [newsletterId])];
  const scope = newsletterId === null ? 'all' : 'newsletter';
  return { name: `read most featured ${kind} of ${scope}`, text, values };
}

/** Matches the expression of publications_newest_idx. */
const OF_ALL = `
  live.published_at AT TIME ZONE 'UTC' >= $2::timestamptz AT TIME ZONE 'UTC'
  AND live.published_at AT TIME ZONE 'UTC' < $3::timestamptz AT TIME ZONE 'UTC'`;
const OF_NEWSLETTER = `
  live.newsletter_id = $4::uuid AND live.published_at >= $2::timestamptz AND live.published_at < $3::timestamptz`;
