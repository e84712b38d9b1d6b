import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';

const masthead = useMasthead();
const allowed = 'https://admin.example.com';
const url = '/admin/v1/newsletters';
const allowOrigin = 'access-control-allow-origin';

describe('the Admin API and a page of an allowed origin', () => {
  test.each([
    ['a 200 response', () => masthead.as('viewer').get(url, { origin: allowed }), 200],
    ['a 401 response', () => masthead.anonymous.get(url, { origin: allowed }), 401],
    ['a 403 response', () => masthead.as('viewer').post(url, {}, { origin: allowed }), 403],
    ['a 400 response', () => masthead.as('viewer').get(`${url}?x=1`, { origin: allowed }), 400],
    [
      'a 404 response',
      () => masthead.as('viewer').get(`${url}/0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11`, { origin: allowed }),
      404,
    ],
  ])('the page can read %s', async (_what, ask, status) => {
    const answer = await ask();
    expect(answer).toMatchObject({ status, headers: { [allowOrigin]: allowed, vary: 'Origin' } });
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
    expect(answer.headers['access-control-expose-headers']).toMatch(/ETag.*Link.*Location/);
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('a page may %s with key and If-Match', async (method) => {
    const answer = await preflight(allowed, method);
    expect(answer).toMatchObject({
      status: 204,
      headers: {
        [allowOrigin]: allowed,
        'access-control-allow-methods': expect.stringContaining(method),
        'access-control-allow-headers': expect.stringMatching(/authorization.*if-match/),
        vary: expect.stringContaining('Origin'),
      },
    });
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
  });
});

describe.each([
  'https://evil.example.com',
  'http://admin.example.com',
  'https://admin.example.com:8443',
  'https://admin.example.com.evil.example',
  'https://xadmin.example.com',
  'HTTPS://ADMIN.EXAMPLE.COM',
  'null',
  '*',
  '',
])('the Admin API and a page of the origin "%s"', (origin) => {
  test('the page cannot read any response', async () => {
    const answers = [
      await masthead.as('viewer').get(url, { origin }),
      await masthead.anonymous.get(url, { origin }),
      await preflight(origin, 'DELETE'),
    ];
    for (const { headers } of answers) {
      expect(headers).not.toHaveProperty(allowOrigin);
      expect(headers).not.toHaveProperty('access-control-allow-credentials');
    }
  });
});

test('a response to a request without Origin still has Vary: Origin', async () => {
  expect(await masthead.as('viewer').get(url)).toMatchObject({ headers: { vary: 'Origin' } });
});

function preflight(origin: string, method: string) {
  return masthead.anonymous.send({
    method: 'OPTIONS',
    url: `${url}/0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11`,
    headers: {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': 'authorization,content-type,if-match',
    },
  });
}
