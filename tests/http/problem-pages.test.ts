import pino from 'pino';
import { describe, expect, test } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { createResponseCache } from '../../src/prepared/response-cache.ts';
import { PROBLEM_CODES, PROBLEMS } from '../../src/problems/catalogue.ts';
import { useMasthead } from '../support/app.ts';

const masthead = useMasthead();

const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'public, max-age=3600',
  'x-content-type-options': 'nosniff',
  'content-security-policy': expect.stringMatching(/^default-src 'none'; style-src 'sha256-[^']+';/),
};

test('the type of a problem leads to its page', async () => {
  const { body: problem } = await masthead.anonymous.get('/content/v1/newsletters/nope');
  expect(problem).toMatchObject({
    type: 'http://masthead.test/problems/not-found',
    code: 'not_found',
    status: 404,
  });

  const { pathname } = new URL(problem.type);
  expect(await masthead.anonymous.get(pathname)).toMatchObject({
    status: 200,
    headers: pageHeaders,
    body: expect.stringContaining(PROBLEMS.not_found.remedy),
  });
});

test('every problem has a page, and the list links to it', async () => {
  const list = await masthead.anonymous.get('/problems');
  expect(list).toMatchObject({ status: 200, headers: pageHeaders });

  const links = [...list.body.matchAll(/href="([^"#]+)"/g)].map(([, link]) => link);
  expect(links).toHaveLength(PROBLEM_CODES.length);
  const base = 'http://masthead.test/problems';
  const pages = await Promise.all(links.map((link) => masthead.anonymous.get(new URL(link, base).pathname)));
  for (const [at, page] of pages.entries()) {
    expect(page.status).toBe(200);
    const [, code] = /<h1><code>(\w+)<\/code><\/h1>/.exec(page.body) ?? [];
    expect(links[at]).toBe(`problems/${code?.replaceAll('_', '-')}`);
  }
});

test('a page loads nothing and runs no script', async () => {
  for (const url of ['/problems', '/problems/slug-taken']) {
    const { body } = await masthead.anonymous.get(url);
    expect(body).not.toMatch(/<script|<link|<img|src=|url\(|@import/);
  }
});

test.each(['nope', 'slug_taken', 'Slug-Taken', '__proto__', 'constructor', '%3Cscript%3E'])(
  'the unknown code %s returns a 404 problem',
  async (slug) => {
    expect(await masthead.anonymous.get(`/problems/${slug}`)).toMatchObject({
      status: 404,
      headers: { 'content-type': 'application/problem+json' },
      body: { code: 'not_found' },
    });
  },
);

describe('a node behind a path prefix', () => {
  const buildPrefixed = () =>
    buildApp({
      config: { publicUrl: 'https://example.org/masthead', corsOrigins: [] },
      database: masthead.database,
      media: masthead.media,
      metadata: masthead.metadata,
      responses: createResponseCache(0),
      logger: pino({ level: 'silent' }),
    });

  test('the type of a problem has the prefix', async () => {
    const app = await buildPrefixed();
    const urls = ['/nope', '/%zz', '/admin/v1/papers', '/content/v1/newsletters/nope'];
    const types = await Promise.all(urls.map(async (url) => (await app.inject(url)).json().type));
    await app.close();

    const slugs = ['no-such-route', 'bad-address', 'unauthenticated', 'not-found'];
    expect(types).toEqual(slugs.map((slug) => `https://example.org/masthead/problems/${slug}`));
  });

  test('the links between the pages keep the prefix', async () => {
    const app = await buildPrefixed();
    const { body } = await app.inject('/problems/slug-taken');
    await app.close();

    const [, link = ''] = /href="([^"]+)"/.exec(body) ?? [];
    const address = new URL(link, 'https://example.org/masthead/problems/slug-taken');
    expect(address.href).toBe('https://example.org/masthead/problems');
  });
});
