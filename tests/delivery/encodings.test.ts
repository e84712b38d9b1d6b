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
  await masthead.receiveNotifications();
  await ask();
  expect(masthead.responses.find(url)).not.toBeNull();
});

function ask(headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') {
  return injectAtDoor(masthead.app, { url, method, headers });
}

/** Asks until the response is encoded. Encoding runs in the background, so the first responses are plain. */
async function askEncoded(encoding: 'br' | 'gzip') {
  const headers = { 'accept-encoding': encoding };
  const readEncoding = async () => (await ask(headers)).headers['content-encoding'];
  await expect.poll(readEncoding).toBe(encoding);
  return ask(headers);
}

test.each([
  ['br', brotliDecompressSync],
  ['gzip', gunzipSync],
] as const)('a %s body has the same content, is shorter and has its own ETag', async (encoding, decode) => {
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

test('HEAD returns the headers of the encoded body', async () => {
  const { headers } = await askEncoded('gzip');
  const head = await ask({ 'accept-encoding': 'gzip' }, 'HEAD');
  expect(head.body).toBe('');
  expect({ ...head.headers, date: '' }).toEqual({ ...headers, date: '' });
});

test.each([
  ['br', ['plain', 'br']],
  ['gzip', ['plain', 'gzip']],
  ['identity', ['plain']],
] as const)(
  'a client that accepts %s and knows the ETag of one of %j gets 304 with that ETag',
  async (accepted, known) => {
    const tags = {
      plain: String((await ask()).headers.etag),
      br: String((await askEncoded('br')).headers.etag),
      gzip: String((await askEncoded('gzip')).headers.etag),
    };
    for (const encoding of ['plain', 'br', 'gzip'] as const) {
      const tag = tags[encoding];
      for (const header of [tag, `W/${tag}`, `"other", ${tag}`]) {
        const answer = await ask({ 'if-none-match': header, 'accept-encoding': accepted });
        const isKnown = known.some((one) => one === encoding);
        expect(answer.statusCode, `${accepted} ${header}`).toBe(isKnown ? 304 : 200);
        if (!isKnown) continue;
        expect(answer.body).toBe('');
        expect(answer.headers).toMatchObject({ etag: tag, vary: 'accept-encoding' });
        expect(answer.headers).not.toHaveProperty('content-encoding');
        expect(answer.headers).not.toHaveProperty('content-length');
      }
    }
  },
);

test('a response that is not cached is encoded too', async () => {
  const changes = `${url.replace(/issues\/1$/, 'changes')}?include=document`;
  const answer = await injectAtDoor(masthead.app, { url: changes, headers: { 'accept-encoding': 'gzip' } });
  expect(answer.headers).toMatchObject({
    'content-encoding': 'gzip',
    etag: expect.stringMatching(/-gzip"$/),
  });
  expect(JSON.parse(gunzipSync(answer.rawPayload).toString())).toMatchObject({ page: { isLast: true } });
});

test('a request with Cache-Control: no-cache still gets 304', async () => {
  const { etag } = (await ask()).headers;
  const headers = { 'if-none-match': String(etag), 'cache-control': 'no-cache', pragma: 'no-cache' };
  expect((await ask(headers)).statusCode).toBe(304);
});

test('a client that refuses compression gets the plain body', async () => {
  await askEncoded('br');
  const answer = await ask({ 'accept-encoding': 'identity, br;q=0' });
  expect(answer.headers).not.toHaveProperty('content-encoding');
  expect(answer.json()).toMatchObject({ number: 1 });
});
