import type pg from 'pg';
import type { CslItem } from '../../bibliography/csl/csl.ts';
import type { Representation } from '../../bibliography/representations.ts';
import { writeReference } from '../../bibliography/write-references.ts';
import { cacheKey } from '../../prepared/cache-keys.ts';
import type { KeyedBody } from '../../prepared/prepared-response.ts';
import { parseIssueKey, statementByKey, textsByKey } from '../delivery/read-issue.ts';
import { parseDocument } from '../publishing/editions/parse-document.ts';
import { type CitedNewsletter, citeIssue, citeItem } from './cite-issue.ts';

type Row = CitedNewsletter & { newsletterId: string; issueId: string; document: string };

/** Cites the live edition, or its item with this anchor. Returns null if there is no such issue or item. */
export async function readCitation(
  pool: pg.Pool,
  newsletterSlug: string,
  { issue, anchor }: { issue: string; anchor?: string | undefined },
  publicUrl: string,
  representation: Representation,
): Promise<KeyedBody | null> {
  const key = parseIssueKey(issue);
  if (!key) return null;
  const { rows } = await pool.query<Row>(statementByKey('read citation', TEXTS, newsletterSlug, key));
  const [row] = rows;
  if (!row) return null;
  const document = parseDocument(row.document, publicUrl);
  const cited =
    anchor === undefined ? citeIssue(document, row, publicUrl) : citeItem(document, anchor, row, publicUrl);
  return cited && write(cited, row, representation);
}

/** A citation has no JSON format of its own, so JSON is CSL-JSON. */
function write(cited: CslItem, { newsletterId, issueId }: Row, representation: Representation): KeyedBody {
  return {
    body: writeReference(cited, representation === 'json' ? 'csl-json' : representation),
    keys: [cacheKey.newsletter(newsletterId), cacheKey.issue(issueId)],
  };
}

function readWhere(condition: string): string {
  return `
    SELECT newsletters.id AS "newsletterId", newsletters.slug, issue_url AS "issueUrl",
      live.issue_id AS "issueId", editions.document
    FROM newsletters, LATERAL (
      SELECT issue_id, edition_id FROM publications WHERE newsletter_id = newsletters.id ${condition}
    ) AS live JOIN editions ON editions.id = live.edition_id
    WHERE newsletters.slug = $1`;
}

const TEXTS = textsByKey(readWhere);
