import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter, makeReadyIssue, publish } from '../support/factories.ts';
import { injectAtDoor } from '../support/inject.ts';

const masthead = useMasthead();

let url: string;

beforeAll(async () => {
  const newsletter = await makeNewsletter(masthead);
  const item = { kind: 'note', title: 'Long', body: 'The same words again. '.repeat(200) };
  const sections = [{ title: 'Notes', items: [item] }];
  const issue = await makeReadyIssue(masthead, { newsletterId: newsletter.id, sections });
  await publish(masthead, issue.id);
  url = `/content/v1/newsletters/${newsletter.slug}/issues/1`;
});

beforeEach(async () => {
  const isKept = async () => (await ask()) && masthead.responses.find(url);
  await expect.poll(isKept, { timeout: 10_000 }).not.toBeNull();
});

function ask(headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') {
  return injectAtDoor(masthead.app, { url, method, headers });
}

/** Made beside the requests, so the first go out plain. */
async function askEncoded(encoding: 'br' | 'gzip') {
  const headers = { 'accept-encoding': encoding };
  const isThere = async () => (await ask(headers)).headers['content-encoding'];
  await expect.poll(isThere, { timeout: 10_000 }).toBe(encoding);
  return ask(headers);
}

test.each([
  ['br', brotliDecompressSync],
  ['gzip', gunzipSync],
] as const)('A body in %s is the same, shorter, and has an ETag of its own', async (encoding, decode) => {
  const plain = await ask();
  const encoded = await askEncoded(encoding);
  expect(decode(encoded.rawPayload).toString()).toBe(plain.body);
  expect(encoded.rawPayload.length).toBeLessThan(plain.rawPayload.length / 4);
  expect(encoded.headers).toEqual({
    ...plain.headers,
    date: expect.any(String),
    etag: String(plain.headers.etag).replace(/"$/, `-${encoding}"`),
    'content-encoding': encoding,
    'content-length': String(encoded.rawPayload.length),
  });
  expect(plain.headers).toMatchObject({ vary: 'accept-encoding' });
});

test('HEAD has the headers of the encoded body', async () => {
  const { headers } = await askEncoded('gzip');
  const head = await ask({ 'accept-encoding': 'gzip' }, 'HEAD');
  expect(head.body).toBe('');
  expect({ ...head.headers, date: '' }).toEqual({ ...headers, date: '' });
});

test('Who has the body in any encoding gets a 304 with the tag that it named', async () => {
  const tags = [await ask(), await askEncoded('br'), await askEncoded('gzip')].map(({ headers }) =>
    String(headers.etag),
  );
  expect(new Set(tags).size).toBe(3);
  for (const tag of tags) {
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`]) {
      const answer = await ask({ 'if-none-match': known, 'accept-encoding': 'gzip' });
      expect(answer).toMatchObject({ statusCode: 304, body: '' });
      expect(answer.headers).toMatchObject({ etag: tag, vary: 'accept-encoding' });
      expect(answer.headers).not.toHaveProperty('content-encoding');
      expect(answer.headers).not.toHaveProperty('content-length');
    }
  }
});

test('A request that wants no cache in between gets its 304 all the same', async () => {
  const { etag } = (await ask()).headers;
  const headers = { 'if-none-match': String(etag), 'cache-control': 'no-cache', pragma: 'no-cache' };
  expect((await ask(headers)).statusCode).toBe(304);
});

test('Who refuses compression gets the plain body', async () => {
  await askEncoded('br');
  const answer = await ask({ 'accept-encoding': 'identity, br;q=0' });
  expect(answer.headers).not.toHaveProperty('content-encoding');
  expect(answer.json()).toMatchObject({ number: 1 });
});
