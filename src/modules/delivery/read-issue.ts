import type pg from 'pg';
import { withMembers } from '../../lib/json-text.ts';
import { cacheKey } from '../../prepared/cache-keys.ts';
import { type PreparedResponse, prepareResponse } from '../../prepared/prepared-response.ts';
import { SLUG_PATTERN } from '../../schemas.ts';
import { resolveMediaAddresses } from '../publishing/editions/media-address.ts';
import { paperStatusesAsJson } from './paper-statuses-as-json.ts';

/** How a path names an issue. */
export type IssueKey = { by: 'number'; number: number } | { by: 'slug'; slug: string } | { by: 'latest' };

/** Returns null if no issue can have this number or slug. */
export function parseIssueKey(text: string): IssueKey | null {
  if (text === 'latest') return { by: 'latest' };
  if (/^[1-9]\d{0,6}$/.test(text)) return { by: 'number', number: Number(text) };
  return SLUG_PATTERN.test(text) && !/^\d+$/.test(text) ? { by: 'slug', slug: text } : null;
}

type Row = {
  document: string;
  issueId: string;
  newsletterId: string;
  /** JSON text, with the title of the neighbour's own live edition. */
  previous: string;
  next: string;
  paperStatuses: string;
};

/**
 * Reads the live edition, its neighbours in the archive and the statuses of its papers, in one statement that uses
 * only indexes. Returns null if no such issue is published.
 */
export async function readIssue(
  pool: pg.Pool,
  newsletterSlug: string,
  key: IssueKey,
  publicUrl: string,
): Promise<PreparedResponse | null> {
  const { rows } = await pool.query<Row>(statementByKey('read issue', TEXTS, newsletterSlug, key));
  const [row] = rows;
  if (!row) return null;
  const { document, issueId, newsletterId, paperStatuses, previous, next } = row;
  return prepareResponse({
    body: withMembers(resolveMediaAddresses(document, publicUrl), { paperStatuses, previous, next }),
    keys: [cacheKey.newsletter(newsletterId), cacheKey.issue(issueId)],
  });
}

/** Chooses the statement for the key. $1 is the newsletter's slug and $2 the issue's number or slug. */
export function statementByKey(
  name: string,
  texts: Readonly<Record<IssueKey['by'], string>>,
  newsletterSlug: string,
  key: IssueKey,
): pg.QueryConfig {
  const statement = { name: `${name} by ${key.by}`, text: texts[key.by] };
  if (key.by === 'latest') return { ...statement, values: [newsletterSlug] };
  return { ...statement, values: [newsletterSlug, key.by === 'number' ? key.number : key.slug] };
}

/**
 * The three statements of a read. `readWhere` must add the condition to a LATERAL subquery that reads `publications` of
 * one newsletter: with a plain join the planner searches the publications of all newsletters for the latest.
 */
export function textsByKey(readWhere: (condition: string) => string): Record<IssueKey['by'], string> {
  return {
    number: readWhere('AND number = $2'),
    slug: readWhere('AND publications.slug = $2'),
    latest: readWhere('ORDER BY published_at DESC, number DESC LIMIT 1'),
  };
}

const NEIGHBOUR = `json_build_object('number', number, 'slug', slug, 'title', title)::text`;

/** The archive is ordered by (published_at, number), newest first. */
function readWhere(condition: string): string {
  return `
    SELECT editions.document, live.issue_id AS "issueId", live.newsletter_id AS "newsletterId",
      coalesce((SELECT ${NEIGHBOUR} FROM publications
        WHERE newsletter_id = live.newsletter_id
          AND (published_at, number) < (live.published_at, live.number)
        ORDER BY published_at DESC, number DESC LIMIT 1), 'null') AS previous,
      coalesce((SELECT ${NEIGHBOUR} FROM publications
        WHERE newsletter_id = live.newsletter_id
          AND (published_at, number) > (live.published_at, live.number)
        ORDER BY published_at, number LIMIT 1), 'null') AS next,
      ${paperStatusesAsJson('live.issue_id')} AS "paperStatuses"
    FROM newsletters
    JOIN publications live ON live.newsletter_id = newsletters.id
    JOIN editions ON editions.id = live.edition_id
    WHERE newsletters.slug = $1 ${condition}`;
}

const TEXTS = {
  number: readWhere('AND live.number = $2'),
  slug: readWhere('AND live.slug = $2'),
  latest: readWhere(`AND live.issue_id = (
    SELECT issue_id FROM publications
    WHERE newsletter_id = (SELECT id FROM newsletters WHERE slug = $1)
    ORDER BY published_at DESC, number DESC LIMIT 1)`),
};
