import type pg from 'pg';
import { type Arm, bindTo, matchesOf } from './match-texts.ts';
import type { Scope } from './scope.ts';

/** Those of the words that stand in no published text. A stop word is none of them: it is not looked for. */
export async function findUnknownWords(
  client: pg.ClientBase,
  scope: Scope,
  words: readonly string[],
): Promise<string[]> {
  if (words.length === 0) return [];
  const { rows } = await client.query<{ areKnown: boolean[] }>(statementFor(scope, words));
  return words.filter((_, index) => rows[0]?.areKnown[index] === false);
}

/**
 * Not prepared: each word has a plan of its own. To ask for one text alone would have PostgreSQL try its luck at
 * the table's beginning, and read all of it for a word that is nowhere; for the newest of some it goes by an index.
 */
function statementFor(scope: Scope, words: readonly string[]): pg.QueryConfig {
  const values: unknown[] = [];
  const bind = bindTo(values);
  const known = words.map((word) => {
    const text = bind(word, 'text');
    const arms = scope.configs.map((name): Arm => {
      const config = bind(name, 'text');
      return { config, query: `plainto_tsquery(${bind(name, 'regconfig')}, search_text(${text}))` };
    });
    const isStopWord = arms.map(({ query }) => `numnode(${query}) = 0`).join(' OR ');
    const newest = `SELECT FROM published_texts WHERE ${matchesOf(arms, scope, bind)}
      ORDER BY published_at DESC LIMIT 100`;
    return `${isStopWord} OR (SELECT count(*) FROM (${newest}) AS newest) > 0`;
  });
  return { text: `SELECT ARRAY[${known.join(', ')}] AS "areKnown"`, values };
}
