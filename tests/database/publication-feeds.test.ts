import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import { createTestDatabase } from '../support/database.ts';
import { migrateBefore } from './migrate-before.ts';

const MIGRATION = '20261201014000_publication_feeds';

/** Applies the migrations before this one, then the statements, then the rest. */
async function migrateWith(statements: string): Promise<pg.Client> {
  const database = await createTestDatabase(null);
  await migrateBefore(MIGRATION, database.url);
  const client = new pg.Client(database.url);
  await client.connect();
  onTestFinished(async () => {
    await client.end();
    await database.drop();
  });
  await client.query(statements);
  await migrate(database.url);
  return client;
}

test('the feeds of a database of 0.1.0 start with the time of the last change, or of the newest edition with the tag in NFC', async () => {
  const id = (n: number) => `'${String(n).padStart(32, '0')}'::uuid`;
  const client = await migrateWith(`
    INSERT INTO newsletters (id, slug, title, language, time_zone)
      VALUES (${id(1)}, 'one', 'One', 'en', 'UTC'), (${id(2)}, 'two', 'Two', 'en', 'UTC');
    INSERT INTO issues (id, newsletter_id, number, slug, status)
      VALUES (${id(1)}, ${id(1)}, 1, 'a', 'published'), (${id(2)}, ${id(1)}, 2, 'b', 'published');
    INSERT INTO editions (id, issue_id, version, revision, document, summary, hash, published_at)
      VALUES (${id(1)}, ${id(1)}, 1, 1, '{}', '{}', repeat('0', 64), '2026-01-03'),
        (${id(2)}, ${id(2)}, 1, 1, '{}', '{}', repeat('0', 64), '2026-01-02');
    INSERT INTO publications (issue_id, edition_id, newsletter_id, number, slug, title, tags, published_at)
      VALUES (${id(1)}, ${id(1)}, ${id(1)}, 1, 'a', 'A', '{x}', '2026-01-01'),
        (${id(2)}, ${id(2)}, ${id(1)}, 2, 'b', 'B', '{x,y}', '2026-01-02');
    INSERT INTO publication_tags (issue_id, newsletter_id, tag, published_at, number)
      VALUES (${id(1)}, ${id(1)}, 'x', '2026-01-01', 1), (${id(2)}, ${id(1)}, 'x', '2026-01-02', 2),
        (${id(2)}, ${id(1)}, 'y', '2026-01-02', 2),
        (${id(1)}, ${id(1)}, U&'e\\0301', '2026-01-01', 1), (${id(2)}, ${id(1)}, 'é', '2026-01-02', 2);
    INSERT INTO publication_changes (newsletter_id, position, type, issue_id, edition_id, version, number, slug, at)
      VALUES (${id(1)}, 1, 'corrected', ${id(1)}, ${id(1)}, 1, 1, 'a', '2026-01-03'),
        (${id(1)}, 2, 'withdrawn', ${id(3)}, ${id(3)}, 1, 3, 'c', '2026-01-04'),
        (${id(1)}, 3, 'published', ${id(2)}, ${id(2)}, 1, 2, 'b', '2026-01-02'),
        (${id(1)}, 4, 'paper_status', ${id(2)}, ${id(2)}, 1, 2, 'b', '2026-01-09');
  `);
  const { rows } = await client.query(
    `SELECT newsletters.slug, tag, to_char(changed_at, 'YYYY-MM-DD') AS at
     FROM publication_feeds JOIN newsletters ON newsletters.id = newsletter_id ORDER BY tag COLLATE "C"`,
  );
  expect(rows).toEqual([
    { slug: 'one', tag: '', at: '2026-01-04' },
    { slug: 'one', tag: 'x', at: '2026-01-03' },
    { slug: 'one', tag: 'y', at: '2026-01-02' },
    { slug: 'one', tag: 'é', at: '2026-01-03' },
  ]);
});
