import { request } from 'node:http';
import { beforeAll, describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';

const masthead = useMasthead();
const url = '/admin/v1/newsletters';
let secret: string;

beforeAll(async () => {
  const key = await masthead.as('admin').post('/admin/v1/api-keys', { name: 'bearer', role: 'admin' });
  secret = key.body.secret;
  await masthead.app.listen({ host: '127.0.0.1', port: 0 });
});

const statusOf = async (headers: Record<string, string>) =>
  (await masthead.anonymous.get(url, headers)).status;

describe('the Authorization header', () => {
  test.each([
    ['as written in the documentation', (key: string) => `Bearer ${key}`],
    ['with the scheme in lower case', (key: string) => `bearer ${key}`],
    ['with the scheme in upper case', (key: string) => `BEARER ${key}`],
    ['with more than one space', (key: string) => `Bearer   ${key}`],
  ])('is taken %s', async (_how, write) => {
    expect(await statusOf({ authorization: write(secret) })).toBe(200);
  });

  test.each([
    ['that is empty', () => ''],
    ['without a key', () => 'Bearer'],
    ['with a key of spaces', () => 'Bearer    '],
    ['without a scheme', (key: string) => key],
    ['of another scheme', (key: string) => `Basic ${key}`],
    ['of a scheme that begins alike', (key: string) => `Bearers ${key}`],
    ['without a space', (key: string) => `Bearer${key}`],
    ['with a tab for the space', (key: string) => `Bearer\t${key}`],
    ['with a quoted key', (key: string) => `Bearer "${key}"`],
    ['with a second key', (key: string) => `Bearer ${key} ${key}`],
    ['with a list of keys', (key: string) => `Bearer ${key}, Bearer ${key}`],
    ['with a key in upper case', (key: string) => `Bearer ${key.toUpperCase()}`],
    ['with a key cut short', (key: string) => `Bearer ${key.slice(0, -1)}`],
    ['with a key and more', (key: string) => `Bearer ${key}x`],
    ['with a key of 257 characters', () => `Bearer ${'x'.repeat(257)}`],
    ['with a key of 10,000 characters', () => `Bearer ${'x'.repeat(10_000)}`],
    ['with a key beyond ASCII', () => 'Bearer mh_ключ'],
    ['with NUL in the key', (key: string) => `Bearer ${key}\u0000`],
    ['with a percent-encoded key', (key: string) => `Bearer ${key.replace('_', '%5F')}`],
  ])('%s is a 401', async (_what, write) => {
    expect(await masthead.anonymous.get(url, { authorization: write(secret) })).toMatchObject({
      status: 401,
      headers: { 'www-authenticate': expect.stringMatching(/^Bearer/) },
      body: { type: 'urn:masthead:problem:unauthenticated' },
    });
  });

  test('sent twice counts as the first', async () => {
    expect(await statusOverTheWire(['Authorization', `Bearer ${secret}`, 'Authorization', 'Bearer x'])).toBe(
      200,
    );
    expect(await statusOverTheWire(['Authorization', 'Bearer x', 'Authorization', `Bearer ${secret}`])).toBe(
      401,
    );
  });

  test('may have white space around it on the wire', async () => {
    expect(await statusOverTheWire(['Authorization', `  Bearer ${secret}  `])).toBe(200);
  });

  test('with Latin letters on the wire is a 401', async () => {
    expect(await statusOverTheWire(['Authorization', 'Bearer mh_\u00e9'])).toBe(401);
  });
});

test('a key elsewhere than in the header is none', async () => {
  expect(await statusOf({ cookie: `authorization=Bearer ${secret}` })).toBe(401);
  expect(await statusOf({ 'proxy-authorization': `Bearer ${secret}` })).toBe(401);
  expect(await statusOf({ 'x-api-key': secret })).toBe(401);
  expect((await masthead.anonymous.get(`${url}?access_token=${secret}`)).status).toBe(401);
  expect((await masthead.anonymous.post(url, { access_token: secret })).status).toBe(401);
});

test('a key is asked for before the body is read', async () => {
  const payload = `{"slug": "${'x'.repeat(5_000_000)}"}`;
  const headers = { 'content-type': 'application/json' };
  expect(await masthead.anonymous.send({ method: 'POST', url, payload, headers })).toMatchObject({
    status: 401,
  });
});

/** `headers` are names and values in turn, sent as they stand. */
function statusOverTheWire(headers: string[]): Promise<number | undefined> {
  const address = masthead.app.server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return new Promise((resolve, reject) => {
    const sent = request({
      host: '127.0.0.1',
      port,
      path: url,
      headers: ['Host', 'masthead.test', ...headers],
    });
    sent.on('response', (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject);
    sent.end();
  });
}
