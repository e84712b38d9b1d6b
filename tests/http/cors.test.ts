import { describe, expect, test } from 'vitest';
import { EXPOSED_HEADERS } from '../../src/lib/exposed-headers.ts';
import { putFile } from '../media/serving/stored-files.ts';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter } from '../support/factories.ts';
import { buildLoggedApp, openDeadDatabase } from './logged-app.ts';

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
    expect(answer.headers['access-control-expose-headers']).toBe(EXPOSED_HEADERS.join(', '));
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

describe('the response headers that a script of another origin can read', () => {
  const exposed = EXPOSED_HEADERS.join(', ');

  test.each(['ETag', 'Link', 'Location', 'Retry-After', 'Content-Range'])('%s is one of them', (name) => {
    expect(EXPOSED_HEADERS).toContain(name);
  });

  test('they are the same for every public response, also for errors', async () => {
    const { slug } = await makeNewsletter(masthead);
    const file = await putFile(masthead, 'mp3');
    const base = `/content/v1/newsletters/${slug}`;
    for (const [path, status] of [
      [base, 200],
      [`${base}/changes`, 200],
      [`${base}/feed.rss`, 200],
      [`${base}/issues/latest`, 404],
      [`${base}/issues?limit=0`, 400],
      ['/content/v1/nope', 404],
      ['/content/v1/newsletters/%zz', 400],
      ['/media/%zz', 400],
      [file.path, 200],
      [`${file.path}?w=1`, 400],
      ['/media/nope.png', 404],
    ] as const) {
      const answer = await masthead.anonymous.get(path, { origin: 'https://reader.example' });
      expect.soft(answer.status, path).toBe(status);
      expect.soft(answer.headers, path).toMatchObject({
        [allowOrigin]: '*',
        'access-control-expose-headers': exposed,
      });
    }
    const known = { 'if-none-match': '*' };
    expect(await masthead.anonymous.get(base, known)).toMatchObject({
      status: 304,
      headers: { 'access-control-expose-headers': exposed },
    });
  });

  test('they are the same for a 503, which has Retry-After', async () => {
    const dead = openDeadDatabase();
    const { app } = await buildLoggedApp(masthead, dead);
    const headers = { origin: allowed, authorization: 'Bearer x' };
    for (const url of ['/content/v1/newsletters', '/media/a.png', '/admin/v1/newsletters']) {
      const answer = await app.inject({ url, headers });
      if (url !== '/media/a.png') expect.soft(answer.statusCode, url).toBe(503);
      expect.soft(answer.headers['access-control-expose-headers'], url).toBe(exposed);
    }
    await app.close();
    await dead.close();
  });
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
