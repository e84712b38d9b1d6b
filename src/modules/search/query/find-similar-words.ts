import type pg from 'pg';
import { editDistance } from './edit-distance.ts';
import type { Scope } from './scope.ts';

/** Words that are compared letter by letter, and words that are told of them. */
const MAX_COMPARED = 30;
const MAX_CHOICES = 3;

/** For each word those of published texts that it may be a slip of, the likeliest first. */
export async function findSimilarWords(
  client: pg.ClientBase,
  { newsletterId }: Scope,
  words: readonly string[],
): Promise<Map<string, string[]>> {
  const { rows } = await client.query<{ word: string; similar: string[] }>({
    name: newsletterId === null ? 'find similar words of all' : 'find similar words of newsletter',
    text: `
      SELECT wanted.word, ARRAY(
        SELECT known.word FROM published_words AS known
        WHERE known.word % wanted.word ${newsletterId === null ? '' : 'AND newsletter_id = $2'}
        GROUP BY known.word ORDER BY similarity(known.word, wanted.word) DESC, known.word
        LIMIT ${MAX_COMPARED}) AS similar
      FROM unnest($1::text[]) AS wanted (word)`,
    values: [words, ...(newsletterId === null ? [] : [newsletterId])],
  });
  return new Map(rows.map(({ word, similar }) => [word, chooseLikeliest(word, similar)]));
}

/** Of equally many slips the one with more trigrams in common. */
function chooseLikeliest(word: string, similar: readonly string[]): string[] {
  return similar
    .map((choice) => ({ choice, slips: editDistance(word, choice) }))
    .filter(({ slips }) => slips <= allowedSlips(word))
    .toSorted((a, b) => a.slips - b.slips)
    .slice(0, MAX_CHOICES)
    .map(({ choice }) => choice);
}

/** One in four letters, so that a word is not taken for quite another. */
function allowedSlips(word: string): number {
  return Math.floor([...word].length / 4);
}
