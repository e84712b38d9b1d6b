import { rm } from 'node:fs/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { copyMigrations } from '../support/migrations.ts';

const id = (n: number) => `0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b0${n}`;
const [german, maori, published, other, draft] = [id(1), id(2), id(3), id(4), id(5)];
const MIGRATION = '20261125110000_search';

let database: TestDatabase;
let client: pg.Client;
let before: string;

beforeAll(async () => {
  database = await createTestDatabase(null);
  client = new pg.Client(database.url);
  await client.connect();
  before = await copyMigrations((name) => name !== MIGRATION);
});

afterAll(async () => {
  await client.end();
  await database.drop();
  await rm(before, { recursive: true });
});

test('issues published before the migration are found by search', async () => {
  await migrate(database.url, { directory: before });
  await client.query(
    `INSERT INTO newsletters (id, slug, title, language, time_zone) VALUES
       ($1, 'brief', 'Brief', 'de-AT', 'Pacific/Kiritimati'), ($2, 'karere', 'Karere', 'mi', 'Mars/Olympus')`,
    [german, maori],
  );
  await insertIssue(german, published, ['a'], {
    title: 'Häuser',
    subtitle: 'Untertitel',
    intro: {
      markdown: '',
      html: '<p>Ein <em>Anfang</em> &#x26; <a href="x" title="a > b">Ver</a>weis&#x3C;</p>',
    },
    signOff: null,
    sections: [
      {
        title: 'Abschnitt',
        intro: { markdown: '', html: '<p>Einleitung</p>' },
        items: [
          {
            id: id(6),
            anchor: 'blip',
            title: 'BLIP',
            body: { markdown: '', html: '<p>Erster</p>\n<p>Zweiter<br>dritter</p>' },
            tags: ['b', 'a'],
            paper: {
              title: 'Ein Papier',
              venue: null,
              abstract: 'Kurz',
              authors: [{ name: 'Anna Quagga' }, { name: 'Ben Okapi' }],
            },
          },
          { id: id(7), anchor: 'leer', title: 'Leer', body: null, tags: [], paper: null },
        ],
      },
      {
        title: 'Ende',
        intro: null,
        items: [{ id: id(8), anchor: 'z', title: 'Z', body: null, tags: [], paper: null }],
      },
    ],
  });
  await insertIssue(maori, other, [], {
    title: 'The whare',
    subtitle: null,
    intro: null,
    signOff: null,
    sections: [],
  });
  await client.query(
    `INSERT INTO issues (id, newsletter_id, number, slug, title) VALUES ($1, $2, 2, 'draft', 'Entwurf')`,
    [draft, german],
  );

  expect((await migrate(database.url)).applied).toContain(MIGRATION);

  const { rows } = await client.query(
    `SELECT position, year, item_id, anchor, tags, config, title, body, authors FROM published_texts
     WHERE issue_id = $1 ORDER BY position`,
    [published],
  );
  const shared = { year: 2026, config: 'german' };
  const item = (position: number, itemId: string, anchor: string, title: string) => ({
    ...{ position, item_id: itemId, anchor, title, body: '', authors: '', tags: ['a'] },
    ...shared,
  });
  expect(rows.map((row) => ({ ...row, tags: row.tags.toSorted() }))).toEqual([
    {
      ...shared,
      ...{ position: 0, item_id: null, anchor: null, title: 'Häuser', tags: ['a'], authors: '' },
      body: 'Untertitel\nEin Anfang & Verweis<\nAbschnitt\nEinleitung\nEnde',
    },
    {
      ...item(1, id(6), 'blip', 'BLIP'),
      ...{
        tags: ['a', 'b'],
        body: 'Erster \n Zweiter dritter\nEin Papier\nKurz',
        authors: 'Anna Quagga, Ben Okapi',
      },
    },
    item(2, id(7), 'leer', 'Leer'),
    item(3, id(8), 'z', 'Z'),
  ]);
  expect(await find('german', 'haus')).toEqual([{ issue_id: published, position: 0 }]);
  expect(await find('german', 'okapi')).toEqual([{ issue_id: published, position: 1 }]);
  expect(await find('simple', 'the')).toEqual([{ issue_id: other, position: 0 }]);
  const words = await client.query(
    'SELECT word FROM published_words WHERE newsletter_id = $1 ORDER BY word',
    [maori],
  );
  expect(words.rows).toEqual([{ word: 'the' }, { word: 'whare' }]);
  const configs = await client.query('SELECT newsletter_id, config FROM published_configs ORDER BY config');
  expect(configs.rows).toEqual([
    { newsletter_id: german, config: 'german' },
    { newsletter_id: maori, config: 'simple' },
  ]);
});

async function find(config: string, q: string) {
  const { rows } = await client.query(
    `SELECT issue_id, position FROM published_texts
     WHERE config = $1 AND document @@ plainto_tsquery($1::regconfig, $2)`,
    [config, q],
  );
  return rows;
}

async function insertIssue(newsletterId: string, issueId: string, tags: string[], document: object) {
  const at = '2025-12-31T10:00:00Z';
  await client.query(
    `INSERT INTO issues (id, newsletter_id, number, slug, status) VALUES ($1, $2, 1, 'first', 'published')`,
    [issueId, newsletterId],
  );
  await client.query(
    `INSERT INTO editions (id, issue_id, version, revision, document, summary, hash, published_at)
     VALUES ($1, $1, 1, 1, $2, '{}', repeat('c', 64), $3)`,
    [issueId, JSON.stringify(document), at],
  );
  await client.query(
    `INSERT INTO publications (issue_id, edition_id, newsletter_id, number, slug, title, tags, published_at)
     VALUES ($1, $1, $2, 1, 'first', 'First', $3, $4)`,
    [issueId, newsletterId, tags, at],
  );
}
