import type pg from 'pg';
import type { Scope } from './scope.ts';

/** A prefix with more completions than this is not expanded. */
const MAX_WORDS = 50;

const HIGHEST = String.fromCodePoint(0x10ffff);

/**
 * Returns the published words that start with `prefix`, in lower case and without accents, or null if there are more than
 * 50. Each published word is also stored without accents.
 */
export async function findWordsByPrefix(
  client: pg.ClientBase,
  { newsletterId }: Scope,
  prefix: string,
): Promise<string[] | null> {
  const start = prefix.normalize('NFC').toLowerCase();
  const { rows } = await client.query<{ word: string }>({
    name: 'find words by prefix',
    text: `
      SELECT DISTINCT word
      FROM (SELECT DISTINCT newsletter_id FROM published_configs WHERE $1::uuid IS NULL OR newsletter_id = $1)
        AS searched,
      LATERAL (
        SELECT word FROM published_words
        WHERE newsletter_id = searched.newsletter_id AND word >= fold_letters($2) AND word < fold_letters($2) || $3
        ORDER BY word LIMIT ${MAX_WORDS + 1}) AS words
      LIMIT ${MAX_WORDS + 1}`,
    values: [newsletterId, start, HIGHEST],
  });
  return rows.length > MAX_WORDS ? null : rows.map(({ word }) => word);
}
