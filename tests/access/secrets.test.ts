import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildLoggedApp, type LoggedApp, openDeadDatabase } from '../http/logged-app.ts';
import { useMasthead } from '../support/app.ts';

const masthead = useMasthead();
const url = '/admin/v1/newsletters';
const json = { 'content-type': 'application/json' };

let logged: LoggedApp;
let known: string;
const unknown = `mh_${'unknown'.repeat(6)}x`;

beforeAll(async () => {
  logged = await buildLoggedApp(masthead);
  known = (await masthead.as('admin').post('/admin/v1/api-keys', { name: 'x', role: 'admin' })).body.secret;
});
afterAll(() => logged.app.close());

/** The secret in plain text and as bytes, Base64 and hex, as a serializer might write it. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [secret, [...bytes].join(','), bytes.toString('base64'), bytes.toString('hex')];
}

describe.each([
  ['the secret of a valid key', () => known],
  ['the secret of an unknown key', () => unknown],
])('%s', (_which, secretOf) => {
  test('neither the log nor any response contains the secret, whatever fails', async () => {
    const authorization = `Bearer ${secretOf()}`;
    const send = async (options: object) => (await logged.app.inject(options)).body;
    const bodies = [
      await send({ url, headers: { authorization } }),
      await send({ method: 'HEAD', url, headers: { authorization } }),
      await send({ url: `${url}/nope`, headers: { authorization } }),
      await send({ url: '/admin/v1/nope', headers: { authorization } }),
      await send({ url: `${url}?limit=${secretOf()}`, headers: { authorization } }),
      await send({ url: `${url}?access_token=${secretOf()}` }),
      await send({ url: `/content/v1/nope?access_token=${secretOf()}` }),
      await send({ url: `${url}/%?access_token=${secretOf()}` }),
      await send({
        method: 'POST',
        url,
        headers: { authorization, ...json },
        payload: `{"a": ${secretOf()}`,
      }),
      await send({ method: 'POST', url, headers: { authorization, ...json }, payload: { slug: secretOf() } }),
      await send({
        method: 'POST',
        url,
        headers: { authorization, 'content-type': secretOf() },
        payload: 'x',
      }),
      await send({ method: 'PATCH', url: `${url}/x`, headers: { authorization, 'if-match': secretOf() } }),
      await send({ url, headers: { authorization: `Basic ${secretOf()}` } }),
      await send({ url, headers: { authorization: `Bearer ${secretOf()} ${secretOf()}` } }),
      await send({ url: '/content/v1/newsletters/none', headers: { authorization } }),
    ];
    expect(logged.log()).toContain('request completed');
    for (const form of formsOf(secretOf())) {
      expect(logged.log()).not.toContain(form);
      expect(bodies.join('\n')).not.toContain(form);
    }
  });

  test('the secret is not logged while the database is unavailable', async () => {
    const dead = openDeadDatabase();
    const withoutDatabase = await buildLoggedApp(masthead, dead);
    await withoutDatabase.app.inject({ url, headers: { authorization: `Bearer ${secretOf()}` } });
    await withoutDatabase.app.close();
    await dead.close();
    expect(withoutDatabase.log()).toContain('request failed');
    for (const form of formsOf(secretOf())) expect(withoutDatabase.log()).not.toContain(form);
  });
});

test('the log names the pattern of a path, because somebody may type a key into it', async () => {
  const headers = { authorization: `Bearer ${known}` };
  const before = logged.log().length;
  for (const path of [
    `/admin/v1/${known}`,
    `/admin/v1/issues/${known}`,
    `/admin/v1/issues/${known}/schedule`,
  ])
    expect((await logged.app.inject({ url: path, headers })).statusCode).toBeGreaterThanOrEqual(400);
  const log = logged.log().slice(before);
  expect(log).toContain('/admin/v1/issues/:id');
  expect(log).toContain('(unknown path)');
  for (const form of formsOf(known)) expect(log).not.toContain(form);
});

test('the secret of a new key is in the response and not in the log', async () => {
  const answer = await logged.app.inject({
    method: 'POST',
    url: '/admin/v1/api-keys',
    headers: { authorization: `Bearer ${known}` },
    payload: { name: 'new', role: 'viewer' },
  });
  const { secret } = answer.json();
  expect(answer.statusCode).toBe(201);
  for (const form of formsOf(secret)) expect(logged.log()).not.toContain(form);
});
