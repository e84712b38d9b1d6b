import type pg from 'pg';
import { findWordsBegun } from './find-words-begun.ts';
import type { Scope } from './scope.ts';
import { straightenQuery } from './straighten-query.ts';

/** A query as the texts of one configuration understand it. */
export type ParsedQuery = {
  config: string;
  /** Of type tsquery */
  query: string;
};

/**
 * By the rules of websearch_to_tsquery, the last word standing for all that begin like it. A configuration in
 * which nothing is left to look for, as of stop words and exclusions alone, has no entry.
 */
export async function parseQuery(client: pg.ClientBase, scope: Scope, q: string): Promise<ParsedQuery[]> {
  const text = straightenQuery(q);
  const last = lastWordOf(text);
  const words = last === '' ? [] : await findWordsBegun(client, scope, last);
  const { rows } = await client.query<ParsedQuery>({
    name: 'parse search query',
    text: PARSE,
    values: [scope.configs, text, last, words && [...words, last].join(' ')],
  });
  return rows;
}

/**
 * The lexeme that ends the query gives way to those of the words that begin like it, unless it is excluded. So a
 * word that is half written is found by its stem, which it need not begin like: attenti by attent. Where there are
 * too many words ($4 is null) it becomes a prefix, for which PostgreSQL reads all that begins so. A word of several
 * lexemes, as in scripts without spaces, is a phrase, and stays what it is.
 */
const PARSE = String.raw`
  SELECT config, CASE
    WHEN numnode(websearch_to_tsquery(config::regconfig, search_text($3))) <> 1 THEN query::text
    ELSE regexp_replace(query::text, '(^|[^!])(''([^'']|'''')+'')$', '\1' || coalesce(
      (SELECT '(' || string_agg(quote_literal(lexeme), ' | ') || ')'
       FROM unnest(tsvector_to_array(to_tsvector(config::regconfig, search_text($4)))) AS lexeme),
      '\2:*')) END AS query
  FROM unnest($1::text[]) AS config, websearch_to_tsquery(config::regconfig, search_text($2)) AS query
  WHERE querytree(query) NOT IN ('', 'T')`;

/** One letter would stand for too many words. */
function lastWordOf(text: string): string {
  return /(?:^|\s)([\p{L}\p{M}\p{N}]{2,})$/u.exec(text)?.[1] ?? '';
}
