import type pg from 'pg';
import { mapYielding } from '../../lib/yield-to-event-loop.ts';
import { keysOfScope } from '../../prepared/cache-keys.ts';
import { type PreparedResponse, prepareResponse } from '../../prepared/prepared-response.ts';
import { feedAddresses } from '../delivery/content-addresses.ts';
import { parseDocument } from '../publishing/editions/parse-document.ts';
import { composeFeed, type FeedNewsletter } from './compose/compose-feed.ts';
import type { FeedFormat } from './schemas.ts';
import { writeAtom } from './write-atom.ts';
import { writeJsonFeed } from './write-json-feed.ts';
import { writeRss } from './write-rss.ts';

const MAX_ENTRIES = 20;
/** A feed leaves out older issues once its editions exceed this size. The newest issue is always included. */
const MAX_EDITION_BYTES = 4 * 1024 * 1024;

const WRITERS = { rss: writeRss, atom: writeAtom, json: writeJsonFeed };
const CONTENT_TYPES = {
  rss: 'application/rss+xml; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
};

export type FeedQuery = { format: FeedFormat; tag: string | undefined };

/** Returns null if the newsletter does not exist. A tag that no issue has yields a feed without entries. */
export async function readFeed(
  pool: pg.Pool,
  newsletterSlug: string,
  { format, tag }: FeedQuery,
  publicUrl: string,
): Promise<PreparedResponse | null> {
  const { rows } = await pool.query<Row>(statementFor(newsletterSlug, tag));
  const [newsletter] = rows;
  if (!newsletter) return null;
  const documents = rows.flatMap(({ document }) => document ?? []);
  const issues = await mapYielding(documents, (document) => parseDocument(document, publicUrl));
  const self = feedAddresses(newsletter.slug, publicUrl)[format];
  const selfUrl = tag === undefined ? self : `${self}?${new URLSearchParams({ tag })}`;
  const feed = await composeFeed(newsletter, tag, issues, publicUrl);
  return prepareResponse({
    body: await WRITERS[format](feed, selfUrl),
    contentType: CONTENT_TYPES[format],
    keys: keysOfScope(newsletter.id),
    lastModified: newsletter.modifiedAt?.getTime() ?? null,
  });
}

/** One row per issue, or a single row without a document if the newsletter has no issues. */
type Row = FeedNewsletter & {
  /** Of the last change to any feed of the newsletter, or to the newsletter itself. Null if it never had an issue. */
  modifiedAt: Date | null;
  document: string | null;
};

function statementFor(slug: string, tag: string | undefined): pg.QueryConfig {
  return tag === undefined
    ? { name: 'read feed', text: READ_FEED, values: [slug] }
    : { name: 'read feed of tag', text: READ_FEED_OF_TAG, values: [slug, tag] };
}

/**
 * `issues` is a query for `edition_id`, `published_at` and `number` of the published issues of one newsletter. `tag` is an
 * expression, empty for the feed of all issues.
 */
function readFrom(issues: string, tag: string): string {
  return `
    SELECT newsletters.id, slug, title, tagline, language, site_url AS "siteUrl", issue_url AS "issueUrl",
      updated_at AS "updatedAt", entries.document,
      (SELECT changed_at FROM publication_feeds
        WHERE newsletter_id = newsletters.id AND publication_feeds.tag = ${tag}) AS "changedAt",
      (SELECT feeds_modified_at FROM publication_logs WHERE newsletter_id = newsletters.id) AS "modifiedAt"
    FROM newsletters LEFT JOIN LATERAL (
      SELECT document, newest.published_at, number,
        sum(octet_length(document)) OVER (ORDER BY newest.published_at DESC, number DESC)
          - octet_length(document) AS bytes_before
      FROM (${issues} ORDER BY published_at DESC, number DESC LIMIT ${MAX_ENTRIES}) AS newest
      JOIN editions ON editions.id = edition_id
    ) AS entries ON bytes_before < ${MAX_EDITION_BYTES}
    WHERE newsletters.slug = $1
    ORDER BY entries.published_at DESC, entries.number DESC`;
}

const READ_FEED = readFrom(
  'SELECT edition_id, published_at, number FROM publications WHERE newsletter_id = newsletters.id',
  "''",
);

const READ_FEED_OF_TAG = readFrom(
  `
  SELECT (SELECT edition_id FROM publications WHERE publications.issue_id = publication_tags.issue_id),
    published_at, number
  FROM publication_tags WHERE newsletter_id = newsletters.id AND tag = $2`,
  '$2',
);
