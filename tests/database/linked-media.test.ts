import { rm } from 'node:fs/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { copyMigrations } from '../support/migrations.ts';

const idOf = (n: number) => `0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b0${n}`;
const [linked, embedded, mentioned] = [idOf(1), idOf(2), idOf(3)];
const [newsletter, issue, section, item] = [idOf(4), idOf(5), idOf(6), idOf(7)];

let database: TestDatabase;
let client: pg.Client;
let before: string;

beforeAll(async () => {
  database = await createTestDatabase(null);
  client = new pg.Client(database.url);
  await client.connect();
  before = await copyMigrations((name) => name !== '20261124090000_linked_media');
});

afterAll(async () => {
  await client.end();
  await database.drop();
  await rm(before, { recursive: true });
});

test('links to media files that were written before the migration count as uses after it', async () => {
  await migrate(database.url, { directory: before });
  for (const [index, id] of [linked, embedded, mentioned].entries()) await insertMedia(id, index);
  await client.query(
    `INSERT INTO newsletters (id, slug, title, language, time_zone, links) VALUES ($1, 'a', 'A', 'en', 'UTC', '[]')`,
    [newsletter],
  );
  await client.query(
    `INSERT INTO issues (id, newsletter_id, number, slug, intro, sign_off) VALUES ($1, $2, 1, 'a', $3, $4)`,
    [
      issue,
      newsletter,
      `[a](media:${linked}) ![b](media:${embedded})`,
      `[again](media:${linked}) media:${mentioned}`,
    ],
  );
  await client.query(
    `INSERT INTO sections (id, issue_id, position, title, intro) VALUES ($1, $2, 0, 'A', $3)`,
    [section, issue, `[a][b] [unknown](media:${newsletter})\n\n[b]: <MEDIA:${linked.toUpperCase()}>`],
  );
  await client.query(
    `INSERT INTO items (id, section_id, position, kind, body) VALUES ($1, $2, 0, 'note', $3)`,
    [item, section, `<media:${linked}> and none: media:${mentioned}, [x](https://a.example)`],
  );
  await client.query(
    `INSERT INTO figures (id, issue_id, place, position, media_id) VALUES
       (gen_random_uuid(), $1, 'body', 0, $2), (gen_random_uuid(), $1, 'cover', 0, $3)`,
    [issue, embedded, linked],
  );
  expect((await migrate(database.url)).applied).toContain('20261124090000_linked_media');
  const { rows } = await client.query(
    `SELECT section_id, item_id, place, media_id FROM figures ORDER BY place, media_id, section_id NULLS FIRST, item_id NULLS FIRST`,
  );
  const row = (section_id: unknown, item_id: unknown, place: string, media_id: unknown) => ({
    section_id,
    item_id,
    place,
    media_id,
  });
  expect(rows).toEqual([
    row(null, null, 'cover', linked),
    row(null, null, 'body', linked),
    row(section, null, 'body', linked),
    row(section, item, 'body', linked),
    row(null, null, 'body', embedded),
  ]);
});

async function insertMedia(id: string, index: number): Promise<void> {
  const values = [id, `${index}.png`, 'image/png', 1, 1, 1, String(index).repeat(64)];
  await client.query(
    `INSERT INTO media_files (id, file_name, mime_type, size, width, height, sha256) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    values,
  );
  await client.query(`INSERT INTO media (id, file_id) VALUES ($1, $1)`, [id]);
}
