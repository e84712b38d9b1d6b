import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter } from '../support/factories.ts';

const masthead = useMasthead();
const unknownId = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11';

/** The members and headers that every problem has. */
function problemOf(status: number, code: string) {
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
    body: {
      type: `http://masthead.test/problems/${code}`,
      title: expect.stringMatching(/^(?!Error$)./),
      status,
      detail: expect.any(String),
    },
  };
}

describe('an unknown route', () => {
  test.each([
    '/nope',
    '/admin',
    '/admin/v1',
    '/admin/v1/nope',
    '/content/v1',
    '/content/v1/nope',
    '/content/v2/x',
  ])('%s returns a 404 problem', async (url) => {
    expect(await masthead.as('admin').get(url)).toMatchObject(problemOf(404, 'no-such-route'));
  });

  test.each([
    '/content/v1/newsletters/',
    '/CONTENT/v1/newsletters',
    '/content//v1/newsletters',
    '//content/v1/newsletters',
  ])('%s is not treated as a similar route', async (url) => {
    expect(await masthead.anonymous.get(url)).toMatchObject({ status: 404, body: { status: 404 } });
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'TRACE'] as const)(
    '%s is not allowed on the Content API and the page at /',
    async (method) => {
      for (const url of ['/content/v1/newsletters', '/content/v1/newsletters/x/issues/1', '/']) {
        expect(await masthead.as('admin').send({ method, url })).toMatchObject(
          problemOf(404, 'no-such-route'),
        );
      }
    },
  );

  test('a method that a route does not have returns a 404 problem', async () => {
    const url = `/admin/v1/newsletters/${unknownId}`;
    expect(await masthead.as('admin').put(url, {})).toMatchObject(problemOf(404, 'no-such-route'));
    expect(await masthead.as('admin').post(url, {})).toMatchObject(problemOf(404, 'no-such-route'));
  });

  test('a method override in a header or in the query is ignored', async () => {
    const { id } = await makeNewsletter(masthead);
    const url = `/admin/v1/newsletters/${id}`;
    await masthead.as('admin').get(`${url}?_method=DELETE`, { 'x-http-method-override': 'DELETE' });
    expect(await masthead.as('admin').get(url)).toMatchObject({ status: 200 });
  });
});

describe('a malformed address', () => {
  test.each(['%', '%zz', '%FF', '%C0%AF', '%ED%A0%80', '%F8%88%80%80%80'])(
    '%s returns a 400 problem that does not repeat the address',
    async (part) => {
      for (const url of [`/admin/v1/newsletters/${part}`, `/content/v1/newsletters/${part}/issues`]) {
        const answer = await masthead.as('admin').get(`${url}?key=secret`);
        expect(answer).toMatchObject(problemOf(400, 'bad-address'));
        expect(answer.body.detail).not.toContain(part);
        expect(answer.body.detail).not.toContain('secret');
      }
    },
  );

  test('an address with a part of 8,000 characters returns 400 or 404', async () => {
    const long = 'x'.repeat(8_000);
    expect(await masthead.as('admin').get(`/admin/v1/newsletters/${long}`)).toMatchObject({ status: 400 });
    expect(await masthead.anonymous.get(`/content/v1/newsletters/${long}`)).toMatchObject({ status: 404 });
    expect(await masthead.anonymous.get(`/media/${long}`)).toMatchObject({ status: 404 });
  });

  test('an unknown query parameter of the Admin API returns 400', async () => {
    const answer = await masthead
      .as('admin')
      .get('/admin/v1/newsletters/0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11?foo=1');
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ in: 'query', pointer: '/foo' }] } });
  });
});

describe('a request body', () => {
  const url = '/admin/v1/newsletters';
  const send = (payload: string | Buffer, type?: string) =>
    masthead
      .as('admin')
      .send({ method: 'POST', url, payload, headers: type === undefined ? {} : { 'content-type': type } });

  test.each([
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonx',
    'application/merge-patch+json',
    'json',
    ';',
  ])('a body with the content type %s returns 415', async (type) => {
    expect(await send('{}', type)).toMatchObject(problemOf(415, 'invalid-media-type'));
  });

  test('a body of more than 4 MiB returns 413, even if it is chunked', async () => {
    const large = Buffer.alloc(4 * 1024 * 1024 + 1, ' ');
    expect(await send(large, 'application/json')).toMatchObject(problemOf(413, 'body-too-large'));
    const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
    expect(await masthead.as('admin').send({ method: 'POST', url, payload: large, headers })).toMatchObject(
      problemOf(413, 'body-too-large'),
    );
  });

  test('a body that is not UTF-8 returns 400', async () => {
    const bytes = Buffer.concat([
      Buffer.from('{"slug":"x","title":"'),
      Buffer.from([0xc3, 0x28]),
      Buffer.from('"}'),
    ]);
    expect(await send(bytes, 'application/json')).toMatchObject(problemOf(400, 'not-utf8'));
  });

  test('the problem for a malformed body does not repeat it', async () => {
    const answer = await send('{"secret": mh_do_not_say', 'application/json');
    expect(answer).toMatchObject(problemOf(400, 'invalid-json-body'));
    expect(JSON.stringify(answer.body)).not.toContain('mh_do_not_say');
  });
});

describe('a query string', () => {
  const url = '/admin/v1/newsletters';

  test.each([
    '__proto__=1',
    'constructor=1',
    'toString=1',
    'limit[]=1',
    'limit.x=1',
    '=1',
    'limit%00=1',
    'Limit=1',
  ])('a query with %s returns 400, except from the Content API, which ignores it', async (query) => {
    const answer = await masthead.as('viewer').get(`${url}?${query}`);
    expect(answer).toMatchObject(problemOf(400, 'invalid-request'));
    expect(answer.body.errors).toMatchObject([{ code: 'unknown_field', in: 'query' }]);
    expect(await masthead.anonymous.get(`/content/v1/newsletters?${query}`)).toMatchObject({ status: 200 });
  });

  test('every one of 1,501 invalid parameters is counted, and the first 100 are listed', async () => {
    const parameters = Array.from({ length: 1500 }, (_, index) => `p${index}=1`).join('&');
    const { body } = await masthead.as('viewer').get(`${url}?limit=0&${parameters}`);
    expect(body).toMatchObject({ status: 400, detail: '1501 values are invalid.' });
    expect(body.errors).toHaveLength(100);
    expect(body.omittedErrors).toBe(1401);
  });

  test('a parameter that is repeated a thousand times returns 400', async () => {
    const { body } = await masthead.as('viewer').get(`${url}?${'limit=1&'.repeat(1000)}`);
    expect(body).toMatchObject({ status: 400, errors: [{ pointer: '/limit', in: 'query' }] });
  });
});
