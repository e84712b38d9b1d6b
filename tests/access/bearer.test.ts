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
    ['the documented spelling', (key: string) => `Bearer ${key}`],
    ['the scheme in lower case', (key: string) => `bearer ${key}`],
    ['the scheme in upper case', (key: string) => `BEARER ${key}`],
    ['several spaces after the scheme', (key: string) => `Bearer   ${key}`],
  ])('a header with %s is accepted', async (_what, write) => {
    expect(await statusOf({ authorization: write(secret) })).toBe(200);
  });

  test.each([
    ['that is empty', () => ''],
    ['without a key', () => 'Bearer'],
    ['with a key of spaces', () => 'Bearer    '],
    ['without a scheme', (key: string) => key],
    ['with another scheme', (key: string) => `Basic ${key}`],
    ['with a scheme that starts with “Bearer”', (key: string) => `Bearers ${key}`],
    ['without a space after the scheme', (key: string) => `Bearer${key}`],
    ['with a tab instead of the space', (key: string) => `Bearer\t${key}`],
    ['with a quoted key', (key: string) => `Bearer "${key}"`],
    ['with a second key', (key: string) => `Bearer ${key} ${key}`],
    ['with a list of keys', (key: string) => `Bearer ${key}, Bearer ${key}`],
    ['with a key in upper case', (key: string) => `Bearer ${key.toUpperCase()}`],
    ['with a truncated key', (key: string) => `Bearer ${key.slice(0, -1)}`],
    ['with one character too many', (key: string) => `Bearer ${key}x`],
    ['with a key of 257 characters', () => `Bearer ${'x'.repeat(257)}`],
    ['with a key of 10,000 characters', () => `Bearer ${'x'.repeat(10_000)}`],
    ['with a non-ASCII key', () => 'Bearer mh_ключ'],
    ['with a NUL character after the key', (key: string) => `Bearer ${key}\u0000`],
    ['with a percent-encoded key', (key: string) => `Bearer ${key.replace('_', '%5F')}`],
  ])('an Authorization header %s returns 401', async (_what, write) => {
    expect(await masthead.anonymous.get(url, { authorization: write(secret) })).toMatchObject({
      status: 401,
      headers: { 'www-authenticate': expect.stringMatching(/^Bearer/) },
      body: { type: 'http://masthead.test/problems/unauthenticated' },
    });
  });

  test('only the first of two Authorization headers counts', async () => {
    expect(await statusOverTheWire(['Authorization', `Bearer ${secret}`, 'Authorization', 'Bearer x'])).toBe(
      200,
    );
    expect(await statusOverTheWire(['Authorization', 'Bearer x', 'Authorization', `Bearer ${secret}`])).toBe(
      401,
    );
  });

  test('white space around the header value is ignored', async () => {
    expect(await statusOverTheWire(['Authorization', `  Bearer ${secret}  `])).toBe(200);
  });

  test('a key with a Latin-1 letter returns 401', async () => {
    expect(await statusOverTheWire(['Authorization', 'Bearer mh_\u00e9'])).toBe(401);
  });
});

test('a key outside the Authorization header is ignored', async () => {
  expect(await statusOf({ cookie: `authorization=Bearer ${secret}` })).toBe(401);
  expect(await statusOf({ 'proxy-authorization': `Bearer ${secret}` })).toBe(401);
  expect(await statusOf({ 'x-api-key': secret })).toBe(401);
  expect((await masthead.anonymous.get(`${url}?access_token=${secret}`)).status).toBe(401);
  expect((await masthead.anonymous.post(url, { access_token: secret })).status).toBe(401);
});

test('a request without a key is rejected before its 5 MB body is read', async () => {
  const payload = `{"slug": "${'x'.repeat(5_000_000)}"}`;
  const headers = { 'content-type': 'application/json' };
  expect(await masthead.anonymous.send({ method: 'POST', url, payload, headers })).toMatchObject({
    status: 401,
  });
});

/** Sends `headers`, names and values alternating, without changing them. */
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
