import type pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { searchTexts } from '../../src/modules/search/search-texts.ts';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter } from '../support/factories.ts';

const masthead = useMasthead();

/** Enough rows to make the planner prefer an index to a sequential scan. */
const ISSUES = 10_000;

let slug: string;

/** Issues with one item each. One in a thousand has the word "medium", and only one has "rarest". */
beforeAll(async () => {
  const newsletter = await makeNewsletter(masthead);
  slug = newsletter.slug;
  const client = await masthead.database.pool.connect();
  await client.query(`
    BEGIN;
    SET LOCAL session_replication_role = replica;
    CREATE TEMP TABLE made ON COMMIT DROP AS
      SELECT n, gen_random_uuid() AS id, timestamptz '2020-01-01Z' + n * interval '1 hour' AS at
      FROM generate_series(1, ${ISSUES}) AS n;
    INSERT INTO publications (issue_id, edition_id, newsletter_id, number, slug, title, published_at)
      SELECT id, id, '${newsletter.id}', n, 'issue-' || n, 'Issue ' || n, at FROM made;
    INSERT INTO published_texts (issue_id, position, newsletter_id, published_at, year, item_id, anchor, tags, config, title, body, authors)
      SELECT id, position, '${newsletter.id}', at, extract(year FROM at),
        CASE position WHEN 1 THEN id END, CASE position WHEN 1 THEN 'a' END, ARRAY['t' || n % 500], 'english', 'Issue ' || n,
        'common ' || CASE WHEN n % 1000 = 500 THEN 'medium ' ELSE '' END || CASE WHEN n = 700 AND position = 1 THEN 'rarest ' ELSE '' END
          || 'wa' || translate((n * 7 % 5000)::text, '0123456789', 'abcdefghij'), ''
      FROM made, generate_series(0, 1) AS position;
    INSERT INTO published_configs VALUES ('${newsletter.id}', 'english');
    INSERT INTO published_words SELECT DISTINCT newsletter_id, lower(token)
      FROM published_texts, ts_parse('default', body) WHERE tokid = 1;
    INSERT INTO published_words SELECT '${newsletter.id}', 'x' || translate(md5(n::text), '0123456789', 'ghijklmnop')
      FROM generate_series(1, 50000) AS n;
    COMMIT;
    ANALYZE published_texts, published_words, published_configs, publications`);
  client.release();
});

type Statement = { text: string; values?: unknown[] };

/** The plans of all statements that a search runs. */
async function plansOf(newsletter: string | null, query: { q: string; year?: number; tag?: string }) {
  const client = await masthead.database.pool.connect();
  const plans: string[] = [];
  const explaining = {
    query: async (statement: string | Statement) => {
      if (typeof statement === 'string') return client.query(statement);
      const { text, values = [] } = statement;
      const { rows } = await client.query({ text: `EXPLAIN ${text}`, values });
      plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
      return client.query({ text, values });
    },
    release: () => client.release(),
  };
  const pool = { connect: async () => explaining } as unknown as pg.Pool;
  const page = await searchTexts(pool, newsletter, { limit: 20, after: undefined, ...query }, () => ({
    cursor: '',
    address: '',
  }));
  return { plans, total: JSON.parse(String(page?.plain.bytes)).total };
}

const WALK = /Index Scan Backward using published_texts_of_newsletter_idx/;
const WALK_OF_ALL = /Index Scan Backward using published_texts_of_all_idx/;
const BY_WORD = /Bitmap Index Scan on published_texts_words_idx/;

describe('query plans of searches', () => {
  test.each([
    ['a word in every text', { q: 'common' }, 500, WALK],
    ['a word in one text in a thousand', { q: 'medium' }, 20, BY_WORD],
    ['a word in one text', { q: 'rarest' }, 1, BY_WORD],
    ['a common word and a rare one', { q: 'common rarest' }, 1, BY_WORD],
    ['a rare word with an accent', { q: 'rärest' }, 1, BY_WORD],
    ['a common word with an accent', { q: 'cömmon' }, 500, WALK],
    ['the beginning of a rare word with an accent', { q: 'räres' }, 1, BY_WORD],
    ['the beginning of many words with an accent', { q: 'wä' }, 500, WALK],
    ['the beginning of a rare word', { q: 'rares' }, 1, BY_WORD],
    ['the beginning of many words', { q: 'wa' }, 500, WALK],
    ['a common word without a rare one', { q: 'common -rarest' }, 500, WALK],
    ['a common word in a year', { q: 'common', year: 2020 }, 500, WALK],
    ['a common word with a rare tag', { q: 'common', tag: 't7' }, 40, BY_WORD],
    ['a word of letters and digits', { q: 'issue700' }, 2, BY_WORD],
    ['a misspelled word', { q: 'rarset' }, 1, /Bitmap Index Scan on published_words_trigrams_idx/],
  ])('a search for %s reads no table sequentially', async (_what, query, total, expected) => {
    const found = await plansOf(slug, query);
    expect(found.total).toBe(total);
    expect(found.plans.join('\n')).toMatch(expected);
    expect(found.plans.join('\n')).not.toMatch(/Seq Scan on (published_texts|published_words|publications)/);
  });

  test.each([
    ['common', 500, WALK_OF_ALL],
    ['medium', 20, BY_WORD],
    ['rarest', 1, BY_WORD],
    ['rarset', 1, BY_WORD],
  ])('a search in all newsletters for "%s" reads no table sequentially', async (q, total, expected) => {
    const found = await plansOf(null, { q });
    expect(found.total).toBe(total);
    expect(found.plans.join('\n')).toMatch(expected);
    expect(found.plans.join('\n')).not.toMatch(/Seq Scan on (published_texts|published_words|publications)/);
  });

  test('a query that cannot use an index reads the table sequentially', async () => {
    const { pool } = masthead.database;
    const { rows } = await pool.query("EXPLAIN SELECT FROM published_texts WHERE body LIKE '%rarest%'");
    expect(rows[0]['QUERY PLAN']).toMatch(/Seq Scan/);
  });
});
