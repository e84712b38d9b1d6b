import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../src/database/client.ts';
import { VERSION } from '../../src/lib/version.ts';
import { useMasthead } from '../support/app.ts';
import { buildLoggedApp, type LoggedApp, openDeadDatabase } from './logged-app.ts';

const masthead = useMasthead();

describe('an unexpected error', () => {
  let logged: LoggedApp;

  beforeAll(async () => {
    logged = await buildLoggedApp(masthead);
    logged.app.get('/stub', { schema: { hide: true } }, () => {
      throw new Error('the inner workings', { cause: new Error('deeper still') });
    });
  });
  afterAll(() => logged.app.close());

  test('an unexpected error returns a 500 without details and is logged with its cause and stack', async () => {
    const answer = await logged.app.inject('/stub');
    expect(answer.statusCode).toBe(500);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
    });
    expect(answer.json()).toEqual({
      type: 'urn:masthead:problem:internal-error',
      title: 'Internal error',
      status: 500,
      detail: 'Something went wrong on our side; it has been logged.',
    });
    for (const part of ['the inner workings', 'deeper still', 'failures.test.ts', '"level":50']) {
      expect(logged.log()).toContain(part);
    }
  });

  test('a database error returns a 500 without details, from Prisma and from SQL, and is logged', async () => {
    const secret = await makeSecret();
    await masthead.database.pool.query('ALTER TABLE papers RENAME COLUMN venue TO gone');
    const answers = [
      await logged.app.inject({ url: '/admin/v1/papers', headers: { authorization: `Bearer ${secret}` } }),
      await logged.app.inject('/content/v1/papers/0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11'),
    ];
    await masthead.database.pool.query('ALTER TABLE papers RENAME COLUMN gone TO venue');
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([500, 500]);
    for (const { body } of answers) expect(body).not.toMatch(/venue|papers|prisma|column|stack/i);
    expect(logged.log().match(/venue/g)?.length).toBeGreaterThan(1);
  });
});

describe('a node without its database', () => {
  let dead: Database;
  let logged: LoggedApp;

  beforeAll(async () => {
    dead = openDeadDatabase();
    logged = await buildLoggedApp(masthead, dead);
  });
  afterAll(async () => {
    await logged.app.close();
    await dead.close();
  });

  test.each([
    '/admin/v1/newsletters',
    '/content/v1/newsletters',
    '/content/v1/newsletters/x',
    '/content/v1/newsletters/x/issues',
    '/content/v1/newsletters/x/issues/latest',
    '/content/v1/papers/0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11',
    '/health/ready',
  ])('%s returns 503 with Retry-After', async (url) => {
    const answer = await logged.app.inject({ url, headers: { authorization: 'Bearer mh_x' } });
    expect(answer.statusCode).toBe(503);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'retry-after': expect.stringMatching(/^[1-9]\d*$/),
    });
    expect(answer.json()).toMatchObject({ type: 'urn:masthead:problem:database-unavailable', status: 503 });
    expect(answer.body).not.toMatch(/127\.0\.0\.1|ECONN|nobody/);
  });

  test('the reason is logged without the password of the database', async () => {
    await logged.app.inject('/content/v1/newsletters');
    expect(logged.log()).toContain('ECONNREFUSED');
    expect(logged.log()).not.toContain('dead-password');
  });

  test('the liveness check, the page at / and the OpenAPI document still return 200', async () => {
    expect((await logged.app.inject('/health/live')).json()).toEqual({ status: 'ok', version: VERSION });
    expect(await logged.app.inject('/')).toMatchObject({ statusCode: 200 });
    expect(await logged.app.inject('/openapi.json')).toMatchObject({ statusCode: 200 });
  });
});

test('requests succeed again after the database has closed every connection', async () => {
  await Promise.all(Array.from({ length: 5 }, () => masthead.as('viewer').get('/admin/v1/newsletters')));
  const { rows } = await masthead.database.pool.query<{ ended: boolean }>(`
    SELECT pg_terminate_backend(pid) AS ended FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()`);
  expect(rows.length).toBeGreaterThan(1);
  for (const ask of [
    () => masthead.as('viewer').get('/admin/v1/newsletters'),
    () => masthead.anonymous.get('/content/v1/newsletters'),
  ]) {
    // Each dead connection that is still in the pool fails one request.
    const statuses: number[] = [];
    while (statuses.at(-1) !== 200 && statuses.length < 20) statuses.push((await ask()).status);
    expect(statuses.at(-1)).toBe(200);
    expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
  }
});

async function makeSecret(): Promise<string> {
  const key = await masthead.as('admin').post('/admin/v1/api-keys', { name: 'failing', role: 'viewer' });
  return key.body.secret;
}
