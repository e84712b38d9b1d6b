import type pg from 'pg';
import { keysOfScope } from '../../prepared/cache-keys.ts';
import { type PreparedResponse, prepareResponse } from '../../prepared/prepared-response.ts';
import { sitemapAddress } from '../delivery/content-addresses.ts';
import { issuePage } from '../delivery/issue-page.ts';
import { findParts, findPartsOf, PART_SIZE, type SitemapPart } from './sitemap-parts.ts';
import { element, writeXml } from './xml.ts';

const CONTENT_TYPE = 'application/xml; charset=utf-8';
const NAMESPACE = { xmlns: 'http://www.sitemaps.org/schemas/sitemap/0.9' };

/** The sitemaps of all newsletters. An index may not name another one: it names the parts of long ones. */
export async function readSitemapIndex(pool: pg.Pool, publicUrl: string): Promise<PreparedResponse> {
  const parts = await findParts(pool);
  const byNewsletter = [...Map.groupBy(parts, ({ newsletterId }) => newsletterId).values()];
  const addresses = byNewsletter.flatMap((group) => addressesOf(group, publicUrl));
  return prepareIndex(addresses, keysOfScope(null));
}

/** The issues, or an index of parts where there are more than one part holds. Null: no such newsletter. */
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

/** `firstNumber`: where the part begins. Null: there is no issue in it. */
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

/** The parts of one newsletter. */
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
  /** When its edition went out. */
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

function prepareSitemap(
  issues: readonly IssueRow[],
  keys: readonly string[],
  publicUrl: string,
): PreparedResponse {
  const urls = issues.map((issue) =>
    element('url', [
      element('loc', issuePage({ slug: issue.newsletterSlug, issueUrl: issue.issueUrl }, issue, publicUrl)),
      element('lastmod', issue.updatedAt.toISOString()),
    ]),
  );
  return prepareResponse({
    body: writeXml(element('urlset', urls, NAMESPACE)),
    contentType: CONTENT_TYPE,
    keys,
  });
}

/** Without times: the newest of a part would have to be looked for among all of its issues. */
function prepareIndex(addresses: readonly string[], keys: readonly string[]): PreparedResponse {
  const sitemaps = addresses.map((address) => element('sitemap', [element('loc', address)]));
  const body = writeXml(element('sitemapindex', sitemaps, NAMESPACE));
  return prepareResponse({ body, contentType: CONTENT_TYPE, keys });
}
