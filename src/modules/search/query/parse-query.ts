import type pg from 'pg';
import { findWordsByPrefix } from './find-words-by-prefix.ts';
import { normalizeQuery } from './normalize-query.ts';
import type { Scope } from './scope.ts';

/** A query parsed for one text search configuration. */
export type ParsedQuery = {
  config: string;
  /** A tsquery in its text form. */
  query: string;
};

/**
 * Parses `q` with websearch_to_tsquery, and treats the last word as a prefix. Leaves out a configuration in which
 * nothing remains to search for, for example if `q` holds only stop words and exclusions.
 */
export async function parseQuery(client: pg.ClientBase, scope: Scope, q: string): Promise<ParsedQuery[]> {
  const text = normalizeQuery(q);
  const last = lastWordOf(text);
  const words = last === '' ? [] : await findWordsByPrefix(client, scope, last);
  const parts = splitMixedWords(text);
  const { rows } = await client.query<ParsedQuery>({
    name: 'parse search query',
    text: PARSE,
    values: [
      scope.configs,
      text,
      last,
      words && [...words, last].join(' '),
      parts.map(({ head }) => head),
      parts.map(({ tail }) => tail),
    ],
  });
  return rows;
}

/**
 * Replaces the last lexeme, unless it is excluded, by the lexemes of all published words with that prefix. A half-typed
 * word thus matches by stem even if it is longer than the stem: "attenti" finds "attent". If there are too many such
 * words ($4 is null), the lexeme becomes a prefix match (`:*`), which is slower. A word of several lexemes, as in scripts
 * without spaces, is a phrase and stays unchanged.
 *
 * A query of ASCII characters has one spelling. Any other also matches the texts that lack its accents. A word of letters
 * and digits ($5 and $6) also matches with a hyphen or a space between them.
 */
const PARSE = String.raw`
  SELECT config, split_query(CASE WHEN octet_length($2::text) = length($2::text) THEN completed
    ELSE spell_query(completed, search_tokens(config, $2)) END, config, $5::text[], $6::text[])::text AS query
  FROM unnest($1::text[]) AS config,
  LATERAL websearch_to_tsquery(config::regconfig, encode_signs(search_text($2))) AS query,
  LATERAL (SELECT CASE
    WHEN numnode(websearch_to_tsquery(config::regconfig, search_text($3))) <> 1 THEN query
    ELSE regexp_replace(query::text, '(^|[^!])(''([^'']|'''')+'')$', '\1(' || coalesce(
      (SELECT string_agg(quote_literal(lexeme), ' | ')
       FROM unnest(tsvector_to_array(to_tsvector(config::regconfig, search_text($4)))) AS lexeme),
      (SELECT string_agg(quote_literal(lexeme) || ':*', ' | ')
       FROM unnest(tsvector_to_array(search_tokens(config, $3))) AS lexeme)) || ')')::tsquery
    END AS completed OFFSET 0) AS complete
  WHERE querytree(query) NOT IN ('', 'T')`;

/** Returns the last word, or an empty string if it is a single letter, which has too many completions. */
function lastWordOf(text: string): string {
  return /(?:^|\s)([\p{L}\p{M}\p{N}]{2,})$/u.exec(text)?.[1] ?? '';
}

const MIXED_WORD = /(?<![\p{L}\p{M}\p{N}])([\p{L}\p{M}]+(?=\p{N})|\p{N}+(?=\p{L}))([\p{L}\p{M}\p{N}]+)/gu;

/**
 * Splits words such as covid19, GPT4o and 8bit where letters first meet digits. Each word once: the database rewrites every
 * occurrence.
 */
function splitMixedWords(text: string): { head: string; tail: string }[] {
  const words = [...text.matchAll(MIXED_WORD)].map(
    ([word, head = '', tail = '']) => [word, head, tail] as const,
  );
  return [...new Map(words.map(([word, head, tail]) => [word.toLowerCase(), { head, tail }])).values()];
}
