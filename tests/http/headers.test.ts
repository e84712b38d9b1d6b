import { describe, expect, test } from 'vitest';
import { operationsOf } from '../access/operations.ts';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter } from '../support/factories.ts';

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

  test('the OpenAPI document and its viewer are served and load nothing from another host', async () => {
    expect(await masthead.anonymous.get('/openapi.json')).toMatchObject({ body: { openapi: '3.1.1' } });
    const docs = await masthead.anonymous.get('/docs/');
    expect(docs.status).toBe(200);
    expect(docs.body).not.toMatch(/(src|href)="(https?:)?\/\//);
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
