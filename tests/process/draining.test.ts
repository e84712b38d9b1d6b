import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { countPublished, insertScheduled } from '../publishing/due-issues.ts';
import { useTestDatabase } from '../support/database.ts';
import { useNodes } from '../support/nodes.ts';

const testDatabase = useTestDatabase();
const nodes = useNodes();
const CLIENTS = 12;

let pool: pg.Pool;
let path: string;

beforeAll(async () => {
  pool = new pg.Pool({ connectionString: testDatabase.url });
});
afterEach(() => nodes.killAll());
afterAll(() => pool.end());

/** What became of the requests: the statuses of answers, and the codes of errors. */
type Outcomes = Map<number | string, number>;

/** Sends one request after the other on one connection, until the node asks to close it or the connection fails. */
async function sendUntilClosed(url: string, outcomes: Outcomes): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let isOpen = true; isOpen; ) {
    const { outcome, isLast } = await send(url, agent);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    isOpen = !isLast;
  }
  agent.destroy();
}

async function send(url: string, agent: Agent): Promise<{ outcome: number | string; isLast: boolean }> {
  try {
    const [response]: IncomingMessage[] = await once(get(url, { agent }), 'response');
    if (!response) throw new Error('No response');
    response.resume();
    await once(response, 'end');
    return { outcome: response.statusCode ?? 0, isLast: response.headers.connection === 'close' };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return { outcome: code, isLast: true };
  }
}

test('a node that gets SIGTERM under load resets no request, and is unready before it ends', async () => {
  const node = await nodes.start(testDatabase.url);
  const [issue] = await insertScheduled(pool, { count: 1, dueIn: 0 });
  if (!issue) throw new Error('No issue');
  await expect.poll(() => countPublished(pool, [issue])).toBe(1);
  const { rows } = await pool.query<{ slug: string }>('SELECT slug FROM newsletters WHERE id = $1', [
    issue.newsletterId,
  ]);
  path = `/content/v1/newsletters/${rows[0]?.slug}/issues`;
  // Answered from the cache, by the database, and by no route.
  const urls = [`${path}/1`, '/content/v1/newsletters', `${path}/none`].map((each) => node.address + each);
  const outcomes: Outcomes = new Map();
  const clients = Array.from({ length: CLIENTS }, (_, at) =>
    sendUntilClosed(urls[at % urls.length] ?? '', outcomes),
  );
  await expect.poll(() => outcomes.get(200) ?? 0).toBeGreaterThan(500);
  node.signal('SIGTERM');
  await Promise.all(clients);
  expect([...outcomes.keys()].sort()).toEqual([200, 404]);
  const health = await fetch(`${node.address}/health/ready`);
  expect(health.status).toBe(503);
  expect(await health.json()).toMatchObject({ code: 'shutting_down' });
  expect(await node.exited).toBe(0);
});

test('a node that gets SIGINT and has no connection ends at once', async () => {
  const node = await nodes.start(testDatabase.url);
  const start = performance.now();
  node.signal('SIGINT');
  expect(await node.exited).toBe(0);
  expect(performance.now() - start).toBeLessThan(1_900);
});
