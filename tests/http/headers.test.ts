import { describe, expect, test } from 'vitest';
import { operationsOf } from '../access/operations.ts';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter } from '../support/factories.ts';
import { injectAtDoor } from '../support/inject.ts';

const masthead = useMasthead();
const newsletters = '/admin/v1/newsletters';

describe('Cache-Control of the Admin API', () => {
  test('every GET operation returns no-store, whoever asks', async () => {
    const operations = (await operationsOf(masthead)).filter(
      ({ role, method }) => role !== null && method === 'GET',
    );
    for (const { id, path } of operations) {
      const url = path.replace('{id}', '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11');
      for (const client of [masthead.anonymous, masthead.as('viewer'), masthead.as('admin')]) {
        const { headers } = await client.get(url);
        expect.soft(headers['cache-control'], id).toBe('no-store');
      }
    }
  });

  test.each([
    ['a 201', 201, () => masthead.as('admin').post(newsletters, { slug: 'cached', title: 'x' })],
    ['a 400', 400, () => masthead.as('admin').post(newsletters, {})],
    ['a 404 for an unknown route', 404, () => masthead.as('admin').get('/admin/v1/nope')],
    [
      'a 409',
      409,
      async () => masthead.as('admin').post(newsletters, { slug: await takenSlug(), title: 'x' }),
    ],
    ['a 412', 412, async () => patch({ 'if-match': '"99"' })],
    ['a 413', 413, () => masthead.as('admin').post(newsletters, { slug: 'x'.repeat(5_000_000) })],
    ['a 415', 415, async () => patch({ 'content-type': 'text/csv' })],
    ['a preflight', 204, () => preflight()],
  ])('%s has no-store', async (_what, status, ask) => {
    expect(await ask()).toMatchObject({ status, headers: { 'cache-control': 'no-store' } });
  });
});

describe('the page at / and the API documentation', () => {
  test('the page forbids scripts and framing', async () => {
    const { headers } = await masthead.anonymous.get('/');
    expect(headers['content-security-policy']).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  test('HTML in the title of an issue is escaped on the page', async () => {
    const { id } = await makeNewsletter(masthead, { title: '<b>&"' });
    const sections = [{ title: 'x', items: [{ kind: 'note', title: 'x', body: 'x' }] }];
    const issue = await masthead
      .as('author')
      .post(`${newsletters}/${id}/issues`, { title: '</a><script>alert(1)</script>', sections });
    await masthead.as('editor').put(`/admin/v1/issues/${issue.body.id}/publication`, {}, { 'if-match': '*' });
    const { body } = await masthead.anonymous.get('/');
    expect(body).toContain('&lt;script&gt;');
    expect(body).not.toMatch(/<script|<b>/);
  });

  test.each([
    '/',
    '/docs',
    '/docs/',
    '/docs/scalar.js',
    '/openapi.json',
    '/health/live',
    '/health/ready',
    '/problems',
  ])('%s has X-Content-Type-Options: nosniff', async (url) => {
    expect((await masthead.anonymous.get(url)).headers['x-content-type-options']).toBe('nosniff');
  });

  test('the API reference allows scripts of this server only, reaches no other and cannot be framed', async () => {
    const { status, headers, body } = await masthead.anonymous.get('/docs/');
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer' });
    const policy = String(headers['content-security-policy']).split('; ');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("connect-src 'self' http://masthead.test");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(body).not.toMatch(/(src|href)="(https?:)?\/\//);
  });

  test('/docs redirects to the page below any path prefix', async () => {
    expect(await masthead.anonymous.get('/docs')).toMatchObject({
      status: 302,
      headers: { location: 'docs/' },
    });
  });

  test.each(['/openapi.json', '/docs/scalar.js', '/docs/page.js'])(
    '%s is sent compressed, and a copy is revalidated with its ETag',
    async (url) => {
      const plain = await injectAtDoor(masthead.app, url);
      expect(plain.statusCode).toBe(200);
      for (const encoding of ['br', 'gzip'] as const) {
        const accepting = { 'accept-encoding': encoding };
        const answer = await injectAtDoor(masthead.app, { url, headers: accepting });
        const etag = String(answer.headers.etag);
        expect(answer.headers).toMatchObject({ 'content-encoding': encoding, vary: 'accept-encoding' });
        expect(answer.rawPayload.length).toBeLessThan(plain.rawPayload.length / 1.5);
        expect(etag).not.toBe(plain.headers.etag);
        const headers = { ...accepting, 'if-none-match': etag };
        expect(await injectAtDoor(masthead.app, { url, headers })).toMatchObject({
          statusCode: 304,
          payload: '',
        });
      }
    },
  );

  test('the OpenAPI document has no indentation', async () => {
    const { payload } = await injectAtDoor(masthead.app, '/openapi.json');
    expect(payload).toBe(JSON.stringify(JSON.parse(payload)));
    expect(JSON.parse(payload)).toMatchObject({ openapi: '3.1.1' });
  });
});

async function takenSlug(): Promise<string> {
  return (await makeNewsletter(masthead)).slug;
}

async function patch(headers: Record<string, string>) {
  const { id } = await makeNewsletter(masthead);
  return masthead.as('admin').patch(`${newsletters}/${id}`, { title: 'x' }, headers);
}

function preflight() {
  const headers = { origin: 'https://admin.example.com', 'access-control-request-method': 'PATCH' };
  return masthead.anonymous.send({ method: 'OPTIONS', url: newsletters, headers });
}
