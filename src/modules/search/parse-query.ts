import type pg from 'pg';

/** A query as the texts of one configuration understand it. */
export type ParsedQuery = { config: string /** Of type tsquery */; query: string };

/**
 * By the rules of websearch_to_tsquery, the last word standing for all that begin like it. A configuration in
 * which nothing is left of the query, as of one of stop words, has no entry.
 */
export async function parseQuery(
  client: pg.ClientBase,
  configs: readonly string[],
  q: string,
): Promise<ParsedQuery[]> {
  const text = straightenQuotes(q).trim();
  const { rows } = await client.query<ParsedQuery>({
    name: 'parse search query',
    text: PARSE,
    values: [configs, text, lastWordOf(text)],
  });
  return rows;
}

/** Only a lexeme that ends the query is a prefix, and none that is excluded; a stop word leaves none. */
const PARSE = String.raw`
  SELECT config, CASE
    WHEN numnode(websearch_to_tsquery(config::regconfig, search_text($3))) = 0 THEN query::text
    ELSE regexp_replace(query::text, '(^|[^!])(''([^'']|'''')+'')$', '\1\2:*') END AS query
  FROM unnest($1::text[]) AS config, websearch_to_tsquery(config::regconfig, search_text($2)) AS query
  WHERE numnode(query) > 0`;

/** As phones write them around a phrase. */
function straightenQuotes(q: string): string {
  return q.replaceAll(/[“”„«»]/g, '"');
}

/** One letter would stand for too many words. */
function lastWordOf(text: string): string {
  return /(?:^|\s)([\p{L}\p{M}\p{N}]{2,})$/u.exec(text)?.[1] ?? '';
}
