import type pg from 'pg';
import { withMembers } from '../../lib/json-text.ts';
import { toPage } from '../../lib/page.ts';
import { ANY, cacheKey, keysOfScope } from '../../prepared/cache-keys.ts';
import {
  type NextPage,
  type PreparedResponse,
  preparePage,
  prepareResponse,
} from '../../prepared/prepared-response.ts';
import { resolveMediaAddresses } from '../publishing/editions/media-address.ts';
import { feedAddresses, sitemapAddress } from './content-addresses.ts';
import type { NewsletterField } from './schemas.ts';
import { selectMembers } from './select-members.ts';

type Row = { id: string; slug: string; json: string };

const COLUMNS = `newsletters.id, slug, json_build_object(
  'slug', slug, 'title', title, 'tagline', tagline, 'description', description,
  'language', language, 'timeZone', time_zone, 'links', links,
  'siteUrl', site_url, 'issueUrl', issue_url)::text AS json`;

export async function readNewsletter(
  pool: pg.Pool,
  slug: string,
  publicUrl: string,
): Promise<PreparedResponse | null> {
  const { rows } = await pool.query<Row>({
    name: 'read newsletter',
    text: `SELECT ${COLUMNS} FROM newsletters WHERE slug = $1`,
    values: [slug],
  });
  const [row] = rows;
  return row
    ? prepareResponse({ body: withFeeds(row, publicUrl), keys: [cacheKey.newsletter(row.id)] })
    : null;
}

/** Adds `latestIssue`: the newest entry of the archive, or null if no issue is published. */
export async function readNewsletterWithLatest(
  pool: pg.Pool,
  slug: string,
  publicUrl: string,
): Promise<PreparedResponse | null> {
  const { rows } = await pool.query<Row & { summary: string | null }>({
    name: 'read newsletter with latest',
    text: `
      SELECT ${COLUMNS}, (
        SELECT summary FROM publications JOIN editions ON editions.id = edition_id
        WHERE newsletter_id = newsletters.id
        ORDER BY publications.published_at DESC, number DESC LIMIT 1
      ) AS summary
      FROM newsletters WHERE slug = $1`,
    values: [slug],
  });
  const [row] = rows;
  if (!row) return null;
  const latestIssue = row.summary && resolveMediaAddresses(row.summary, publicUrl);
  return prepareResponse({
    body: withMembers(withFeeds(row, publicUrl), { latestIssue }),
    keys: keysOfScope(row.id),
  });
}

export type NewslettersQuery = {
  limit: number;
  after: string | undefined;
  /** Fields to return for each entry. Undefined: all. */
  fields: readonly NewsletterField[] | undefined;
};

/** Ordered by slug. */
export async function readNewsletters(
  pool: pg.Pool,
  { limit, after, fields }: NewslettersQuery,
  publicUrl: string,
  nextPageOf: (slug: string) => NextPage,
): Promise<PreparedResponse> {
  const { rows } = await pool.query<Row>({
    name: 'read newsletters',
    text: `SELECT ${COLUMNS} FROM newsletters WHERE slug > $1 ORDER BY slug LIMIT $2`,
    values: [after ?? '', limit + 1],
  });
  const { data, next } = toPage(rows, limit, (row) => row.slug);
  const chosen = fields && new Set<string>(fields);
  const entries = data.map((row) => {
    const json = withFeeds(row, publicUrl);
    return chosen ? selectMembers(json, chosen) : json;
  });
  return preparePage(entries, next === null ? null : nextPageOf(next), [ANY.newsletter]);
}

/** Adds the feed and sitemap URLs, so that a frontend can link to them without building them. */
function withFeeds({ slug, json }: Row, publicUrl: string): string {
  return withMembers(json, {
    feeds: JSON.stringify(feedAddresses(slug, publicUrl)),
    sitemap: JSON.stringify(sitemapAddress(slug, publicUrl)),
  });
}
