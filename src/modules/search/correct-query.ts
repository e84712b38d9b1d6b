import type pg from 'pg';
import { findSimilarWords } from './find-similar-words.ts';
import { findUnknownWords } from './find-unknown-words.ts';
import type { Scope } from './scope.ts';

/** Words of a query that are looked at. */
const MAX_WORDS = 8;

/** Of letters, long enough that one of them may be wrong, and not excluded. */
const WORD = /(?<![\p{L}\p{M}\p{N}]|(?:^|\s)-"?)\p{L}{4,40}(?![\p{L}\p{M}\p{N}])/gu;

/** Queries that may be meant, the likeliest first: each word that no text has gives way to one like it. */
export async function correctQuery(client: pg.ClientBase, scope: Scope, q: string): Promise<string[]> {
  const words = new Set([...q.matchAll(WORD)].map(([word]) => word.toLowerCase()));
  const unknown = await findUnknownWords(client, scope, [...words].slice(0, MAX_WORDS));
  if (unknown.length === 0) return [];
  const similar = await findSimilarWords(client, scope, unknown);
  const attempts = Math.max(...[...similar.values()].map((choices) => choices.length));
  return Array.from({ length: attempts }, (_, attempt) =>
    q.replaceAll(WORD, (word) => choose(similar.get(word.toLowerCase()), attempt) ?? word),
  );
}

function choose(choices: readonly string[] = [], attempt: number): string | undefined {
  return choices[Math.min(attempt, choices.length - 1)];
}
