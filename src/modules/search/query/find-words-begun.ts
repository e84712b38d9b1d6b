import type pg from 'pg';
import type { Scope } from './scope.ts';

/** Words that a beginning is taken for. More than these it is not spelled out as. */
const MAX_WORDS = 50;

const HIGHEST = String.fromCodePoint(0x10ffff);

/** Published words that begin so, in lower case; null when there are too many to name. */
export async function findWordsBegun(
  client: pg.ClientBase,
  { newsletterId }: Scope,
  beginning: string,
): Promise<string[] | null> {
  const start = beginning.normalize('NFC').toLowerCase();
  const { rows } = await client.query<{ word: string }>({
    name: 'find words begun',
    text: `
      SELECT DISTINCT word
      FROM (SELECT DISTINCT newsletter_id FROM published_configs WHERE $1::uuid IS NULL OR newsletter_id = $1)
        AS searched,
      LATERAL (
        SELECT word FROM published_words
        WHERE newsletter_id = searched.newsletter_id AND word >= $2 AND word < $3
        ORDER BY word LIMIT ${MAX_WORDS + 1}) AS words
      LIMIT ${MAX_WORDS + 1}`,
    values: [newsletterId, start, start + HIGHEST],
  });
  return rows.length > MAX_WORDS ? null : rows.map(({ word }) => word);
}
