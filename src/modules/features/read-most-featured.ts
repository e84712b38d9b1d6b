import type pg from 'pg';
import { type PreparedResponse, prepareResponse } from '../../prepared/prepared-response.ts';
import { findNewsletter } from './find-newsletter.ts';
import type { Period } from './period.ts';
import { keysOfScope } from './read-uses.ts';
import { type FeaturedKind, SOURCES, timestampOf } from './sources.ts';

export type MostFeaturedQuery = { kind: FeaturedKind; period: Period; limit: number };

/** Of a newsletter, or of all; what two issues feature goes before what one does. Null: no such newsletter. */
export async function readMostFeatured(
  pool: pg.Pool,
  newsletterSlug: string | null,
  query: MostFeaturedQuery,
): Promise<PreparedResponse | null> {
  const newsletterId = newsletterSlug === null ? null : await findNewsletter(pool, newsletterSlug);
  if (newsletterSlug !== null && newsletterId === null) return null;
  const { rows } = await pool.query<{ json: string }>(statementFor(query, newsletterId));
  return prepareResponse({
    body: `{"data":[${rows.map(({ json }) => json).join(',')}]}`,
    keys: [...keysOfScope(newsletterId), ...PRESENTED[query.kind].keys],
  });
}

/** What an entry says of what is featured, and what makes that stale. */
const PRESENTED: Record<FeaturedKind, { name: string; value: string; join: string; keys: string[] }> = {
  papers: {
    name: 'paper',
    value: `json_build_object('id', papers.id, 'title', title, 'arxivId', arxiv_id, 'doi', doi)`,
    join: 'JOIN papers ON papers.id = counted.key',
    keys: ['papers'],
  },
  people: {
    name: 'person',
    value: `json_build_object('slug', slug, 'name', name)`,
    join: 'JOIN people ON people.id = counted.key',
    keys: ['people'],
  },
  tags: { name: 'tag', value: 'counted.key', join: '', keys: [] },
  domains: { name: 'domain', value: 'counted.key', join: '', keys: [] },
};

const ORDER = `count DESC, newest DESC, key::text COLLATE "C"`;

/** What each issue of the period features is looked up by its id, and counts once. */
function statementFor(
  { kind, period, limit }: MostFeaturedQuery,
  newsletterId: string | null,
): pg.QueryConfig {
  const { table, key } = SOURCES[kind];
  const { name, value, join } = PRESENTED[kind];
  const text = `
    SELECT json_build_object('count', count, 'newest', ${timestampOf('newest')}, '${name}', ${value})::text AS json
    FROM (
      SELECT key, count(*) AS count, max(live.published_at) AS newest
      FROM publications AS live CROSS JOIN LATERAL (
        SELECT DISTINCT ${key} AS key FROM ${table} WHERE issue_id = live.issue_id AND ${key} IS NOT NULL
      ) AS featured
      WHERE ${newsletterId === null ? OF_ALL : OF_NEWSLETTER}
      GROUP BY key ORDER BY ${ORDER} LIMIT $1::int
    ) AS counted ${join}
    ORDER BY ${ORDER}`;
  const values = [limit, period.from, period.to, ...(newsletterId === null ? [] : [newsletterId])];
  const scope = newsletterId === null ? 'all' : 'newsletter';
  return { name: `read most featured ${kind} of ${scope}`, text, values };
}

/** As publications_newest_idx has it. */
const OF_ALL = `
  live.published_at AT TIME ZONE 'UTC' >= $2::timestamptz AT TIME ZONE 'UTC'
  AND live.published_at AT TIME ZONE 'UTC' < $3::timestamptz AT TIME ZONE 'UTC'`;
const OF_NEWSLETTER = `
  live.newsletter_id = $4::uuid AND live.published_at >= $2::timestamptz AND live.published_at < $3::timestamptz`;
