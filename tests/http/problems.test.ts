import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter, makeReadyIssue } from '../support/factories.ts';

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

  test('a method override in a header or in the query is ignored', async () => {
    const { id } = await makeNewsletter(masthead);
    const url = `/admin/v1/newsletters/${id}`;
    await masthead.as('admin').get(`${url}?_method=DELETE`, { 'x-http-method-override': 'DELETE' });
    expect(await masthead.as('admin').get(url)).toMatchObject({ status: 200 });
  });
});

describe('a method that a path does not have', () => {
  const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND'] as const;

  test('every path of the document returns a 405 that lists its methods', async () => {
    const { body } = await masthead.anonymous.get('/openapi.json');
    for (const [pattern, operations] of Object.entries<object>(body.paths)) {
      const url = pattern.replaceAll(/\{\w+\}/g, unknownId);
      const own = Object.keys(operations).map((method) => method.toUpperCase());
      const allowed = METHODS.filter((method) => own.includes(method === 'HEAD' ? 'GET' : method));
      for (const method of METHODS.filter((each) => !allowed.includes(each))) {
        const answer = await masthead.as('admin').send({ method: method as 'GET', url });
        expect.soft(answer.status, `${method} ${url}`).toBe(405);
        expect.soft(answer.headers.allow, `${method} ${url}`).toBe([...allowed, 'OPTIONS'].join(', '));
        if (method === 'HEAD') continue;
        expect.soft(answer).toMatchObject(problemOf(405, 'method-not-allowed'));
        expect.soft(answer.body.allowed).toEqual([...allowed, 'OPTIONS']);
      }
    }
  });

  test.each(['/', '/problems', '/problems/not-found', '/docs', '/openapi.json'])(
    'POST %s returns a 405',
    async (url) => {
      expect(await masthead.anonymous.send({ method: 'POST', url })).toMatchObject({
        ...problemOf(405, 'method-not-allowed'),
        headers: { allow: 'GET, HEAD, OPTIONS' },
      });
    },
  );

  test('the body of the request does not matter', async () => {
    for (const type of ['text/csv', 'application/json', 'multipart/form-data']) {
      const sent = { method: 'PUT', payload: 'x', headers: { 'content-type': type } } as const;
      expect(await masthead.as('admin').send({ ...sent, url: '/admin/v1/newsletters' })).toMatchObject(
        problemOf(405, 'method-not-allowed'),
      );
      expect(await masthead.as('admin').send({ ...sent, url: '/admin/v1/nope' })).toMatchObject(
        problemOf(404, 'no-such-route'),
      );
    }
  });

  test('the Admin API tells it only to those who have a key', async () => {
    const sent = { method: 'PUT', url: '/admin/v1/newsletters' } as const;
    expect(await masthead.anonymous.send(sent)).toMatchObject({ status: 401 });
  });

  test.each([
    ['/admin/v1/newsletters', 'GET, HEAD, POST, OPTIONS'],
    [`/admin/v1/newsletters/${unknownId}`, 'GET, HEAD, PATCH, DELETE, OPTIONS'],
    ['/content/v1/newsletters', 'GET, HEAD, OPTIONS'],
    ['/media/x', 'GET, HEAD, OPTIONS'],
    ['/health/live', 'GET, HEAD, OPTIONS'],
    ['/', 'GET, HEAD, OPTIONS'],
  ])('OPTIONS %s lists the methods', async (url, allow) => {
    expect(await masthead.anonymous.send({ method: 'OPTIONS', url })).toMatchObject({
      status: 204,
      headers: { allow },
    });
  });

  test.each(['/admin/v1/nope', '/content/v1/nope', '/nope'])('OPTIONS %s lists none', async (url) => {
    const { headers } = await masthead.anonymous.send({ method: 'OPTIONS', url });
    expect(headers).not.toHaveProperty('allow');
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

  test.each([
    ['POST', '/newsletters', ['application/json'], 'text/csv'],
    ['PATCH', `/papers/${unknownId}`, ['application/json'], 'application/merge-patch+json'],
    ['PATCH', `/media/${unknownId}`, ['application/json'], 'multipart/form-data; boundary=x'],
    ['POST', '/media', ['multipart/form-data'], 'application/json'],
    ['PUT', `/media/${unknownId}/file`, ['multipart/form-data'], 'image/png'],
    [
      'POST',
      '/papers/imports',
      [
        'application/json',
        'application/x-bibtex',
        'application/x-research-info-systems',
        'application/vnd.citationstyles.csl+json',
      ],
      'text/plain',
    ],
  ] as const)(
    'a 415 of %s %s lists the content types that it accepts',
    async (method, path, accepted, type) => {
      const headers = { 'content-type': type };
      expect(
        await masthead.as('admin').send({ method, url: `/admin/v1${path}`, payload: '{}', headers }),
      ).toMatchObject({
        ...problemOf(415, 'invalid-media-type'),
        headers: { accept: accepted.join(', ') },
        body: { accepted, detail: expect.stringContaining(accepted.join(' or ')) },
      });
    },
  );

  const encodedIn = (coding: string) =>
    masthead.as('admin').send({
      method: 'POST',
      url,
      payload: '{}',
      headers: { 'content-type': 'application/json', 'content-encoding': coding },
    });

  test.each(['gzip', 'br', 'deflate', 'gzip, br'])('a body in the coding %s returns 415', async (coding) => {
    const answer = await encodedIn(coding);
    expect(answer).toMatchObject(problemOf(415, 'encoded-body'));
    expect(answer.headers).toMatchObject({ 'accept-encoding': 'identity' });
  });

  test('a body in the coding identity is read', async () => {
    expect(await encodedIn('identity')).toMatchObject(problemOf(400, 'invalid-request'));
  });

  test('a 415 of an operation without a body says so', async () => {
    const headers = { 'content-type': 'text/csv' };
    const sent = { method: 'DELETE', url: `/admin/v1/people/${unknownId}`, payload: 'x', headers } as const;
    const answer = await masthead.as('admin').send(sent);
    expect(answer).toMatchObject({ ...problemOf(415, 'invalid-media-type') });
    expect(answer.body.detail).toBe('The operation takes no body.');
    expect(answer.headers).not.toHaveProperty('accept');
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

describe('an absent body', () => {
  const patchOf = (path: string) =>
    ({ method: 'PATCH', url: `/admin/v1${path}`, headers: { 'if-match': '*' } }) as const;

  test.each([
    ['without Content-Type', {}],
    ['with Content-Type: application/json', { 'content-type': 'application/json' }],
    ['with Content-Length: 0', { 'content-type': 'application/json', 'content-length': '0' }],
  ])('publishes an issue %s', async (_how, headers) => {
    const { id } = await makeReadyIssue(masthead);
    const sent = { method: 'PUT', url: `/admin/v1/issues/${id}/publication` } as const;
    expect(
      await masthead.as('editor').send({ ...sent, headers: { 'if-match': '*', ...headers } }),
    ).toMatchObject({ status: 200, body: { status: 'published' } });
  });

  test('is accepted by exactly the operations that require no member, except for changes', async () => {
    const document = (await masthead.anonymous.get('/openapi.json')).body;
    const { id: newsletter } = await makeNewsletter(masthead);
    const { id: issue, sections } = await makeReadyIssue(masthead, { newsletterId: newsletter });
    const optional = Object.entries<
      Record<string, { operationId: string; requestBody?: { required?: boolean } }>
    >(document.paths).flatMap(([, operations]) =>
      Object.values(operations)
        .filter(({ requestBody }) => requestBody && !requestBody.required)
        .map(({ operationId }) => operationId),
    );
    expect(optional.toSorted()).toMatchInlineSnapshot(`
      [
        "createIssue",
        "publishIssue",
      ]
    `);
    for (const path of [
      `/newsletters/${newsletter}`,
      `/issues/${issue}`,
      `/sections/${sections[0].id}`,
      `/items/${sections[0].items[0].id}`,
    ]) {
      expect(await masthead.as('admin').send(patchOf(path)), path).toMatchObject({ status: 400 });
    }
  });

  test.each([{}, { 'content-type': 'application/json' }])(
    'is refused if the operation requires a member (%j)',
    async (headers: Record<string, string>) => {
      const answer = await masthead
        .as('admin')
        .send({ method: 'POST', url: '/admin/v1/newsletters', headers });
      expect(answer).toMatchObject({ status: 400 });
    },
  );

  test('null is no absent body', async () => {
    const { id } = await makeReadyIssue(masthead);
    const url = `/admin/v1/issues/${id}/publication`;
    expect(await masthead.as('editor').put(url, null, { 'if-match': '*' })).toMatchObject({ status: 400 });
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
