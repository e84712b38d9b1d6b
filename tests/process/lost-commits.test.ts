import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { type ServerNode, useNodes } from '../support/nodes.ts';
import { type PostgresProxy, startPostgresProxy } from '../support/postgres-proxy.ts';

const testDatabase = useTestDatabase();
const nodes = useNodes();
const KEY = 'a-key-for-the-tests-of-lost-commits';

let pool: pg.Pool;
let proxy: PostgresProxy;
let node: ServerNode;

beforeAll(async () => {
  pool = new pg.Pool({ connectionString: testDatabase.url });
  proxy = await startPostgresProxy(testDatabase.url);
  node = await nodes.start(proxy.url, { environment: { BOOTSTRAP_ADMIN_KEY: KEY, LOG_LEVEL: 'silent' } });
});
afterEach(() => proxy.mend());
afterAll(async () => {
  await nodes.killAll();
  await proxy.close();
  await pool.end();
});

async function send(path: string, body: object) {
  const answer = await fetch(`${node.address}/admin/v1${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
  });
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body: await answer.json() };
}

const unknown = { status: 503, retryAfter: null, body: { code: 'outcome_unknown' } };

describe('a change whose COMMIT is not answered', () => {
  test.each([
    ['newsletters', '/newsletters', { slug: 'lost', title: 'Lost' }, "slug = 'lost'"],
    ['people', '/people', { slug: 'lost', name: 'Lost' }, "slug = 'lost'"],
    ['papers', '/papers', { title: 'Lost' }, "title = 'Lost'"],
    ['api_keys', '/api-keys', { name: 'Lost', role: 'viewer' }, "name = 'Lost'"],
  ])(
    'is said to be of unknown outcome, and is not to be repeated at once (%s)',
    async (table, path, body, where) => {
      proxy.inject({ moment: 'commit', place: 'instead', every: 1 });
      const answer = await send(path, body);
      proxy.mend();
      expect(answer).toMatchObject(unknown);
      const { rowCount } = await pool.query(`SELECT FROM ${table} WHERE ${where}`);
      expect(rowCount).toBe(1);
    },
  );

  test('a change whose BEGIN is not answered was not made, and can be repeated', async () => {
    // The tests before have ended connections of the pool.
    await expect
      .poll(async () => (await send('/people', { slug: crypto.randomUUID(), name: 'A' })).status)
      .toBe(201);
    proxy.inject({ moment: 'begin', place: 'instead', every: 1 });
    const answer = await send('/people', { slug: 'never', name: 'Never' });
    proxy.mend();
    expect(answer).toMatchObject({ status: 503, retryAfter: '2', body: { code: 'database_unavailable' } });
    const { rowCount } = await pool.query("SELECT FROM people WHERE slug = 'never'");
    expect(rowCount).toBe(0);
  });
});
