import { describe, expect, test } from 'vitest';
import { readBytes, withdraw } from '../delivery/reading.ts';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter, makeReadyIssue, publish } from '../support/factories.ts';
import { all, one, parseXml } from './parse-xml.ts';

const masthead = useMasthead();
const base = '/content/v1/newsletters';
const index = '/content/v1/sitemap.xml';
const namespace = 'http://www.sitemaps.org/schemas/sitemap/0.9';

async function read(url: string) {
  const answer = await readBytes(masthead, url);
  expect(answer).toMatchObject({
    status: 200,
    headers: { 'content-type': 'application/xml; charset=utf-8' },
  });
  const root = parseXml(answer.body);
  expect(root.attributes).toEqual({ xmlns: namespace });
  return root;
}

/** Addresses in a sitemap or an index. */
async function addressesIn(url: string): Promise<string[]> {
  return (await read(url)).children.map((child) => one(child, 'loc').text);
}

async function publishNumbers(newsletterId: string, numbers: number[]) {
  const issues = [];
  for (const number of numbers) {
    const issue = await makeReadyIssue(masthead, { newsletterId, number });
    await publish(masthead, issue.id);
    issues.push(issue);
  }
  return issues;
}

const addressOf = ({ slug }: { slug: string }) => `http://masthead.test${base}/${slug}/sitemap.xml`;

describe('the sitemap of a newsletter', () => {
  test('the sitemap has the page of each published issue and when its edition was published', async () => {
    const newsletter = await makeNewsletter(masthead, { issueUrl: 'https://letter.example/?a=1&i={slug}' });
    const [first] = await publishNumbers(newsletter.id, [1, 2]);
    await makeReadyIssue(masthead, { newsletterId: newsletter.id });
    const [withdrawn] = await publishNumbers(newsletter.id, [40]);
    await withdraw(masthead, withdrawn.id);
    const change = { title: 'Corrected' };
    await masthead.as('author').patch(`/admin/v1/issues/${first.id}`, change, { 'if-match': '*' });
    await publish(masthead, first.id);
    const root = await read(`${base}/${newsletter.slug}/sitemap.xml`);
    expect(root.name).toBe('urlset');
    expect(all(root, 'url').map((url) => one(url, 'loc').text)).toEqual([
      'https://letter.example/?a=1&i=issue-1',
      'https://letter.example/?a=1&i=issue-2',
    ]);
    const issue = await masthead.anonymous.get(`${base}/${newsletter.slug}/issues/1`);
    expect(issue.body).toMatchObject({ edition: 2 });
    expect(all(root, 'url').map((url) => one(url, 'lastmod').text)[0]).toBe(issue.body.updatedAt);
  });

  test('the sitemap of a newsletter without a frontend lists addresses of the Content API', async () => {
    const newsletter = await makeNewsletter(masthead);
    await publishNumbers(newsletter.id, [7]);
    const page = `http://masthead.test${base}/${newsletter.slug}/issues/7`;
    expect(await addressesIn(`${base}/${newsletter.slug}/sitemap.xml`)).toEqual([page]);
  });

  test('the sitemap is empty while nothing is published, and an unknown newsletter returns 404', async () => {
    const newsletter = await makeNewsletter(masthead);
    expect(await addressesIn(`${base}/${newsletter.slug}/sitemap.xml`)).toEqual([]);
    for (const slug of ['never', '%00']) {
      expect(await masthead.anonymous.get(`${base}/${slug}/sitemap.xml`)).toMatchObject({ status: 404 });
      expect(await masthead.anonymous.get(`${base}/${slug}/sitemap.xml?from=1`)).toMatchObject({
        status: 404,
      });
    }
  });

  test('the sitemap of issue numbers above 1,000 is an index of parts, each with its own range', async () => {
    const newsletter = await makeNewsletter(masthead, { issueUrl: 'https://letter.example/{number}' });
    await publishNumbers(newsletter.id, [1, 1_000, 1_001, 2_000, 202_601]);
    const url = `${base}/${newsletter.slug}/sitemap.xml`;
    expect((await read(url)).name).toBe('sitemapindex');
    const parts = await addressesIn(url);
    expect(parts).toEqual([1, 1_001, 202_001].map((from) => `${addressOf(newsletter)}?from=${from}`));
    const pages = [];
    for (const part of parts) pages.push(await addressesIn(part.replace('http://masthead.test', '')));
    expect(pages).toEqual(
      [[1, 1_000], [1_001, 2_000], [202_601]].map((numbers) =>
        numbers.map((number) => `https://letter.example/${number}`),
      ),
    );
    expect(await masthead.anonymous.get(`${url}?from=2001`)).toMatchObject({ status: 404 });
  });

  test('a part is unchanged when issues of other parts are published', async () => {
    const newsletter = await makeNewsletter(masthead);
    await publishNumbers(newsletter.id, [1, 2]);
    const part = `${base}/${newsletter.slug}/sitemap.xml?from=1`;
    const before = await readBytes(masthead, part);
    expect(before.status).toBe(200);
    await publishNumbers(newsletter.id, [1_001, 3_000]);
    expect(await readBytes(masthead, part)).toEqual(before);
  });

  test.each(['?from=0', '?from=2', '?from=1000', '?from=-1', '?from=x', '?from=', '?from=1&from=1'])(
    'a sitemap with the query %s returns 400',
    async (query) => {
      const { slug } = await makeNewsletter(masthead);
      const answer = await masthead.anonymous.get(`${base}/${slug}/sitemap.xml${query}`);
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ in: 'query' }] } });
    },
  );

  test('a known sitemap returns 304 until an issue is published', async () => {
    const newsletter = await makeNewsletter(masthead);
    await publishNumbers(newsletter.id, [1]);
    const url = `${base}/${newsletter.slug}/sitemap.xml`;
    const { headers } = await readBytes(masthead, url);
    expect(headers['surrogate-key']).toBe(`content newsletter:${newsletter.id} archive:${newsletter.id}`);
    const condition = { 'if-none-match': String(headers.etag) };
    expect(await readBytes(masthead, url, condition)).toMatchObject({ status: 304, body: '' });
    await publishNumbers(newsletter.id, [2]);
    expect(await readBytes(masthead, url, condition)).toMatchObject({ status: 200 });
  });
});

describe('the sitemap of all newsletters', () => {
  test('the index lists every sitemap that is not empty, and the parts of a long one', async () => {
    const [short, long, empty] = [
      await makeNewsletter(masthead, { slug: 'index-short' }),
      await makeNewsletter(masthead, { slug: 'index-long' }),
      await makeNewsletter(masthead, { slug: 'index-empty' }),
    ];
    await makeReadyIssue(masthead, { newsletterId: empty.id });
    await publishNumbers(short.id, [999]);
    await publishNumbers(long.id, [2_001, 5]);
    const root = await read(index);
    expect(root.name).toBe('sitemapindex');
    const addresses = (await addressesIn(index)).filter((address) => address.includes('/index-'));
    expect(addresses).toEqual([
      `${addressOf(long)}?from=1`,
      `${addressOf(long)}?from=2001`,
      addressOf(short),
    ]);
    for (const address of addresses) {
      expect((await read(address.replace('http://masthead.test', ''))).name).toBe('urlset');
    }
    expect((await readBytes(masthead, index)).headers['surrogate-key']).toBe('content issues newsletters');
  });

  test('the index ignores a parameter that only the sitemap of a newsletter knows', async () => {
    expect(await masthead.anonymous.get(`${index}?from=1`)).toMatchObject({ status: 200 });
  });
});
