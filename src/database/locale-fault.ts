import type pg from 'pg';

/**
 * Whether the locale of the database has the same small letters as Unicode. In the locale C only ASCII letters have small
 * ones, and in Turkish the small letter of I is ı.
 */
const HAS_SMALL_LETTERS = `
  SELECT ts_lexize('simple', 'ÀЖΩI') = ARRAY['àжωi'] AS "hasSmallLetters", datctype AS locale
  FROM pg_database WHERE datname = current_database()`;

/** Says what searches cannot do in the locale of the database. Null if they can do all. */
export async function findLocaleFault(client: pg.ClientBase): Promise<string | null> {
  const { rows } = await client.query<{ hasSmallLetters: boolean; locale: string }>(HAS_SMALL_LETTERS);
  const [found] = rows;
  if (!found || found.hasSmallLetters) return null;
  return (
    `Searches will not find every capital letter by its small one, because the LC_CTYPE of the database is ` +
    `${found.locale}. Create the database with the locale C.UTF-8, and restore a dump into it.`
  );
}
