import type pg from 'pg';
import { editDistance } from './edit-distance.ts';
import type { Scope } from './scope.ts';

/** Edit distance is computed only for the words that share the most trigrams. */
const MAX_COMPARED = 30;
const MAX_CHOICES = 3;

/** Maps each word to the published words it may be a misspelling of, the closest first. */
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
  return new Map(rows.map(({ word, similar }) => [word, pickClosest(word, similar)]));
}

/** `similar` is ordered by trigram similarity, which breaks ties. */
function pickClosest(word: string, similar: readonly string[]): string[] {
  return similar
    .map((choice) => ({ choice, edits: editDistance(word, choice) }))
    .filter(({ edits }) => edits <= maxEditsFor(word))
    .toSorted((a, b) => a.edits - b.edits)
    .slice(0, MAX_CHOICES)
    .map(({ choice }) => choice);
}

/** One edit per four letters, so that a word is not corrected to an unrelated one. */
function maxEditsFor(word: string): number {
  return Math.floor([...word].length / 4);
}
