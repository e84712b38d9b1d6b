import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { migrateBefore } from './migrate-before.ts';

const MIGRATION = '20261201015000_compare_spellings';

/** Ids of a newsletter, which are also those of its issue, edition and section. */
const EN = '00000000-0000-4000-8000-000000000001';
const TR = '00000000-0000-4000-8000-000000000002';

const [COMPOSED, DECOMPOSED] = ['déjà', 'de\u0301ja\u0300'];

let database: TestDatabase;
let client: pg.Client;

/** Fills a database of the schema before the migration, and then applies it. */
beforeAll(async () => {
  database = await createTestDatabase(null);
  client = new pg.Client(database.url);
  await client.connect();
  await migrateBefore(MIGRATION, database.url);
  await publish(EN, 'english', ['Dvořák in four', 'C++ and GPT-4', 'Plain words']);
  await publish(TR, 'turkish', ['IŞIK HIZI', 'HIZI']);
  await client.query('INSERT INTO published_words SELECT $1::uuid, word FROM unnest($2::text[]) AS word', [
    EN,
    ['dvořák', 'four', 'æ', `${'x'.repeat(39)}ß`],
  ]);
  await tag();
  await client.query('CREATE TABLE before AS SELECT ctid AS place, issue_id, position FROM published_texts');
  await migrate(database.url);
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

describe('texts that were published before words were compared without accents', () => {
  test.each([
    ['english', 'dvorak', 'Dvořák in four'],
    ['english', '4', 'C++ and GPT-4'],
    ['english', 'Cƻƾƻƾ', 'C++ and GPT-4'],
    ['turkish', 'ışık', 'IŞIK HIZI'],
    ['turkish', 'isik', 'IŞIK HIZI'],
  ])('a text in %s is found by "%s"', async (config, word, title) => {
    const { rows } = await client.query(
      'SELECT title FROM published_texts WHERE config = $1 AND document @@ plainto_tsquery($1::regconfig, $2)',
      [config, word],
    );
    expect(rows).toEqual([{ title }]);
  });

  test('texts whose tokens stay are not written again', async () => {
    const { rows } = await client.query(`
      SELECT title FROM published_texts JOIN before USING (issue_id, position)
      WHERE published_texts.ctid = before.place`);
    expect(rows).toEqual([{ title: 'Plain words' }]);
  });

  test('their words can be completed without accents', async () => {
    const { rows } = await client.query('SELECT word FROM published_words ORDER BY word');
    expect(rows.map(({ word }) => word)).toEqual(
      ['ae', 'dvorak', 'dvořák', 'four', `${'x'.repeat(39)}ß`, 'æ'].toSorted(),
    );
  });
});

describe('tags that were stored decomposed', () => {
  test.each(['publication_tags', 'published_tags'])(
    'each tag of %s is composed and there once',
    async (table) => {
      const { rows } = await client.query(`SELECT tag FROM ${table} ORDER BY tag`);
      expect(rows.map(({ tag }) => tag)).toEqual(['a', COMPOSED, 'é']);
    },
  );

  test.each(['publications', 'published_texts', 'issues', 'items', 'media'])(
    'the lists of tags of %s are composed, in their order',
    async (table) => {
      const { rows } = await client.query(`SELECT DISTINCT tags FROM ${table} WHERE tags <> '{}'`);
      expect(rows).toEqual([{ tags: ['é', COMPOSED, 'a'] }]);
    },
  );
});

/** Publishes an issue whose items have these titles, in a newsletter of its own. */
async function publish(id: string, config: string, titles: string[]): Promise<void> {
  await client.query(`
    INSERT INTO newsletters (id, slug, title, language, time_zone) VALUES ('${id}', '${config}', 'A', 'en', 'UTC');
    INSERT INTO issues (id, newsletter_id, number, slug, status) VALUES ('${id}', '${id}', 1, 'a', 'published');
    INSERT INTO sections (id, issue_id, position, title) VALUES ('${id}', '${id}', 0, 'A');
    INSERT INTO editions (id, issue_id, version, revision, document, summary, hash, published_at)
      VALUES ('${id}', '${id}', 1, 1, '{}', '{}', repeat('c', 64), now());
    INSERT INTO publications (issue_id, edition_id, newsletter_id, number, slug, title, published_at)
      VALUES ('${id}', '${id}', '${id}', 1, 'a', 'A', now())`);
  await client.query(
    `INSERT INTO published_texts (issue_id, position, item_id, anchor, newsletter_id, published_at, year, config,
       title, body, authors)
     SELECT $1, position, $1, 'a', $1, now(), 2026, $2, title, '', ''
     FROM unnest($3::text[]) WITH ORDINALITY AS texts (title, position)`,
    [id, config, titles],
  );
}

async function tag(): Promise<void> {
  const list = ['e\u0301', DECOMPOSED, COMPOSED, 'a'];
  await client.query(`
    INSERT INTO items (id, section_id, position, kind) VALUES ('${EN}', '${EN}', 0, 'note');
    INSERT INTO media_files (id, file_name, mime_type, size, sha256)
      VALUES ('${EN}', 'a.pdf', 'application/pdf', 1, repeat('a', 64));
    INSERT INTO media (id, file_id) VALUES ('${EN}', '${EN}')`);
  for (const table of ['publications', 'published_texts', 'issues', 'items', 'media']) {
    const key = table === 'publications' || table === 'published_texts' ? 'issue_id' : 'id';
    // One text, so that the others keep their place unless their tokens change.
    const one = table === 'published_texts' ? 'AND position = 1' : '';
    await client.query(`UPDATE ${table} SET tags = $1 WHERE ${key} = $2 ${one}`, [list, EN]);
  }
  await client.query(
    `WITH tags AS (SELECT tag FROM unnest($2::text[]) AS tag), archived AS (
       INSERT INTO publication_tags (issue_id, newsletter_id, published_at, number, tag)
       SELECT $1::uuid, $1::uuid, now(), 1, tag FROM tags)
     INSERT INTO published_tags (issue_id, newsletter_id, published_at, number, tag, carrier_id)
     SELECT $1::uuid, $1::uuid, now(), 1, tag, $1::uuid FROM tags`,
    [EN, list],
  );
}
