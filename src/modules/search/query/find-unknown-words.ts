import type pg from 'pg';
import { bindTo, type ConfigQuery, matchCondition } from './match-texts.ts';
import type { Scope } from './scope.ts';

/** Returns the words that occur in no published text. Stop words count as known, since a search ignores them. */
export async function findUnknownWords(
  client: pg.ClientBase,
  scope: Scope,
  words: readonly string[],
): Promise<string[]> {
  if (words.length === 0) return [];
  const { rows } = await client.query<{ isKnown: boolean[] }>(statementFor(scope, words));
  return words.filter((_, index) => rows[0]?.isKnown[index] === false);
}

/**
 * Not a prepared statement: the best plan differs per word. With EXISTS or LIMIT 1, the planner tends to choose a
 * sequential scan, which reads the whole table for a word that does not occur. ORDER BY with a larger limit uses an index.
 */
function statementFor(scope: Scope, words: readonly string[]): pg.QueryConfig {
  const values: unknown[] = [];
  const bind = bindTo(values);
  const known = words.map((word) => {
    const text = bind(word, 'text');
    const configQueries = scope.configs.map((name): ConfigQuery => {
      const config = bind(name, 'text');
      return { config, query: queryFor(word, text, config) };
    });
    const isStopWord = configQueries.map(({ query }) => `numnode(${query}) = 0`).join(' OR ');
    const newest = `SELECT FROM published_texts WHERE ${matchCondition(configQueries, scope, bind)}
      ORDER BY published_at DESC LIMIT 100`;
    return `${isStopWord} OR (SELECT count(*) FROM (${newest}) AS newest) > 0`;
  });
  return { text: `SELECT ARRAY[${known.join(', ')}] AS "isKnown"`, values };
}

/** A word of ASCII letters has one spelling. */
function queryFor(word: string, text: string, config: string): string {
  const query = `plainto_tsquery(${config}::regconfig, search_text(${text}))`;
  return /^[a-z]*$/.test(word) ? query : `spell_query(${query}, search_tokens(${config}, ${text}))`;
}
