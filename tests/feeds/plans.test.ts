import { beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
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

type Statement = { text: string; values?: unknown[] };

/** Counts the rows of publications and editions that the statements of a request read. */
async function countRowsRead(url: string): Promise<number> {
  const { pool } = masthead.database;
  const query = vi.spyOn(pool, 'query');
  const { status } = await masthead.anonymous.get(url);
  const statements = query.mock.calls.map(([statement]) => statement as unknown as Statement);
  query.mockRestore();
  expect(status).toBe(200);
  expect(statements).not.toHaveLength(0);
  let rows = 0;
  for (const { text, values } of statements) {
    const explained = await pool.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, values ?? []);
    rows += rowsReadBy(plans.parse(explained.rows)[0]?.['QUERY PLAN'][0]?.Plan);
  }
  return rows;
}

type Plan = {
  'Relation Name'?: string | undefined;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number | undefined;
  Plans?: Plan[] | undefined;
};

const plan: z.ZodType<Plan> = z.lazy(() =>
  z.object({
    'Relation Name': z.string().optional(),
    'Actual Rows': z.number(),
    'Actual Loops': z.number(),
    'Rows Removed by Filter': z.number().optional(),
    Plans: z.array(plan).optional(),
  }),
);
const plans = z.array(z.object({ 'QUERY PLAN': z.array(z.object({ Plan: plan })) }));

function rowsReadBy(node: Plan | undefined): number {
  if (!node) return 0;
  const isOfArchive = ['publications', 'editions'].includes(node['Relation Name'] ?? '');
  const each = node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0);
  const own = isOfArchive ? each * node['Actual Loops'] : 0;
  return (node.Plans ?? []).reduce((sum, child) => sum + rowsReadBy(child), own);
}
