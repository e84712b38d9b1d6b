import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { countPublished, insertScheduled, type Scheduled } from '../publishing/due-issues.ts';
import { useTestDatabase } from '../support/database.ts';
import { type ServerNode, useNodes } from '../support/nodes.ts';
import { type Fault, type PostgresProxy, startPostgresProxy } from '../support/postgres-proxy.ts';

const testDatabase = useTestDatabase();
const nodes = useNodes();
const KEY = 'a-key-for-the-tests-of-lost-connections';
/** More of each than the node has connections for, so that some wait for a connection that others release. */
const CLIENTS = { readers: 8, searchers: 4, editors: 10 } as const;
const LOSSES = 10;

let pool: pg.Pool;
let proxy: PostgresProxy;
let node: ServerNode;
let published: Scheduled[];

beforeAll(async () => {
  pool = new pg.Pool({ connectionString: testDatabase.url });
  proxy = await startPostgresProxy(testDatabase.url);
  // Without a cache every read needs the database.
  const environment = { BOOTSTRAP_ADMIN_KEY: KEY, CONTENT_CACHE_BYTES: '0' };
  node = await nodes.start(proxy.url, { environment });
  published = await insertScheduled(pool, { count: 1, dueIn: 0 });
  // expect.poll works in tests only.
  await vi.waitFor(async () => expect(await countPublished(pool, published)).toBe(1), { timeout: 120_000 });
});
afterAll(async () => {
  await nodes.killAll();
  await proxy.close();
  await pool.end();
});

let statuses: Map<number, number>;
beforeEach(() => {
  statuses = new Map();
});
afterEach(() => proxy.mend());

describe('a node answers 503 or succeeds, and serves again afterwards,', () => {
  test.each<[string, Fault]>([
    ['during a login', { moment: 'login', place: 'instead', every: 2 }],
    ['right after a login', { moment: 'login', place: 'after', every: 2 }],
    ['instead of the answer to a query', { moment: 'query', place: 'instead', every: 3 }],
    ['right after the answer to a query', { moment: 'query', place: 'after', every: 3 }],
    ['instead of the answer to BEGIN', { moment: 'begin', place: 'instead', every: 3 }],
    ['right after the answer to BEGIN', { moment: 'begin', place: 'after', every: 3 }],
    ['instead of the answer to COMMIT or ROLLBACK', { moment: 'commit', place: 'instead', every: 3 }],
    ['right after the answer to COMMIT or ROLLBACK', { moment: 'commit', place: 'after', every: 3 }],
  ])('when PostgreSQL ends its connections %s', async (_when, fault) => {
    proxy.inject(fault);
    // The node logs in only to replace connections.
    const others = fault.moment === 'login' ? [endNowAndThen] : [];
    await askWhile(() => proxy.injected() < LOSSES, ...others);
    proxy.mend();
    await expectToServe();
  });

  test('when pg_terminate_backend ends all of its connections again and again', async () => {
    let ended = 0;
    const end = async () => {
      ended += await endNowAndThen();
    };
    await askWhile(() => ended < 5 * LOSSES, end);
    await expectToServe();
  });
});

/** All clients at once, each with one request after the other. `others` are repeated beside them. */
async function askWhile(goesOn: () => boolean, ...others: (() => Promise<unknown>)[]): Promise<void> {
  let isOver = false;
  const repeat = async (act: () => Promise<unknown>) => {
    while (!isOver && goesOn()) await act();
  };
  await Promise.all([...clients(), ...others].map(repeat)).finally(() => (isOver = true));
  expect([...statuses.keys()].filter((status) => ![200, 201, 503].includes(status))).toEqual([]);
}

/** Every client succeeds, and a due issue is published. */
async function expectToServe(): Promise<void> {
  const askAll = async () => [...new Set(await Promise.all(clients().map((ask) => ask())))].toSorted();
  await expect.poll(askAll).toEqual([200, 201]);
  const due = await insertScheduled(pool, { count: 1, dueIn: 0 });
  await expect.poll(() => countPublished(pool, due)).toBe(1);
}

function clients(): (() => Promise<number>)[] {
  const newsletter = `/content/v1/newsletters/n-${published[0]?.newsletterId}`;
  const repeat = (count: number, ask: () => Promise<number>) => Array.from({ length: count }, () => ask);
  return [
    ...repeat(CLIENTS.readers, () => ask(`${newsletter}/issues/latest`)),
    ...repeat(CLIENTS.searchers, () => ask(`${newsletter}/search?q=note`)),
    ...repeat(CLIENTS.editors, () =>
      ask('/admin/v1/people', { name: 'A person', slug: `p-${crypto.randomUUID()}` }),
    ),
  ];
}

async function ask(path: string, body?: object): Promise<number> {
  const options = body && { method: 'POST', body: JSON.stringify(body) };
  const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
  const answer = await fetch(node.address + path, { headers, ...options }).catch((cause: unknown) => {
    throw new Error(`The node does not answer. It said: ${node.said()}`, { cause });
  });
  const text = await answer.text();
  const isUnknown = answer.status === 503 && JSON.parse(text).code === 'outcome_unknown';
  if (answer.status === 503) expect(answer.headers.get('retry-after')).toBe(isUnknown ? null : '2');
  statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
  return answer.status;
}

/** Makes a request, then ends all connections of the node and returns their number. */
async function endNowAndThen(): Promise<number> {
  await ask('/admin/v1/people');
  const { rowCount } = await pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name LIKE 'masthead%'`,
  );
  return rowCount ?? 0;
}
