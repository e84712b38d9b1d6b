import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter } from '../support/factories.ts';

const masthead = useMasthead();
const apiKeys = '/admin/v1/api-keys';
const unknownId = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11';

async function makeKey(fields: object = {}) {
  const answer = await masthead.as('admin').post(apiKeys, { name: 'Static site', role: 'viewer', ...fields });
  expect(answer.status).toBe(201);
  return answer.body;
}

async function statusWith(secret: string): Promise<number> {
  return (await masthead.withKey(secret).get('/admin/v1/newsletters')).status;
}

describe('API key creation', () => {
  test('creating a key returns its secret and the defaults of the omitted fields', async () => {
    const answer = await masthead.as('admin').post(apiKeys, { name: 'Static site', role: 'viewer' });
    expect(answer).toMatchObject({ status: 201, headers: { 'cache-control': 'no-store' } });
    expect(answer.body).toEqual({
      id: expect.any(String),
      name: 'Static site',
      role: 'viewer',
      newsletterIds: null,
      expiresAt: null,
      createdAt: expect.any(String),
      secret: expect.stringMatching(/^mh_[\w-]{43}$/),
    });
    expect(await statusWith(answer.body.secret)).toBe(200);
  });

  test('every key gets a different secret', async () => {
    const secrets = await Promise.all(Array.from({ length: 20 }, async () => (await makeKey()).secret));
    expect(new Set(secrets).size).toBe(20);
  });

  test('the secret is shown only on creation: no list, event or table contains it', async () => {
    const { id, secret } = await makeKey();
    const list = await masthead.as('admin').get(`${apiKeys}?limit=100`);
    expect(list.body.data[0]).toEqual({
      id,
      name: 'Static site',
      role: 'viewer',
      newsletterIds: null,
      expiresAt: null,
      createdAt: expect.any(String),
    });
    const events = await masthead.as('admin').get('/admin/v1/events?type=api_key.created&limit=100');
    expect(events.body.data[0]).toMatchObject({ subject: { kind: 'api_key', id } });
    expect(JSON.stringify([list, events])).not.toContain(secret.slice(3));
    expect(await readWholeDatabase()).not.toContain(secret.slice(3));
  });

  test('the database stores the SHA-256 hash of the secret', async () => {
    const { id, secret } = await makeKey();
    const row = await masthead.database.prisma.apiKey.findUniqueOrThrow({ where: { id } });
    expect(row.secretHash).toBe(createHash('sha256').update(secret).digest('hex'));
  });

  test('a 400 response lists every schema violation at once', async () => {
    const answer = await masthead.as('admin').post(apiKeys, {
      name: ' ',
      role: 'owner',
      newsletterIds: [],
      expiresAt: '2030-01-01',
      secret: 'mine',
    });
    expect(answer.status).toBe(400);
    const pointers = answer.body.errors.map((fault: { pointer: string }) => fault.pointer).sort();
    expect(pointers).toEqual(['/expiresAt', '/name', '/newsletterIds', '/role', '/secret']);
  });

  test('a 422 response lists every invalid value at once, and no key is created', async () => {
    const { id } = await makeNewsletter(masthead);
    const count = await masthead.database.prisma.apiKey.count();
    const answer = await masthead.as('admin').post(apiKeys, {
      name: 'x',
      role: 'viewer',
      newsletterIds: [unknownId, id, unknownId.replace('0198', '0199')],
      expiresAt: '2020-01-01T00:00:00Z',
    });
    expect(answer).toMatchObject({
      status: 422,
      body: {
        errors: [{ pointer: '/expiresAt' }, { pointer: '/newsletterIds/0' }, { pointer: '/newsletterIds/2' }],
      },
    });
    expect(await masthead.database.prisma.apiKey.count()).toBe(count);
  });

  test('a newsletter that is listed twice is rejected', async () => {
    const { id } = await makeNewsletter(masthead);
    const answer = await masthead
      .as('admin')
      .post(apiKeys, { name: 'x', role: 'viewer', newsletterIds: [id, id.toUpperCase()] });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/newsletterIds' }] } });
  });

  test.each([
    '9999-12-31T23:59:59-23:59',
    '0000-01-01T00:00:00Z',
    '2030-02-30T00:00:00Z',
    '2030-01-01T00:00:00',
  ])('the expiry %s is rejected', async (expiresAt) => {
    const answer = await masthead.as('admin').post(apiKeys, { name: 'x', role: 'viewer', expiresAt });
    expect([400, 422]).toContain(answer.status);
    expect(answer.body.errors).toMatchObject([{ pointer: '/expiresAt' }]);
  });

  test('an expiry with a time zone offset is accepted and returned in UTC', async () => {
    const { expiresAt } = await makeKey({ expiresAt: '2099-01-01T00:00:00+10:00' });
    expect(expiresAt).toBe('2098-12-31T14:00:00.000Z');
  });
});

describe('the expiry of an API key', () => {
  test('a key that has been used before stops working once it expires', async () => {
    const { id, secret } = await makeKey({ expiresAt: '2099-01-01T00:00:00Z' });
    expect(await statusWith(secret)).toBe(200);
    await expire(id);
    expect(await statusWith(secret)).toBe(401);
  });

  test('an expired key stays in the list, so that an admin can see why it stopped working', async () => {
    const { id } = await makeKey({ expiresAt: '2099-01-01T00:00:00Z' });
    await expire(id);
    const { body } = await masthead.as('admin').get(`${apiKeys}?limit=1`);
    expect(body.data).toMatchObject([{ id, expiresAt: expect.any(String) }]);
  });

  async function expire(id: string): Promise<void> {
    await masthead.database.pool.query('UPDATE api_keys SET expires_at = now() WHERE id = $1', [id]);
  }
});

describe('API key revocation', () => {
  test('a revoked key is rejected on the very next request', async () => {
    const { id, secret } = await makeKey();
    expect(await statusWith(secret)).toBe(200);
    expect(await masthead.as('admin').delete(`${apiKeys}/${id}`)).toMatchObject({ status: 204, body: '' });
    expect(await statusWith(secret)).toBe(401);
  });

  test('of five concurrent revocations one succeeds, and one event is recorded', async () => {
    const { id } = await makeKey();
    const attempts = Array.from({ length: 5 }, () => masthead.as('admin').delete(`${apiKeys}/${id}`));
    const statuses = (await Promise.all(attempts)).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([204, 404, 404, 404, 404]);
    const events = await masthead.database.prisma.event.findMany({
      where: { subjectId: id, type: 'api_key.deleted' },
    });
    expect(events).toMatchObject([{ details: { name: 'Static site', role: 'viewer' } }]);
  });

  test('a key can revoke itself', async () => {
    const { id, secret } = await makeKey({ role: 'admin' });
    expect(await masthead.withKey(secret).delete(`${apiKeys}/${id}`)).toMatchObject({ status: 204 });
    expect(await statusWith(secret)).toBe(401);
  });
});

/** Every row of every table, as text. */
async function readWholeDatabase(): Promise<string> {
  const { rows } = await masthead.database.pool.query<{ rows: string }>(`
    SELECT query_to_xml('SELECT * FROM ' || quote_ident(table_name), true, false, '')::text AS rows
    FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`);
  expect(rows.length).toBeGreaterThan(10);
  return rows.map((table) => table.rows).join('\n');
}

test('the last key that can create keys cannot be revoked', async () => {
  const { body } = await masthead.as('admin').get(`${apiKeys}?limit=100`);
  const admins = body.data.filter(
    ({ role, newsletterIds }: { role: string; newsletterIds: unknown }) =>
      role === 'admin' && newsletterIds === null,
  );
  const [last, ...others] = admins;
  const heir = await makeKey({ role: 'admin', name: 'heir' });
  const asHeir = masthead.withKey(heir.secret);
  for (const { id } of [last, ...others])
    expect(await asHeir.delete(`${apiKeys}/${id}`)).toMatchObject({ status: 204 });
  expect(await asHeir.delete(`${apiKeys}/${heir.id}`)).toMatchObject({
    status: 409,
    body: { type: 'http://masthead.test/problems/last-admin-key' },
  });
  expect(await asHeir.get(apiKeys)).toMatchObject({ status: 200 });
});
