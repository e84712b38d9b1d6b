import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { createResponseCache } from '../../src/prepared/response-cache.ts';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter, makeReadyIssue, publish } from '../support/factories.ts';
import { injectAtDoor } from '../support/inject.ts';

const masthead = useMasthead();

/** Clients reach the app at /cms. The proxy in front removes that path from requests. */
const BASE = 'https://letters.example/cms';
let app: FastifyInstance;
let secret: string;
let newsletter: { id: string; slug: string };

beforeAll(async () => {
  const { database, media, metadata } = masthead;
  app = await buildApp({
    config: { publicUrl: BASE, corsOrigins: [] },
    ...{ database, media, metadata, responses: createResponseCache(1_000_000) },
    logger: pino({ level: 'silent' }),
  });
  secret = (await masthead.as('admin').post('/admin/v1/api-keys', { name: 'x', role: 'admin' })).body.secret;
  newsletter = await makeNewsletter(masthead);
  for (const number of [1, 2, 3]) {
    const issue = await makeReadyIssue(masthead, { newsletterId: newsletter.id, number, title: 'A word' });
    await publish(masthead, issue.id);
  }
});
afterAll(() => app.close());

/** What a client gets from a URL below BASE. */
async function ask(url: string, method: 'GET' | 'POST' = 'GET', payload?: object) {
  expect(url.startsWith(`${BASE}/`)).toBe(true);
  const authorization = `Bearer ${secret}`;
  const answer = await injectAtDoor(app, {
    ...{ method, url: url.slice(BASE.length), headers: { authorization } },
    ...(payload && { payload }),
  });
  const next = /<([^>]+)>; rel="next"/.exec(String(answer.headers.link ?? ''))?.[1];
  const { location } = answer.headers;
  return {
    status: answer.statusCode,
    body: answer.body,
    next: next && new URL(next, url).href,
    location: location && new URL(String(location), url).href,
  };
}

test.each([
  '/content/v1/newsletters/{slug}/issues?limit=1',
  '/content/v1/newsletters/{slug}/changes?limit=1',
  '/content/v1/newsletters/{slug}/search?q=word&limit=1',
  '/admin/v1/newsletters/{id}/issues?limit=1',
  '/admin/v1/events?limit=1',
])('the Link of %s leads to the next page', async (template) => {
  const url = BASE + template.replace('{slug}', newsletter.slug).replace('{id}', newsletter.id);
  const first = await ask(url);
  expect(first).toMatchObject({ status: 200, next: expect.stringContaining(`${BASE}/`) });
  const second = await ask(String(first.next));
  expect(second.status).toBe(200);
  expect(second.body).not.toBe(first.body);
});

test.each([
  ['/newsletters', { slug: 'located', title: 'x' }],
  ['/people', { slug: 'located', name: 'x' }],
  ['/papers', { title: 'x' }],
  ['/newsletters/{id}/issues', {}],
])('the Location of a new record at %s leads to it', async (path, body) => {
  const created = await ask(`${BASE}/admin/v1${path.replace('{id}', newsletter.id)}`, 'POST', body);
  expect(created.status).toBe(201);
  const read = await ask(String(created.location));
  expect(read.status).toBe(200);
  expect(JSON.parse(read.body).id).toBe(JSON.parse(created.body).id);
});

test('every link of the page at / leads to a page, with and without a slash at the end of its address', async () => {
  const { body } = await ask(`${BASE}/`);
  const links = [...body.matchAll(/href="([^"]+)"/g)].map(([, link]) => String(link));
  expect(links.length).toBeGreaterThan(4);
  for (const page of [BASE, `${BASE}/`]) {
    for (const link of links) {
      const { status } = await ask(new URL(link, page).href);
      expect.soft([200, 302], link).toContain(status);
    }
  }
});
