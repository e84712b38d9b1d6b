import type pg from 'pg';
import { beforeAll, expect, test, vi } from 'vitest';
import { documentExample } from '../../src/modules/publishing/editions/edition-examples.ts';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter } from '../support/factories.ts';

const masthead = useMasthead();
const base = '/content/v1/newsletters';

/** Numbers of issues. The long newsletter makes an index worthwhile and must not slow down the short one. */
const LONG_ISSUE_COUNT = 20_000;
const SHORT_ISSUE_COUNT = 30;

let slugs: { long: string; short: string };

beforeAll(async () => {
  slugs = {
    long: await fill('plans-long', LONG_ISSUE_COUNT),
    short: await fill('plans-short', SHORT_ISSUE_COUNT),
  };
  await masthead.database.pool.query('ANALYZE publications, editions, newsletters');
});

/** Creates a newsletter with so many published issues, in the tables that readers query. */
async function fill(slug: string, issues: number): Promise<string> {
  const { id } = await makeNewsletter(masthead, { slug });
  const client = await masthead.database.pool.connect();
  try {
    await client.query('BEGIN');
    // The publications have no issues behind them. In this mode PostgreSQL does not fire the triggers of foreign keys.
    await client.query('SET LOCAL session_replication_role = replica');
    await client.query(
      `CREATE TEMP TABLE made ON COMMIT DROP AS
       SELECT number, gen_random_uuid() AS issue, gen_random_uuid() AS edition,
         timestamptz '2020-01-01' + number * interval '1 hour' AS at
       FROM generate_series(1, ${issues}) AS number`,
    );
    await client.query(
      `INSERT INTO editions (id, issue_id, version, revision, document, summary, hash, published_at)
       SELECT edition, issue, 1, 1, $1, '{}', repeat('0', 64), at FROM made`,
      [JSON.stringify(documentExample)],
    );
    await client.query(
      `INSERT INTO publications (issue_id, edition_id, newsletter_id, number, slug, title, tags, published_at)
       SELECT issue, edition, $1, number, 'issue-' || number, 'An issue', '{}', at FROM made`,
      [id],
    );
    await client.query('COMMIT');
  } finally {
    client.release();
  }
  return slug;
}

test.each([
  ['a feed', 'feed.rss', 20],
  ['the latest issue', 'issues/latest/json-ld', 1],
  ['an issue by number', 'issues/7/json-ld', 1],
  ['an issue by slug', 'issues/issue-7/json-ld', 1],
  ['a part of a sitemap', 'sitemap.xml?from=1', 1_000],
])('reading %s reads at most two rows for each one it shows', async (_what, path, shown) => {
  for (const slug of Object.values(slugs)) {
    expect.soft(await countRowsRead(`${base}/${slug}/${path}`), slug).toBeLessThanOrEqual(2 * shown);
  }
});

test('an index of sitemaps reads one row for each of its entries', async () => {
  expect(await countRowsRead(`${base}/${slugs.long}/sitemap.xml`)).toBeLessThanOrEqual(
    LONG_ISSUE_COUNT / 1_000,
  );
  expect(await countRowsRead('/content/v1/sitemap.xml')).toBeLessThanOrEqual(LONG_ISSUE_COUNT / 1_000 + 1);
});

type Statement = { name: string; text: string; values?: unknown[] };

/** Counts the rows of publications and editions that the statements of a request read. */
async function countRowsRead(url: string): Promise<number> {
  const { pool } = masthead.database;
  const query = vi.spyOn(pool, 'query');
  const { status } = await masthead.anonymous.get(url);
  const statements = query.mock.calls.map(([statement]) => statement as unknown as Statement);
  query.mockRestore();
  expect(status).toBe(200);
  expect(statements).not.toHaveLength(0);
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    // Once to plan them, since the planner looks at the ends of an index too.
    for (const statement of statements) await client.query(statement);
    const before = await readCounter(client);
    for (const statement of statements) await client.query(statement);
    return (await readCounter(client)) - before;
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

/**
 * Rows that this connection read from a whole table, and entries that it read from an index. EXPLAIN does not count
 * so exactly: before PostgreSQL 18 it rounds the rows of each loop.
 */
async function readCounter(client: pg.PoolClient): Promise<number> {
  const { rows } = await client.query<{ count: number }>(`
    WITH tables AS (SELECT unnest(ARRAY['publications', 'editions']::regclass[]) AS id)
    SELECT sum(pg_stat_get_xact_tuples_returned(id))::int AS count
    FROM (SELECT id FROM tables UNION ALL SELECT indexrelid FROM tables JOIN pg_index ON indrelid = id) AS relations`);
  return rows[0]?.count ?? 0;
}
