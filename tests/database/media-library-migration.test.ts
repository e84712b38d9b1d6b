import { readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const migrations = path.resolve(import.meta.dirname, '../../prisma/migrations');
const id = (n: number) => `00000000-0000-0000-0000-${String(n).padStart(12, '0')}`;

let empty: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  empty = await createTestDatabase(null);
  client = new pg.Client(empty.url);
  await client.connect();
  await client.query(await readFile(path.join(migrations, '20261123000000_init/migration.sql'), 'utf8'));
});

afterAll(async () => {
  await client.end();
  await empty.drop();
});

test('media files keep their names through the migration, and published editions keep their files', async () => {
  await client.query(`
    INSERT INTO newsletters (id, slug, title, language, time_zone) VALUES ('${id(1)}', 'letter', 'Letter', 'en', 'UTC');
    INSERT INTO issues (id, newsletter_id, number, slug, status) VALUES ('${id(1)}', '${id(1)}', 1, 'first', 'published');
    INSERT INTO editions (id, issue_id, version, revision, document, summary, hash, published_at)
      VALUES ('${id(1)}', '${id(1)}', 1, 1, '{}', '{}', repeat('c', 64), now());
    INSERT INTO publications (issue_id, edition_id, newsletter_id, number, slug, title, published_at)
      VALUES ('${id(1)}', '${id(1)}', '${id(1)}', 1, 'first', 'First', now());
    INSERT INTO media (id, file_name, original_name, mime_type, size, width, height, sha256, alt) VALUES
      ('${id(1)}', 'a.jpg', 'Photo.JPG', 'image/jpeg', 10, 2, 3, repeat('a', 64), 'A photo'),
      ('${id(2)}', 'b.jpg', NULL, 'image/jpeg', 10, 2, 3, repeat('a', 64), NULL),
      ('${id(3)}', 'c.gif', NULL, 'image/gif', 20, 4, 5, repeat('b', 64), NULL),
      ('${id(4)}', 'd.png', NULL, 'image/png', 30, 6, 7, repeat('d', 64), NULL);
    INSERT INTO published_media (issue_id, media_id) VALUES ('${id(1)}', '${id(1)}');
  `);
  await client.query(
    await readFile(path.join(migrations, '20261124080000_media_library/migration.sql'), 'utf8'),
  );

  const { rows } = await client.query(`
    SELECT media.id, file_name, mime_type, size, width, height, frames, has_alpha, sha256 = source_sha256 AS is_known,
      variants_due_at IS NOT NULL AS is_due, search_text LIKE '%photo.jpg a photo%' AS is_found
    FROM media JOIN media_files ON media_files.id = file_id ORDER BY media.id`);
  const jpeg = { mime_type: 'image/jpeg', size: 10, width: 2, height: 3, frames: 1, has_alpha: false };
  expect(rows).toEqual([
    { id: id(1), file_name: 'a.jpg', ...jpeg, is_known: true, is_due: true, is_found: true },
    { id: id(2), file_name: 'b.jpg', ...jpeg, is_known: null, is_due: true, is_found: false },
    {
      id: id(3),
      file_name: 'c.gif',
      ...{ mime_type: 'image/gif', size: 20, width: 4, height: 5, frames: null, has_alpha: true },
      ...{ is_known: true, is_due: false, is_found: false },
    },
    {
      id: id(4),
      file_name: 'd.png',
      ...{ mime_type: 'image/png', size: 30, width: 6, height: 7, frames: 1, has_alpha: true },
      ...{ is_known: true, is_due: true, is_found: false },
    },
  ]);
  const published = await client.query('SELECT media_id, file_id FROM published_media');
  expect(published.rows).toEqual([{ media_id: id(1), file_id: id(1) }]);
});
