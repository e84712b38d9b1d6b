import type pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { makeClient, makePool } from '../../src/database/connections.ts';
import { MigrationAdapterFactory } from '../../src/database/migration-adapter.ts';
import { useTestDatabase } from '../support/database.ts';
import { type PostgresProxy, startPostgresProxy } from '../support/postgres-proxy.ts';

const testDatabase = useTestDatabase();
const onLoss = vi.fn();
let proxy: PostgresProxy;

beforeAll(async () => {
  proxy = await startPostgresProxy(testDatabase.url);
});
afterEach(() => {
  proxy.mend();
  onLoss.mockReset();
});
afterAll(() => proxy.close());

const losses = () => onLoss.mock.calls.map(([error]) => error.code);
const endOf = (client: pg.Client) => new Promise<void>((resolve) => client.once('end', resolve));

/** An `error` event without a listener would end the process that runs the tests. */
describe('The loss of a connection right after the answer to a query', () => {
  test('is reported once by its client', async () => {
    const client = makeClient({ connectionString: proxy.url }, onLoss);
    await client.connect();
    proxy.inject({ moment: 'query', place: 'after', every: 1 });
    const ended = endOf(client);
    await client.query('SELECT 1');
    await ended;
    expect(losses()).toEqual(['57P01']);
  });

  test('is reported once by its pool, which makes a new one', async () => {
    const pool = makePool({ connectionString: proxy.url }, onLoss);
    const client = await pool.connect();
    proxy.inject({ moment: 'query', place: 'after', every: 1 });
    const ended = endOf(client);
    await client.query('SELECT 1');
    client.release();
    await ended;
    proxy.mend();
    expect((await pool.query('SELECT 1')).rowCount).toBe(1);
    expect(losses()).toEqual(['57P01']);
    await pool.end();
  });

  test('does not end the process that migrates', async () => {
    const factory = new MigrationAdapterFactory(proxy.url);
    const adapter = await factory.connect();
    proxy.inject({ moment: 'query', place: 'after', every: 1 });
    await adapter.executeScript('SELECT 1');
    expect(proxy.injected()).toBe(1);
    proxy.inject({ moment: 'query', place: 'instead', every: 1 });
    await expect(adapter.executeScript('SELECT 1')).rejects.toMatchObject({ cause: { code: '57P01' } });
    await factory.close();
  });
});

test('The loss of an idle connection is reported once by its pool', async () => {
  const [pool, other] = [
    makePool({ connectionString: testDatabase.url }, onLoss),
    makePool({ connectionString: testDatabase.url }),
  ];
  const client = await pool.connect();
  const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
  client.release();
  const ended = endOf(client);
  await other.query('SELECT pg_terminate_backend($1)', [rows[0].pid]);
  await ended;
  expect(losses()).toEqual(['57P01']);
  await Promise.all([pool.end(), other.end()]);
});
