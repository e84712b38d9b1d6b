import type pg from 'pg';
import { cacheKey } from '../../prepared/cache-keys.ts';
import { type PreparedResponse, prepareResponse } from '../../prepared/prepared-response.ts';
import type { Periodical } from '../delivery/issue-page.ts';
import { parseIssueKey, statementByKey, textsByKey } from '../delivery/read-issue.ts';
import { parseDocument } from '../publishing/editions/parse-document.ts';
import { composeJsonLd } from './compose-json-ld.ts';

type Row = Periodical & { issueId: string; document: string };

/** `issue` is a number, a slug, or `latest`. Returns null if no such issue is published. */
export async function readJsonLd(
  pool: pg.Pool,
  newsletterSlug: string,
  issue: string,
  publicUrl: string,
): Promise<PreparedResponse | null> {
  const key = parseIssueKey(issue);
  if (!key) return null;
  const { rows } = await pool.query<Row>(statementByKey('read JSON-LD', TEXTS, newsletterSlug, key));
  const [row] = rows;
  if (!row) return null;
  const document = parseDocument(row.document, publicUrl);
  return prepareResponse({
    body: toScriptText(composeJsonLd(document, row, publicUrl)),
    contentType: 'application/ld+json; charset=utf-8',
    keys: [cacheKey.newsletter(row.id), cacheKey.issue(row.issueId)],
  });
}

/** Escapes `<`, so that the JSON cannot close a surrounding script element: https://html.spec.whatwg.org/#restrictions-for-contents-of-script-elements */
function toScriptText(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

function readWhere(condition: string): string {
  return `
    SELECT newsletters.id, newsletters.slug, newsletters.title, tagline, language,
      site_url AS "siteUrl", issue_url AS "issueUrl", live.issue_id AS "issueId", editions.document
    FROM newsletters, LATERAL (
      SELECT issue_id, edition_id FROM publications WHERE newsletter_id = newsletters.id ${condition}
    ) AS live JOIN editions ON editions.id = live.edition_id
    WHERE newsletters.slug = $1`;
}

const TEXTS = textsByKey(readWhere);
