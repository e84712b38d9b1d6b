import { rm } from 'node:fs/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import { titleKey } from '../../src/modules/papers/title-key.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { copyMigrations } from '../support/migrations.ts';

const MIGRATION = '20261125120000_paper_identities';
const id = (n: number) => `00000000-0000-0000-0000-${String(n).padStart(12, '0')}`;

let database: TestDatabase;
let client: pg.Client;
let before: string;
let after: string;

beforeAll(async () => {
  database = await createTestDatabase(null);
  client = new pg.Client(database.url);
  await client.connect();
  before = await copyMigrations((name) => name < MIGRATION);
  after = await copyMigrations((name) => name <= MIGRATION);
});

afterAll(async () => {
  await client.end();
  await database.drop();
  for (const directory of [before, after]) await rm(directory, { recursive: true });
});

test('Papers from before keep their identifiers, each with one paper, and are known by their titles', async () => {
  await migrate(database.url, { directory: before });
  await client.query(`
    INSERT INTO papers (id, title, arxiv_id, doi) VALUES
      ('${id(1)}', 'Both: of arXiv', '2201.12086', '10.48550/arxiv.2201.12086'),
      ('${id(2)}', 'Published, too', 'cs/0112017', '10.1000/x'),
      ('${id(3)}', 'Its DOI alone', NULL, '10.48550/arxiv.2103.00020'),
      ('${id(4)}', 'The id of another', NULL, '10.48550/arxiv.cs/0112017'),
      ('${id(5)}', 'Naïve 日本', NULL, NULL)`);
  expect((await migrate(database.url, { directory: after })).applied).toEqual([MIGRATION]);

  const { rows } = await client.query(
    'SELECT paper_id, scheme, value FROM paper_identifiers ORDER BY paper_id, position',
  );
  expect(rows).toEqual([
    { paper_id: id(1), scheme: 'arxiv', value: '2201.12086' },
    { paper_id: id(2), scheme: 'arxiv', value: 'cs/0112017' },
    { paper_id: id(2), scheme: 'doi', value: '10.1000/x' },
    { paper_id: id(3), scheme: 'arxiv', value: '2103.00020' },
    { paper_id: id(4), scheme: 'address', value: 'https://doi.org/10.48550/arxiv.cs/0112017' },
  ]);
  const papers = await client.query('SELECT title, title_key FROM papers ORDER BY id');
  expect(papers.rows.slice(0, 4)).toEqual(
    papers.rows.slice(0, 4).map(({ title }) => ({ title, title_key: titleKey(title) })),
  );
  expect(papers.rows[4]).toEqual({ title: 'Naïve 日本', title_key: '' });
});
