import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';

const database = useTestDatabase();
const issueId = randomUUID();
let client: pg.Client;

beforeAll(async () => {
  client = new pg.Client(database.url);
  await client.connect();
  await client.query(`
    INSERT INTO newsletters (id, slug, title, language, time_zone) VALUES ('${issueId}', 'a', 'A', 'en', 'UTC');
    INSERT INTO issues (id, newsletter_id, number, slug, status) VALUES ('${issueId}', '${issueId}', 1, 'a', 'published');
    INSERT INTO editions (id, issue_id, version, revision, document, summary, hash, published_at)
      VALUES ('${issueId}', '${issueId}', 1, 1, '{}', '{}', repeat('c', 64), now());
    INSERT INTO publications (issue_id, edition_id, newsletter_id, number, slug, title, published_at)
      VALUES ('${issueId}', '${issueId}', '${issueId}', 1, 'a', 'A', now());
    INSERT INTO media_files (id, file_name, mime_type, size, sha256)
      VALUES ('${issueId}', 'a.pdf', 'application/pdf', 1, repeat('a', 64))`);
});

afterAll(() => client.end());

beforeEach(() => client.query('BEGIN'));
afterEach(() => client.query('ROLLBACK'));

describe('media.search_text', () => {
  test('joins the name, the words and the tags of a media in lower case, without accents', async () => {
    expect(await insertMedia('Photo.JPG', 'A Photo', 'In O\u0308l', 'By ΆΛΦΑΣ', ['İznik', 'Straße'])).toBe(
      'photo.jpg a photo in ol by αλφασ iznik strasse',
    );
  });

  test('is a text where nothing is known of a media', async () => {
    expect((await insertMedia(null, null, null, null, null)).trim()).toBe('');
  });

  test('follows a change', async () => {
    await insertMedia('a.pdf', null, null, null, []);
    const { rows } = await client.query("UPDATE media SET alt = 'Slides' RETURNING search_text");
    expect(rows[0].search_text.trim()).toMatch(/^a\.pdf +slides$/);
  });

  async function insertMedia(...[name, alt, caption, credit, tags]: (string | string[] | null)[]) {
    const { rows } = await client.query(
      `INSERT INTO media (id, file_id, original_name, alt, caption, credit_text, tags)
       VALUES ($1, $1, $2, $3, $4, $5, $6) RETURNING search_text AS text`,
      [issueId, name, alt, caption, credit, tags],
    );
    return String(rows[0].text);
  }
});

describe('published_links.url_key', () => {
  test('is the same for the same URL, and another for another', async () => {
    const [first, again, other] = await insertLinks(
      'https://a.example',
      'https://a.example',
      'https://b.example',
    );
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test('fits an index, whatever the length of the URL', async () => {
    const letters = Array.from({ length: 400 }, () => randomUUID()).join('');
    expect(await insertLinks(`https://a.example/${letters}`)).toEqual([expect.stringMatching(/^-?\d+$/)]);
  });

  async function insertLinks(...urls: string[]): Promise<string[]> {
    const { rows } = await client.query(
      `INSERT INTO published_links (issue_id, position, item_id, url, title, anchor, newsletter_id, published_at, number)
       SELECT $1, position, $1, url, '', '', $1, now(), 1
       FROM unnest($2::text[]) WITH ORDINALITY AS links (url, position) RETURNING url_key`,
      [issueId, urls],
    );
    return rows.map((row) => row.url_key);
  }
});

describe('published_texts.document', () => {
  test('stems words as the configuration of the text does', async () => {
    await insertText({ position: 0, config: 'german', title: 'Häuser' });
    await insertText({ position: 1, config: 'simple', title: 'Häuser' });
    expect(await lexemes()).toEqual(["'haus':1A", "'hauser':1B 'häuser':1B"]);
  });

  test('leaves out the words that its configuration skips, and no others', async () => {
    await insertText({ position: 0, config: 'english', body: 'The whare' });
    await insertText({ position: 1, config: 'simple', body: 'The whare' });
    expect(await lexemes()).toEqual(["'whare':2C", "'the':1C 'whare':2C"]);
  });

  test('weighs the title of an issue most, then those of items, then bodies, then authors', async () => {
    const text = { config: 'simple', title: 'one', body: 'two', authors: 'three' };
    await insertText({ position: 0, ...text });
    await insertText({ position: 1, ...text });
    expect(await lexemes()).toEqual(["'one':1A 'three':3 'two':2C", "'one':1B 'three':3 'two':2C"]);
  });

  test('splits at punctuation, and scripts without spaces into characters', async () => {
    await insertText({ position: 0, config: 'simple', body: 'node.js/<script>東京' });
    expect(await lexemes()).toEqual(["'js':2C 'node':1C 'script':3C '京':5C '東':4C"]);
  });

  type Text = { position: number; config: string; title?: string; body?: string; authors?: string };

  function insertText({ position, config, title = '', body = '', authors = '' }: Text) {
    return client.query(
      `INSERT INTO published_texts (issue_id, position, item_id, anchor, newsletter_id, published_at, year, config,
         title, body, authors)
       VALUES ($1::uuid, $2::int, CASE WHEN $2 > 0 THEN $1::uuid END, CASE WHEN $2 > 0 THEN 'a' END, $1::uuid, now(), 2026, $3, $4, $5, $6)`,
      [issueId, position, config, title, body, authors],
    );
  }

  async function lexemes(): Promise<string[]> {
    const { rows } = await client.query('SELECT document::text FROM published_texts ORDER BY position');
    return rows.map((row) => row.document);
  }
});

test('A migrated database has the one row of installation', async () => {
  const { rows } = await client.query('SELECT id FROM installation');
  expect(rows).toHaveLength(1);
});
