import { rm } from 'node:fs/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { copyMigrations } from '../support/migrations.ts';

const id = (n: number) => `00000000-0000-0000-0000-${String(n).padStart(12, '0')}`;
const FIRST = '20261124232000_archive_indexes';
const LAST = '20261124232500_publication_changes';

let database: TestDatabase;
let client: pg.Client;
let before: string;
let after: string;

beforeAll(async () => {
  database = await createTestDatabase(null);
  client = new pg.Client(database.url);
  await client.connect();
  before = await copyMigrations((name) => name < FIRST);
  // Without later migrations, which read parts of an edition that these rows do not have.
  after = await copyMigrations((name) => name <= LAST);
});

afterAll(async () => {
  await client.end();
  await database.drop();
  for (const directory of [before, after]) await rm(directory, { recursive: true });
});

/** SQL that publishes issue `n` of newsletter `of` on a day of January, with an edition of this version. */
function publication(n: number, of: number, day: number, version: number, tags: string): string {
  return `
    INSERT INTO issues (id, newsletter_id, number, slug, status)
      VALUES ('${id(n)}', '${id(of)}', ${n}, 'issue-${n}', 'published');
    INSERT INTO editions (id, issue_id, version, revision, document, summary, hash, published_at)
      VALUES ('${id(100 + n)}', '${id(n)}', ${version}, 1, '{}', '{}', repeat('c', 64), now());
    INSERT INTO publications (issue_id, edition_id, newsletter_id, number, slug, title, tags, published_at)
      VALUES ('${id(n)}', '${id(100 + n)}', '${id(of)}', ${n}, 'issue-${n}', 'A title', '${tags}', '2026-01-0${day}Z');
    INSERT INTO published_papers (issue_id, item_id, paper_id, title, anchor)
      VALUES ('${id(n)}', '${id(n)}', '${id(1)}', 'A paper', 'a-paper');
    INSERT INTO published_links (issue_id, position, item_id, url, title)
      VALUES ('${id(n)}', 0, '${id(n)}', 'https://example.org/${n}', 'A link');`;
}

test('issues published before the migrations are in the change log and the indexes after them', async () => {
  await migrate(database.url, { directory: before });
  await client.query(`
    INSERT INTO newsletters (id, slug, title, language, time_zone)
      VALUES ('${id(1)}', 'a', 'A', 'en', 'UTC'), ('${id(2)}', 'b', 'B', 'en', 'UTC'), ('${id(3)}', 'c', 'C', 'en', 'UTC');
    INSERT INTO papers (id, title) VALUES ('${id(1)}', 'A paper');
    ${publication(11, 1, 3, 1, '{x,y}')} ${publication(12, 1, 1, 3, '{x,x}')} ${publication(13, 1, 1, 1, '{}')}
    ${publication(21, 2, 2, 1, '{x}')}`);
  expect((await migrate(database.url, { directory: after })).applied).toEqual([FIRST, LAST]);

  const log = await client.query(`
    SELECT newsletter_id, position::int, type, issue_id, edition_id, version, number, slug, former_number, at
    FROM publication_changes ORDER BY newsletter_id, position`);
  const entry = (newsletter: number, position: number, n: number, day: number, version = 1) => ({
    newsletter_id: id(newsletter),
    position,
    type: 'published',
    issue_id: id(n),
    edition_id: id(100 + n),
    version,
    number: n,
    slug: `issue-${n}`,
    former_number: null,
    at: new Date(`2026-01-0${day}T00:00:00Z`),
  });
  expect(log.rows).toEqual([
    entry(1, 1, 12, 1, 3),
    entry(1, 2, 13, 1),
    entry(1, 3, 11, 3),
    entry(2, 1, 21, 2),
  ]);
  const logs = await client.query('SELECT last_position::int FROM publication_logs ORDER BY newsletter_id');
  expect(logs.rows).toEqual([{ last_position: 3 }, { last_position: 1 }]);

  const tags = await client.query('SELECT number, tag FROM publication_tags ORDER BY number, tag');
  expect(tags.rows).toEqual([
    { number: 11, tag: 'x' },
    { number: 11, tag: 'y' },
    { number: 12, tag: 'x' },
    { number: 21, tag: 'x' },
  ]);
  for (const table of ['publication_tags', 'published_papers', 'published_links']) {
    const { rows } = await client.query(`
      SELECT FROM ${table} AS part JOIN publications AS live USING (issue_id)
      WHERE (part.newsletter_id, part.published_at, part.number)
        IS DISTINCT FROM (live.newsletter_id, live.published_at, live.number)`);
    expect.soft(rows, table).toEqual([]);
  }
});
