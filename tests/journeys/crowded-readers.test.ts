import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  countPublished,
  insertNewsletter,
  insertScheduled,
  type Scheduled,
} from '../publishing/due-issues.ts';
import { useTestDatabase } from '../support/database.ts';
import { useNodes } from '../support/nodes.ts';

const testDatabase = useTestDatabase();
const nodes = useNodes();
const READER_COUNT = 200;
/** About ten are. With searches on many connections the issue is not published within seconds. */
const MAX_SEARCHES_BEFORE_ISSUE = 50;

let pool: pg.Pool;
let newsletterId: string;
let content: string;

beforeAll(async () => {
  pool = new pg.Pool({ connectionString: testDatabase.url });
  const node = await nodes.start(testDatabase.url);
  newsletterId = await insertNewsletter(pool);
  content = `${node.address}/content/v1/newsletters/n-${newsletterId}`;
});
afterAll(() => pool.end());

test('while 200 readers search at once, every search returns 200 or 503, and a due issue does not wait for them', async () => {
  const before = await insertScheduled(pool, { count: 1, dueIn: 0, newsletterId });
  await expect.poll(() => countPublished(pool, before)).toBe(1);
  await repeatTexts(20_000);

  const [due] = (await insertScheduled(pool, { count: 1, dueIn: 4_000, newsletterId })) as [Scheduled];
  let isOver = false;
  const answeredAt: number[] = [];
  const statuses = new Map<number, number>();
  const keepSearching = async (reader: number) => {
    for (let count = 0; !isOver; count += 1) {
      const answer = await fetch(`${content}/search?q=note+${reader % 7 ? 'common' : `rare${count}`}`);
      await answer.arrayBuffer();
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      if (answer.status === 200) answeredAt.push(Date.now());
      if (answer.status === 503) expect(answer.headers.get('retry-after')).toBe('2');
    }
  };
  const readers = Array.from({ length: READER_COUNT }, (_, reader) => keepSearching(reader));
  let lateness: number | null = null;
  const look = async () => (lateness = await latenessWhenSeen(due));
  await expect.poll(look).not.toBeNull();
  const seen = await fetch(`${content}/issues/2`);
  isOver = true;
  await Promise.all(readers);

  expect(seen.status).toBe(200);
  expect([...statuses.keys()].filter((status) => status !== 200 && status !== 503)).toEqual([]);
  expect(statuses.get(200)).toBeGreaterThan(0);
  // More requests arrive at once than may wait.
  expect(statuses.get(503)).toBeGreaterThan(0);
  const dueAt = due.scheduledAt.getTime();
  const publishedAt = dueAt + Number(lateness);
  const answeredMeanwhile = answeredAt.filter((at) => at > dueAt && at < publishedAt);
  expect(answeredMeanwhile.length).toBeLessThan(MAX_SEARCHES_BEFORE_ISSUE);
});

/** Copies the published text `count` times, so that a search has work to do. */
async function repeatTexts(count: number): Promise<void> {
  await pool.query(
    `INSERT INTO published_texts (issue_id, position, newsletter_id, published_at, year, item_id, anchor, tags,
       config, title, body, authors)
     SELECT issue_id, 1000 + n, newsletter_id, published_at, year, item_id, anchor, tags, config, title,
       body || ' common ' || repeat('words of note ', 40) || n, authors
     FROM published_texts, generate_series(1, $2) AS n
     WHERE newsletter_id = $1 AND position = 1`,
    [newsletterId, count],
  );
  await pool.query('ANALYZE published_texts');
}

/** Milliseconds since the due time by the database's clock; null while the issue is not published. */
async function latenessWhenSeen({ id, scheduledAt }: Scheduled): Promise<number | null> {
  const { rows } = await pool.query<{ lateness: number }>(
    `SELECT (extract(epoch FROM clock_timestamp() - $2::timestamptz) * 1000)::float8 AS lateness
     FROM publications WHERE issue_id = $1`,
    [id, scheduledAt],
  );
  return rows[0]?.lateness ?? null;
}
