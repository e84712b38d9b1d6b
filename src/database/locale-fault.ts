import type pg from 'pg';

/**
 * Whether the locale of the database lowercases letters as Unicode does. The locale C lowercases only ASCII letters, and Turkish
 * locales lowercase I to ı.
 */
const LOWERCASES_LETTERS = `
  SELECT ts_lexize('simple', 'ÀЖΩI') = ARRAY['àжωi'] AS "lowercasesLetters", datctype AS locale
  FROM pg_database WHERE datname = current_database()`;

/** Describes how the locale of the database limits searches. Null if it does not. */
export async function findLocaleFault(client: pg.ClientBase): Promise<string | null> {
  const { rows } = await client.query<{ lowercasesLetters: boolean; locale: string }>(LOWERCASES_LETTERS);
  const [found] = rows;
  if (!found || found.lowercasesLetters) return null;
  return (
    `Searches are case-sensitive for some letters, because the LC_CTYPE of the database is ${found.locale}. ` +
    'Create the database with the locale C.UTF-8, and restore a dump into it.'
  );
}
