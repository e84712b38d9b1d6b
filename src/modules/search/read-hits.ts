import type pg from 'pg';
import type { HitKey } from './find-candidates.ts';
import { toHighlightedHtml } from './highlight.ts';
import type { ParsedQuery } from './query/parse-query.ts';

type Row = {
  newsletterSlug: string;
  newsletterTitle: string;
  number: number;
  issueSlug: string;
  issueTitle: string;
  publishedAt: Date;
  itemId: string | null;
  title: string;
  anchor: string | null;
  titleHighlighted: string;
  snippet: string;
};

/** Reads the hits with these keys, in the same order. */
export async function readHits(
  client: pg.ClientBase,
  keys: readonly HitKey[],
  queries: readonly ParsedQuery[],
) {
  if (keys.length === 0) return [];
  const { rows } = await client.query<Row>({
    name: 'read hits',
    text: READ_HITS,
    values: [
      keys.map(({ issueId }) => issueId),
      keys.map(({ position }) => position),
      queries.map(({ config }) => config),
      queries.map(({ query }) => query),
    ],
  });
  return rows.map(presentHit);
}

// headline_words removes these characters from texts, so only matches carry them.
const MARK_OPTIONS = `StartSel="\u0001", StopSel="\u0002"`;
const WHOLE_TEXT_OPTIONS = `HighlightAll=true, ${MARK_OPTIONS}`;
const FRAGMENT_OPTIONS = `MaxFragments=2, MinWords=12, MaxWords=30, ShortWord=0, FragmentDelimiter=" … ", ${MARK_OPTIONS}`;
/** In characters. Longer texts are shown as fragments. */
const MAX_WHOLE_TEXT_LENGTH = 200;

/** ts_headline sees words as they are written, so the query gets the lexemes that `document` has at the same positions. */
const READ_HITS = `
  SELECT newsletters.slug AS "newsletterSlug", newsletters.title AS "newsletterTitle",
    publications.number, publications.slug AS "issueSlug", publications.title AS "issueTitle",
    publications.published_at AS "publishedAt", item_id AS "itemId", texts.title, anchor,
    ts_headline(config::regconfig, headline_words(texts.title), query, '${WHOLE_TEXT_OPTIONS}') AS "titleHighlighted",
    ts_headline(config::regconfig, headline_words(text), query,
      CASE WHEN length(text) <= ${MAX_WHOLE_TEXT_LENGTH} THEN '${WHOLE_TEXT_OPTIONS}' ELSE '${FRAGMENT_OPTIONS}' END) AS snippet
  FROM unnest($1::uuid[], $2::int[]) WITH ORDINALITY AS page (issue_id, position, place)
  JOIN published_texts AS texts USING (issue_id, position)
  CROSS JOIN LATERAL concat_ws(E'\\n', body, nullif(authors, '')) AS text
  JOIN unnest($3::text[], $4::text[]) AS queries (config, parsed) USING (config)
  CROSS JOIN LATERAL (
    SELECT CASE WHEN has_spellings(config, concat(texts.title, text)) THEN spell_query(parsed::tsquery, document)
      ELSE parsed::tsquery END AS query
    OFFSET 0) AS spelled
  JOIN publications USING (issue_id)
  JOIN newsletters ON newsletters.id = publications.newsletter_id
  ORDER BY place`;

function presentHit(row: Row) {
  const { number, itemId, title, anchor } = row;
  return {
    newsletter: { slug: row.newsletterSlug, title: row.newsletterTitle },
    issue: {
      number,
      slug: row.issueSlug,
      title: row.issueTitle,
      publishedAt: row.publishedAt.toISOString(),
    },
    item: itemId === null ? null : { id: itemId, title, anchor },
    titleHighlighted: toHighlightedHtml(row.titleHighlighted),
    snippet: toHighlightedHtml(row.snippet),
  };
}
