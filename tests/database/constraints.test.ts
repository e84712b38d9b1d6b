import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';

const database = useTestDatabase();
let client: pg.Client;

/** At least one valid row in each table. */
const rows = `
  INSERT INTO newsletters (id, slug, title, language, time_zone) VALUES (id(1), 'letter', 'Letter', 'en', 'UTC');
  INSERT INTO people (id, slug, name) VALUES (id(1), 'ada-l', 'Ada');
  INSERT INTO papers (id, title) VALUES (id(1), 'Paper');
  INSERT INTO paper_identifiers (scheme, value, paper_id, position)
    VALUES ('arxiv', '2201.12086', id(1), 0), ('doi', '10.1000/182', id(1), 1);
  INSERT INTO paper_imports (id, format, is_dry_run, source, total, actor_name)
    VALUES (id(1), 'bibtex', false, '@misc{}', 1, 'Key');
  INSERT INTO media_files (id, file_name, mime_type, size, width, height, frames, sha256, source_sha256)
    VALUES (id(1), 'a.png', 'image/png', 10, 2, 3, 1, repeat('a', 64), repeat('d', 64));
  INSERT INTO media_renditions (file_name, file_id, mime_type, width, height, size, sha256)
    VALUES ('a.png.1.avif', id(1), 'image/avif', 1, 2, 10, repeat('a', 64));
  INSERT INTO media (id, file_id) VALUES (id(1), id(1));
  INSERT INTO api_keys (id, name, role, secret_hash, is_bound) VALUES (id(1), 'Key', 'admin', repeat('b', 64), false);
  INSERT INTO issues (id, newsletter_id, number, slug, coverage_from, coverage_to)
    VALUES (id(1), id(1), 1, 'first', '2026-01-01', '2026-01-31');
  INSERT INTO issue_authors (issue_id, person_id, position) VALUES (id(1), id(1), 0);
  INSERT INTO sections (id, issue_id, position, title) VALUES (id(1), id(1), 0, 'A'), (id(2), id(1), 1, 'B');
  INSERT INTO items (id, section_id, position, kind, paper_id)
    VALUES (id(1), id(1), 0, 'paper', id(1)), (id(2), id(1), 1, 'note', NULL);
  INSERT INTO figures (id, issue_id, item_id, place, position, media_id)
    VALUES (id(1), id(1), NULL, 'cover', 0, id(1)), (id(2), id(1), id(1), 'item', 0, id(1)),
           (id(3), id(1), NULL, 'body', 0, id(1));
  INSERT INTO editions (id, issue_id, version, revision, document, summary, hash, published_at)
    VALUES (id(1), id(1), 1, 1, '{}', '{}', repeat('c', 64), now());
  INSERT INTO publications (issue_id, edition_id, newsletter_id, number, slug, title, published_at)
    VALUES (id(1), id(1), id(1), 1, 'first', 'First', now());
  INSERT INTO published_links (issue_id, position, item_id, url, title, anchor, newsletter_id, published_at, number)
    VALUES (id(1), 0, id(1), 'https://example.com', 'Link', 'link', id(1), now(), 1);
  INSERT INTO published_tags (issue_id, tag, carrier_id, title, anchor, newsletter_id, published_at, number)
    VALUES (id(1), 'tag', id(2), 'Item', 'item', id(1), now(), 1);
  INSERT INTO publication_changes (newsletter_id, position, type, issue_id, edition_id, version, number, slug, at)
    VALUES (id(1), 1, 'published', id(1), id(1), 1, 1, 'first', now());
  INSERT INTO published_texts (issue_id, position, newsletter_id, published_at, year, config, title, body, authors)
    VALUES (id(1), 0, id(1), now(), 2026, 'simple', 'First', '', '');
`;

beforeAll(async () => {
  client = new pg.Client(database.url);
  await client.connect();
  await client.query(`CREATE FUNCTION pg_temp.id(n int) RETURNS uuid LANGUAGE sql
    RETURN lpad(n::text, 32, '0')::uuid`);
  await client.query(rows.replaceAll('id(', 'pg_temp.id('));
});

afterAll(() => client.end());

beforeEach(() => client.query('BEGIN'));
afterEach(() => client.query('ROLLBACK'));

/** Each constraint with a statement that it rejects. */
const violations = [
  ['issues_schedule_check', "UPDATE issues SET status = 'scheduled'"],
  [
    'issues_schedule_check',
    "UPDATE issues SET status = 'scheduled', scheduled_at = now(), scheduled_local = 'x'",
  ],
  ['issues_schedule_check', 'UPDATE issues SET scheduled_at = now()'],
  ['issues_schedule_check', "UPDATE issues SET status = 'published', scheduled_time_zone = 'UTC'"],
  ['issues_number_check', 'UPDATE issues SET number = 0'],
  ['issues_revision_check', 'UPDATE issues SET revision = 0'],
  ['issues_coverage_check', "UPDATE issues SET coverage_to = '2025-12-31'"],
  ['issues_slug_check', "UPDATE issues SET slug = 'latest'"],
  ['issues_slug_check', "UPDATE issues SET slug = '26'"],
  ['issues_slug_check', "UPDATE issues SET slug = 'Upper'"],
  ['issues_slug_check', "UPDATE issues SET slug = '-a'"],
  ['issues_slug_check', "UPDATE issues SET slug = 'a--b'"],
  ['issues_slug_check', "UPDATE issues SET slug = E'a\\n'"],
  ['issues_slug_check', "UPDATE issues SET slug = ''"],
  ['newsletters_slug_check', "UPDATE newsletters SET slug = 'a b'"],
  ['newsletters_revision_check', 'UPDATE newsletters SET revision = 0'],
  ['people_slug_check', "UPDATE people SET slug = 'é'"],
  ['people_revision_check', 'UPDATE people SET revision = 0'],
  ['papers_revision_check', 'UPDATE papers SET revision = 0'],
  ['papers_complete_tries_check', 'UPDATE papers SET complete_tries = -1'],
  ['papers_complete_at_check', 'UPDATE papers SET complete_at = now()'],
  ['paper_identifiers_position_check', 'UPDATE paper_identifiers SET position = -1'],
  ['paper_identifiers_version_check', "UPDATE paper_identifiers SET version = 0 WHERE scheme = 'arxiv'"],
  ['paper_identifiers_version_check', "UPDATE paper_identifiers SET version = 1 WHERE scheme = 'doi'"],
  ['paper_imports_finished_check', "UPDATE paper_imports SET status = 'finished'"],
  ['paper_imports_finished_check', 'UPDATE paper_imports SET finished_at = now(), source = NULL'],
  ['paper_imports_source_check', 'UPDATE paper_imports SET source = NULL'],
  ['paper_imports_done_check', 'UPDATE paper_imports SET done = 1'],
  ['paper_imports_done_check', 'UPDATE paper_imports SET done = 2, created = 2'],
  ['publications_slug_check', "UPDATE publications SET slug = '26'"],
  ['publications_number_check', 'UPDATE publications SET number = 0'],
  ['issue_authors_position_check', 'UPDATE issue_authors SET position = -1'],
  ['sections_position_check', 'UPDATE sections SET position = -1 WHERE position = 0'],
  ['sections_issue_id_position_key', 'UPDATE sections SET position = 0'],
  ['items_position_check', 'UPDATE items SET position = -1 WHERE position = 0'],
  ['items_section_id_position_key', 'UPDATE items SET position = 0'],
  ['items_paper_check', "UPDATE items SET kind = 'link'"],
  ['figures_position_check', "UPDATE figures SET position = -1 WHERE place = 'item'"],
  ['figures_place_check', "UPDATE figures SET section_id = id(1) WHERE place = 'cover'"],
  ['figures_place_check', "UPDATE figures SET item_id = id(1) WHERE place = 'cover'"],
  ['figures_place_check', "UPDATE figures SET item_id = NULL WHERE place = 'item'"],
  ['figures_cover_key', "UPDATE figures SET place = 'cover', item_id = NULL"],
  ['media_focal_point_check', 'UPDATE media SET focal_x = 50'],
  ['media_focal_point_check', 'UPDATE media SET focal_x = 50, focal_y = 101'],
  ['media_files_size_check', 'UPDATE media_files SET size = 0'],
  ['media_files_dimensions_check', 'UPDATE media_files SET width = 0'],
  ['media_files_dimensions_check', 'UPDATE media_files SET height = NULL'],
  ['media_files_dimensions_check', 'UPDATE media_files SET frames = 0'],
  ['media_files_sha256_check', "UPDATE media_files SET sha256 = repeat('A', 64)"],
  ['media_files_source_sha256_check', "UPDATE media_files SET source_sha256 = 'short'"],
  ['media_files_renditions_tries_check', 'UPDATE media_files SET renditions_tries = -1'],
  ['media_renditions_size_check', 'UPDATE media_renditions SET size = 0'],
  ['media_renditions_dimensions_check', 'UPDATE media_renditions SET width = 0'],
  ['media_renditions_sha256_check', "UPDATE media_renditions SET sha256 = 'short'"],
  ['media_revision_check', 'UPDATE media SET revision = 0'],
  ['api_keys_secret_hash_check', "UPDATE api_keys SET secret_hash = 'plain text'"],
  ['editions_version_check', insertEdition({ version: 0 })],
  ['editions_revision_check', insertEdition({ revision: 0 })],
  ['editions_hash_check', insertEdition({ hash: 'short' })],
  ['editions_issue_id_version_key', insertEdition({ version: 1 })],
  ['published_links_position_check', 'UPDATE published_links SET position = -1'],
  ['published_tags_item_check', 'UPDATE published_tags SET anchor = NULL'],
  ['published_tags_item_check', 'UPDATE published_tags SET title = NULL, anchor = NULL'],
  ['published_tags_item_check', 'UPDATE published_tags SET carrier_id = issue_id'],
  ['publication_changes_position_check', 'UPDATE publication_changes SET position = 0'],
  [
    'publication_changes_former_check',
    "UPDATE publication_changes SET type = 'corrected', former_number = 2",
  ],
  ['publication_changes_former_check', "UPDATE publication_changes SET former_number = 2, former_slug = 'b'"],
  [
    'published_texts_position_check',
    "UPDATE published_texts SET position = -1, item_id = id(1), anchor = 'a'",
  ],
  ['published_texts_item_check', "UPDATE published_texts SET item_id = id(1), anchor = 'a'"],
  ['published_texts_item_check', 'UPDATE published_texts SET position = 1, item_id = id(1)'],
];

test.each(violations)('%s rejects %s', async (constraint = '', statement = '') => {
  const sql = statement.replaceAll('id(', 'pg_temp.id(');
  await expect(client.query(sql)).rejects.toMatchObject({ constraint });
});

test('every CHECK constraint of the schema is tested above', async () => {
  const { rows: found } = await client.query(
    "SELECT conname FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace",
  );
  const tested = new Set(violations.map(([constraint]) => constraint));
  expect(found.map((row) => row.conname).filter((name) => !tested.has(name))).toEqual([]);
});

test('an edition cannot be changed and is deleted with its issue', async () => {
  await client.query('SAVEPOINT before');
  await expect(client.query("UPDATE editions SET document = '[]'")).rejects.toThrow(
    'An edition never changes',
  );
  await client.query('ROLLBACK TO before');
  await client.query('DELETE FROM publications');
  await client.query('DELETE FROM issues');
  expect((await client.query('SELECT FROM editions')).rowCount).toBe(0);
});

test('an issue can be scheduled with an instant, a local time and a time zone together', async () => {
  await client.query(`UPDATE issues SET status = 'scheduled', scheduled_at = now(),
    scheduled_local = '2026-12-01T09:00', scheduled_time_zone = 'Australia/Brisbane'`);
  expect((await client.query("SELECT FROM issues WHERE status = 'scheduled'")).rowCount).toBe(1);
});

test.each(['sections', 'items'])('one statement can renumber the positions of %s', async (table) => {
  await client.query(`UPDATE ${table} SET position = 1 - position`);
  const { rows: found } = await client.query(`SELECT position FROM ${table} ORDER BY id`);
  expect(found.map((row) => row.position)).toEqual([1, 0]);
});

function insertEdition(fields: { version?: number; revision?: number; hash?: string }): string {
  const { version = 2, revision = 1, hash = 'd'.repeat(64) } = fields;
  return `INSERT INTO editions (id, issue_id, version, revision, document, summary, hash, published_at)
    VALUES (id(9), id(1), ${version}, ${revision}, '{}', '{}', '${hash}', now())`;
}
