import type pg from 'pg';
import { keysOfScope } from '../../prepared/cache-keys.ts';
import { type PreparedResponse, prepareResponse } from '../../prepared/prepared-response.ts';
import { sitemapAddress } from '../delivery/content-addresses.ts';
import { issuePage } from '../delivery/issue-page.ts';
import { findParts, findPartsOf, PART_SIZE, type SitemapPart } from './sitemap-parts.ts';
import { element, writeXml } from './xml.ts';

const CONTENT_TYPE = 'application/xml; charset=utf-8';
const NAMESPACE = { xmlns: 'http://www.sitemaps.org/schemas/sitemap/0.9' };

/** Lists the sitemaps of all newsletters. An index must not list another index, so it lists the parts of a long sitemap. */
export async function readSitemapIndex(pool: pg.Pool, publicUrl: string): Promise<PreparedResponse> {
  const parts = await findParts(pool);
  const byNewsletter = [...Map.groupBy(parts, ({ newsletterId }) => newsletterId).values()];
  const addresses = byNewsletter.flatMap((group) => addressesOf(group, publicUrl));
  return prepareIndex(addresses, keysOfScope(null));
}

/** Lists the issues, or the parts if there is more than one. Returns null if the newsletter does not exist. */
export async function readSitemap(
  pool: pg.Pool,
  newsletterSlug: string,
  publicUrl: string,
): Promise<PreparedResponse | null> {
  const newsletterId = await findNewsletter(pool, newsletterSlug);
  if (newsletterId === null) return null;
  const parts = await findPartsOf(pool, newsletterId);
  const keys = keysOfScope(newsletterId);
  if (parts.length > 1) return prepareIndex(addressesOf(parts, publicUrl), keys);
  const issues = await findIssues(pool, newsletterSlug, parts[0]?.firstNumber ?? 1);
  return prepareSitemap(issues, keys, publicUrl);
}

/** `firstNumber` is the first issue number of the part. Returns null if no issue falls into it. */
export async function readSitemapPart(
  pool: pg.Pool,
  newsletterSlug: string,
  firstNumber: number,
  publicUrl: string,
): Promise<PreparedResponse | null> {
  const issues = await findIssues(pool, newsletterSlug, firstNumber);
  const [issue] = issues;
  return issue ? prepareSitemap(issues, keysOfScope(issue.newsletterId), publicUrl) : null;
}

/** `parts` are all parts of one newsletter. */
function addressesOf(parts: readonly SitemapPart[], publicUrl: string): string[] {
  return parts.map(({ slug, firstNumber }) => {
    const sitemap = sitemapAddress(slug, publicUrl);
    return parts.length === 1 ? sitemap : `${sitemap}?from=${firstNumber}`;
  });
}

async function findNewsletter(pool: pg.Pool, slug: string): Promise<string | null> {
  const { rows } = await pool.query<{ id: string }>({
    name: 'find newsletter of sitemap',
    text: 'SELECT id FROM newsletters WHERE slug = $1',
    values: [slug],
  });
  return rows[0]?.id ?? null;
}

type IssueRow = {
  newsletterId: string;
  newsletterSlug: string;
  issueUrl: string | null;
  number: number;
  slug: string;
  /** When the current edition was published. */
  updatedAt: Date;
};

const FIND_ISSUES = `
  SELECT newsletters.id AS "newsletterId", newsletters.slug AS "newsletterSlug", issue_url AS "issueUrl",
    publications.number, publications.slug, editions.published_at AS "updatedAt"
  FROM newsletters
  JOIN publications ON newsletter_id = newsletters.id
  JOIN editions ON editions.id = edition_id
  WHERE newsletters.slug = $1 AND publications.number >= $2::int AND publications.number < $2::int + ${PART_SIZE}
  ORDER BY publications.number`;

async function findIssues(pool: pg.Pool, newsletterSlug: string, firstNumber: number): Promise<IssueRow[]> {
  const values = [newsletterSlug, firstNumber];
  const { rows } = await pool.query<IssueRow>({ name: 'find issues of sitemap', text: FIND_ISSUES, values });
  return rows;
}

async function prepareSitemap(
  issues: readonly IssueRow[],
  keys: readonly string[],
  publicUrl: string,
): Promise<PreparedResponse> {
  const urls = issues.map((issue) =>
    element('url', [
      element('loc', issuePage({ slug: issue.newsletterSlug, issueUrl: issue.issueUrl }, issue, publicUrl)),
      element('lastmod', issue.updatedAt.toISOString()),
    ]),
  );
  return prepareResponse({
    body: await writeXml(element('urlset', urls, NAMESPACE)),
    contentType: CONTENT_TYPE,
    keys,
  });
}

/** Omits `lastmod`, which would need the newest edition among all issues of each part. */
async function prepareIndex(
  addresses: readonly string[],
  keys: readonly string[],
): Promise<PreparedResponse> {
  const sitemaps = addresses.map((address) => element('sitemap', [element('loc', address)]));
  const body = await writeXml(element('sitemapindex', sitemaps, NAMESPACE));
  return prepareResponse({ body, contentType: CONTENT_TYPE, keys });
}
