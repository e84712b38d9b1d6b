import type pg from 'pg';
import { findSimilarWords } from './find-similar-words.ts';
import { findUnknownWords } from './find-unknown-words.ts';
import type { Scope } from './scope.ts';

/** Only the first words of a query are corrected. */
const MAX_WORDS = 8;

/** Matches an excluded word or phrase, which stays unchanged, or a word long enough to be corrected. */
const EXCLUDED_OR_WORD =
  /(?<!\S)-(?:["“”„«»][^"“”„«»]*["“”„«»]|[\p{L}\p{M}\p{N}'_-]+)|(?<![\p{L}\p{M}\p{N}])(?<word>\p{L}{4,40})(?![\p{L}\p{M}\p{N}])/gu;

/** Suggests queries, the likeliest first, in which each unknown word is replaced by a similar published word. */
export async function correctQuery(client: pg.ClientBase, scope: Scope, q: string): Promise<string[]> {
  const unknown = await findUnknownWords(client, scope, wordsOf(q));
  if (unknown.length === 0) return [];
  const similar = await findSimilarWords(client, scope, unknown);
  const attempts = Math.max(...[...similar.values()].map((choices) => choices.length));
  return Array.from({ length: attempts }, (_, attempt) =>
    q.replaceAll(
      EXCLUDED_OR_WORD,
      (part, word = '') => choiceAt(similar.get(word.toLowerCase()), attempt) ?? part,
    ),
  );
}

function wordsOf(q: string): string[] {
  const words = [...q.matchAll(EXCLUDED_OR_WORD)].flatMap(([, word]) => word?.toLowerCase() ?? []);
  return [...new Set(words)].slice(0, MAX_WORDS);
}

function choiceAt(choices: readonly string[] = [], attempt: number): string | undefined {
  return choices[Math.min(attempt, choices.length - 1)];
}
