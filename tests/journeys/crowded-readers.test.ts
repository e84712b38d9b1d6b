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
const PATIENCE = { timeout: 60_000, interval: 25 };
const READERS = 200;

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

test('200 who search at once are answered or told to come back, and an issue due meanwhile goes out within a second', {
  timeout: 120_000,
}, async () => {
  const before = await insertScheduled(pool, { count: 1, dueIn: 0, newsletterId });
  await expect.poll(() => countPublished(pool, before), PATIENCE).toBe(1);
  await repeatTexts(20_000);

  const due = await insertScheduled(pool, { count: 1, dueIn: 4_000, newsletterId });
  let isOver = false;
  const statuses = new Map<number, number>();
  const searchOn = async (reader: number) => {
    for (let count = 0; !isOver; count += 1) {
      const answer = await fetch(`${content}/search?q=note+${reader % 7 ? 'common' : `rare${count}`}`);
      await answer.arrayBuffer();
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      if (answer.status === 503) expect(answer.headers.get('retry-after')).toBe('2');
    }
  };
  const readers = Array.from({ length: READERS }, (_, reader) => searchOn(reader));
  await expect.poll(() => countPublished(pool, due), PATIENCE).toBe(1);
  const seen = await fetch(`${content}/issues/2`);
  isOver = true;
  await Promise.all(readers);

  expect(seen.status).toBe(200);
  expect([...statuses.keys()].filter((status) => status !== 200 && status !== 503)).toEqual([]);
  expect(statuses.get(200)).toBeGreaterThan(0);
  // So many at once are more than may wait.
  expect(statuses.get(503)).toBeGreaterThan(0);
  const [{ id, scheduledAt }] = due as [Scheduled];
  expect(Number(await publishedAt(id)) - scheduledAt.getTime()).toBeLessThan(1_000);
});

/** What is published, over and over, so that a search has work to do. */
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

/** When it went out, by the database's clock. */
async function publishedAt(issueId: string): Promise<Date | undefined> {
  const { rows } = await pool.query<{ at: Date }>(
    'SELECT published_at AS at FROM editions WHERE issue_id = $1',
    [issueId],
  );
  return rows[0]?.at;
}
