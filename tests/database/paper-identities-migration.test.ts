import { rm } from 'node:fs/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import { workKey } from '../../src/modules/papers/authors/work-key.ts';
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

test('papers keep their identifiers through the migration, each on one paper, and get their work keys', async () => {
  await migrate(database.url, { directory: before });
  await client.query(`
    INSERT INTO papers (id, title, arxiv_id, doi, authors, venue, year) VALUES
      ('${id(1)}', 'Both: of arXiv', '2201.12086', '10.48550/arxiv.2201.12086', '[{"name":"Junnan Li"}]', 'ICML', 2020),
      ('${id(2)}', 'Published – naïvely', 'cs/0112017', '10.1000/x', '[{"name":"Laurens van der Maaten"}]', 'ICML', 2020),
      ('${id(3)}', 'Its DOI alone', NULL, '10.48550/arxiv.2103.00020v2', '[{"name":"Plato"},{"name":"A B"}]', 'ICML', 2020),
      ('${id(4)}', 'The id of another', NULL, '10.48550/arxiv.cs/0112017', '[]', 'ICML', 2020),
      ('${id(5)}', 'No id at all', NULL, '10.48550/arxiv.none', '[]', 'ICML', 2020),
      ('${id(6)}', '???', NULL, NULL, '[]', 'ICML', 2020)`);
  expect((await migrate(database.url, { directory: after })).applied).toEqual([MIGRATION]);

  const { rows } = await client.query(
    'SELECT paper_id, scheme, value, version FROM paper_identifiers ORDER BY paper_id, position',
  );
  expect(rows).toEqual([
    { paper_id: id(1), scheme: 'arxiv', value: '2201.12086', version: null },
    { paper_id: id(2), scheme: 'arxiv', value: 'cs/0112017', version: null },
    { paper_id: id(2), scheme: 'doi', value: '10.1000/x', version: null },
    { paper_id: id(3), scheme: 'arxiv', value: '2103.00020', version: 2 },
    { paper_id: id(4), scheme: 'address', value: 'https://doi.org/10.48550/arxiv.cs/0112017', version: null },
    { paper_id: id(5), scheme: 'address', value: 'https://doi.org/10.48550/arxiv.none', version: null },
  ]);
  const papers = await client.query('SELECT title, authors, venue, year, work_key FROM papers ORDER BY id');
  const keys = papers.rows.map((row) => workKey(row));
  expect(papers.rows.map(({ work_key }) => work_key)).toEqual([...keys.slice(0, 5), '']);
});
