import type pg from 'pg';
import { findSimilarWords } from './find-similar-words.ts';
import { findUnknownWords } from './find-unknown-words.ts';
import type { Scope } from './scope.ts';

/** Words of a query that are looked at. */
const MAX_WORDS = 8;

/** What is excluded, as it stands, or a word of letters, long enough that one of them may be wrong. */
const EXCLUDED_OR_WORD =
  /(?<!\S)-(?:["“”„«»][^"“”„«»]*["“”„«»]|[\p{L}\p{M}\p{N}'_-]+)|(?<![\p{L}\p{M}\p{N}])(?<word>\p{L}{4,40})(?![\p{L}\p{M}\p{N}])/gu;

/** Queries that may be meant, the likeliest first: each word that no text has gives way to one like it. */
export async function correctQuery(client: pg.ClientBase, scope: Scope, q: string): Promise<string[]> {
  const unknown = await findUnknownWords(client, scope, wordsOf(q));
  if (unknown.length === 0) return [];
  const similar = await findSimilarWords(client, scope, unknown);
  const attempts = Math.max(...[...similar.values()].map((choices) => choices.length));
  return Array.from({ length: attempts }, (_, attempt) =>
    q.replaceAll(
      EXCLUDED_OR_WORD,
      (part, word = '') => choose(similar.get(word.toLowerCase()), attempt) ?? part,
    ),
  );
}

function wordsOf(q: string): string[] {
  const words = [...q.matchAll(EXCLUDED_OR_WORD)].flatMap(([, word]) => word?.toLowerCase() ?? []);
  return [...new Set(words)].slice(0, MAX_WORDS);
}

function choose(choices: readonly string[] = [], attempt: number): string | undefined {
  return choices[Math.min(attempt, choices.length - 1)];
}
