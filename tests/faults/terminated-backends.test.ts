import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { type ServerNode, useNodes } from '../support/nodes.ts';
import { ROUNDS } from './rounds.ts';

const testDatabase = useTestDatabase();
const nodes = useNodes();
const KEY = 'a-key-for-the-tests-of-terminated-backends';
const WRITERS = 8;
const PAUSE_BETWEEN_ENDS_MS = 150;

let pool: pg.Pool;
let node: ServerNode;

beforeAll(async () => {
  pool = new pg.Pool({ connectionString: testDatabase.url });
  node = await nodes.start(testDatabase.url, {
    environment: { BOOTSTRAP_ADMIN_KEY: KEY, LOG_LEVEL: 'silent' },
  });
});

afterAll(async () => {
  await nodes.killAll();
  await pool.end();
});

async function send(method: string, path: string, body: object) {
  const answer = await fetch(`${node.address}/admin/v1${path}`, {
    method,
    body: JSON.stringify(body),
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', 'if-match': '*' },
  });
  return { status: answer.status, body: JSON.parse(await answer.text()) };
}

/** An editor who changes an issue and publishes it, again and again. */
async function makeWriter() {
  const newsletter = await send('POST', '/newsletters', { slug: `n-${randomUUID()}`, title: 'A letter' });
  const item = { kind: 'note', title: 'One', body: 'A note.' };
  const issue = await send('POST', `/newsletters/${newsletter.body.id}/issues`, {
    title: 'Draft',
    sections: [{ title: 'Notes', items: [item] }],
  });
  const { id } = issue.body;
  const statuses = new Set<number>();
  /** The last title that an answer said is published, and the number of such answers. */
  const acknowledged = { title: '', count: 0 };
  return {
    id: String(id),
    newsletterId: String(newsletter.body.id),
    statuses,
    acknowledged,
    async writeOnce(round: number) {
      const title = `Round ${String(round).padStart(5, '0')}`;
      const changed = await send('PATCH', `/issues/${id}`, { title });
      statuses.add(changed.status);
      if (changed.status !== 200) return;
      const published = await send('PUT', `/issues/${id}/publication`, {});
      statuses.add(published.status);
      if (published.status !== 200) return;
      expect(published.body).toMatchObject({ title, publication: { hasUnpublishedChanges: false } });
      Object.assign(acknowledged, { title, count: acknowledged.count + 1 });
    },
  };
}

type Writer = Awaited<ReturnType<typeof makeWriter>>;

/** What the database has of a writer's issue. */
async function readState({ id, newsletterId }: Writer) {
  const { rows } = await pool.query<{
    versions: number[];
    positions: number[];
    titles: string[];
    events: number;
    live: number;
  }>(
    `SELECT ARRAY (SELECT version FROM editions WHERE issue_id = $1 ORDER BY version) AS versions,
       ARRAY (SELECT document::json ->> 'title' FROM editions WHERE issue_id = $1 ORDER BY version) AS titles,
       ARRAY (SELECT position::int FROM publication_changes WHERE newsletter_id = $2 ORDER BY position) AS positions,
       (SELECT count(*)::int FROM events WHERE issue_id = $1 AND type = 'issue.published') AS events,
       (SELECT version FROM publications JOIN editions ON editions.id = edition_id
         WHERE publications.issue_id = $1) AS live`,
    [id, newsletterId],
  );
  const [state] = rows;
  if (!state) throw new Error('No state');
  return state;
}

test(`no acknowledged publication is lost when all connections are ended again and again (${ROUNDS} times)`, async () => {
  const writers = await Promise.all(Array.from({ length: WRITERS }, makeWriter));
  let isOver = false;
  const writing = writers.map(async ({ writeOnce }) => {
    for (let round = 1; !isOver; round += 1) await writeOnce(round);
  });
  for (let ended = 0; ended < ROUNDS; ended += 1) {
    await sleep(PAUSE_BETWEEN_ENDS_MS);
    await pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name LIKE 'masthead%'`,
    );
  }
  isOver = true;
  await Promise.all(writing);
  // A writer that was always interrupted gets its turn now.
  for (const writer of writers)
    await expect
      .poll(() => writer.writeOnce(99_999).then(() => writer.acknowledged.title))
      .toBe('Round 99999');

  let acknowledged = 0;
  for (const writer of writers) {
    const { versions, titles, positions, events, live } = await readState(writer);
    const count = versions.length;
    const upToCount = Array.from({ length: count }, (_, at) => at + 1);
    expect({ versions, positions, events, live }).toEqual({
      versions: upToCount,
      positions: upToCount,
      events: count,
      live: count,
    });
    expect(count).toBeGreaterThanOrEqual(writer.acknowledged.count);
    expect(titles.at(-1)).toBe(writer.acknowledged.title);
    expect([...writer.statuses].filter((status) => ![200, 503].includes(status))).toEqual([]);
    acknowledged += writer.acknowledged.count;
  }
  process.stdout.write(`Publications that were acknowledged while connections were ended: ${acknowledged}\n`);
});
