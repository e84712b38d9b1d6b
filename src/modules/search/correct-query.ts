import type pg from 'pg';
import { findUnknownWords } from './find-unknown-words.ts';
import type { Scope } from './scope.ts';

/** Words of a query that are looked at, and words that are tried for each. */
const MAX_WORDS = 8;
const MAX_TRIES = 3;

/** Of letters, long enough to be known by its trigrams when one letter is wrong, and not excluded. */
const WORD = /(?<![\p{L}\p{M}\p{N}]|(?:^|\s)-"?)\p{L}{4,40}(?![\p{L}\p{M}\p{N}])/gu;

/** Queries that may be meant, the likeliest first: each word that no text has gives way to one like it. */
export async function correctQuery(client: pg.ClientBase, scope: Scope, q: string): Promise<string[]> {
  const words = new Set([...q.matchAll(WORD)].map(([word]) => word.toLowerCase()));
  const unknown = await findUnknownWords(client, scope, [...words].slice(0, MAX_WORDS));
  if (unknown.length === 0) return [];
  const similar = await findSimilarWords(client, scope, unknown);
  const tries = Math.max(0, ...[...similar.values()].map((choices) => choices.length));
  return Array.from({ length: tries }, (_, attempt) => q.replaceAll(WORD, (word) => choose(word, attempt)));

  function choose(word: string, attempt: number): string {
    const choices = similar.get(word.toLowerCase()) ?? [];
    return choices[Math.min(attempt, choices.length - 1)] ?? word;
  }
}

type Similar = { wanted: string; choices: string[] };

async function findSimilarWords(
  client: pg.ClientBase,
  { newsletterId }: Scope,
  words: readonly string[],
): Promise<Map<string, string[]>> {
  const { rows } = await client.query<Similar>({
    name: newsletterId === null ? 'find similar words of all' : 'find similar words of newsletter',
    text: `
      SELECT wanted, ARRAY(
        SELECT word FROM published_words
        WHERE word % wanted ${newsletterId === null ? '' : 'AND newsletter_id = $2'}
        GROUP BY word ORDER BY similarity(word, wanted) DESC, word LIMIT ${MAX_TRIES}) AS choices
      FROM unnest($1::text[]) AS wanted`,
    values: [words, ...(newsletterId === null ? [] : [newsletterId])],
  });
  return new Map(rows.map(({ wanted, choices }) => [wanted, choices]));
}
