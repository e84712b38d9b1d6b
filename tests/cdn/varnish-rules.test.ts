import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { encodeResponse, prepareResponse } from '../../src/prepared/prepared-response.ts';
import {
  type Cache,
  findFreeAddress,
  isVarnishHere,
  NEEDS_VARNISH,
  startVarnish,
} from '../support/caches.ts';
import { ask, isHit } from './reading.ts';

const title = isVarnishHere ? 'docs/varnish.vcl' : `docs/varnish.vcl: ${NEEDS_VARNISH}`;
const WORDS = 'Words, and more words. '.repeat(100);

type Asked = { url: string | undefined; known: string | undefined };

/** Varnish runs in front of a server whose responses each test chooses. */
describe.skipIf(!isVarnishHere)(title, () => {
  let varnish: Cache;
  let server: Server;
  let answer: RequestListener;
  let asked: Asked[];
  let count = 0;
  let path = '';

  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/health/ready') return response.end('{}');
      asked.push({ url: request.url, known: request.headers['if-none-match'] });
      return answer(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The server is not listening.');
    varnish = await startVarnish(`http://127.0.0.1:${address.port}`, await findFreeAddress());
  });
  afterAll(async () => {
    await varnish?.stop();
    server.close();
    server.closeAllConnections();
  });
  beforeEach(() => {
    count += 1;
    path = `/content/v1/newsletters/letter/issues/${count}`;
    asked = [];
  });
  afterEach(() => purge('xkey-purge'));

  const read = (headers: Record<string, string> = {}) => ask(`${varnish.address}${path}`, { headers });
  const purge = (how: 'xkey-purge' | 'xkey-softpurge') =>
    ask(varnish.address, { method: 'PURGE', headers: { [how]: 'newsletter:1' } });

  /** Responds as Masthead does, with the plain body or a 304. */
  function show(text: string): RequestListener {
    const { plain, etags, common } = prepareResponse({ body: `${text} ${WORDS}`, keys: ['newsletter:1'] });
    return ({ headers }, response) => {
      const isKnown = String(headers['if-none-match']).replace(/^W\//, '') === etags.plain;
      if (isKnown) response.writeHead(304, [...common, 'etag', etags.plain]).end();
      else response.writeHead(200, plain.head).end(plain.bytes);
    };
  }

  const fail =
    (status: number): RequestListener =>
    (_request, response) =>
      response.writeHead(status, { 'cache-control': 'no-store' }).end('A problem');

  test('a soft-purged response is revalidated with its ETag and served again after a 304', async () => {
    answer = show('One');
    const before = await read({ 'accept-encoding': 'gzip' });
    await purge('xkey-softpurge');
    const after = await read({ 'accept-encoding': 'gzip' });
    expect(asked).toMatchObject([{ known: undefined }, { known: before.headers.etag }]);
    expect(isHit(after)).toBe(false);
    expect(after).toMatchObject({ status: 200, bytes: before.bytes });
    expect(after.headers).toMatchObject({ 'content-encoding': 'gzip', etag: before.headers.etag });
    expect(after.headers.etag).toMatch(/^W\//);
    expect(isHit(await read())).toBe(true);
    await purge('xkey-softpurge');
    await read();
    expect(asked[2]?.known).toBe(before.headers.etag);
    answer = show('Two');
    await purge('xkey-softpurge');
    expect((await read()).body).toContain('Two');
  });

  test.each([
    ['?utm_source=a', ''],
    ['?utm_source=a&fbclid=b', ''],
    ['?', ''],
    ['?utm_source=a&limit=2&_=1', '?limit=2'],
    ['?limit=2&utm_source=a', '?limit=2'],
    ['?ref=x&tag=what?&v=1', '?tag=what?'],
    ['?year=2026&&fields=a&fields=b', '?fields=a&fields=b&year=2026'],
    ['?limits=2&limit=2&xlimit=3', '?limit=2'],
    ['?%74ag=a&x=1', '?%74ag=a'],
  ])('%s is asked for as "%s"', async (query, kept) => {
    answer = show('One');
    const own = path;
    path = `${own}${query}`;
    await read();
    expect(asked.at(-1)?.url).toBe(`${own}${kept}`);
    path = `${own}${kept}`;
    expect(isHit(await read())).toBe(true);
  });

  test('a gzip response is cached without being encoded again', async () => {
    const { gzipSync } = await import('node:zlib');
    const prepared = prepareResponse({ body: WORDS, keys: ['newsletter:1'] });
    const { bytes, head } = encodeResponse(prepared, 'gzip', gzipSync(WORDS));
    answer = (_request, response) => response.writeHead(200, head).end(bytes);
    expect((await read({ 'accept-encoding': 'gzip' })).bytes).toEqual(bytes);
    expect((await read()).body).toBe(WORDS);
  });

  test('a purged response is not served even if Masthead fails', async () => {
    answer = show('One');
    await read();
    await purge('xkey-purge');
    answer = fail(503);
    expect((await read()).status).toBe(503);
  });

  test.each([500, 503])('a soft-purged response is served if Masthead returns %d', async (status) => {
    answer = show('One');
    await read();
    await purge('xkey-softpurge');
    answer = fail(status);
    const answers = await Promise.all(Array.from({ length: 10 }, () => read()));
    for (const { status, body } of answers)
      expect({ status, body }).toMatchObject({ status: 200, body: /^One/ });
    expect(asked.length).toBeLessThanOrEqual(11);
    answer = show('Two');
    expect((await read()).body).toContain('Two');
  });

  test('a soft-purged response is served if Masthead closes the connection', async () => {
    answer = show('One');
    await read();
    await purge('xkey-softpurge');
    answer = (_request, response) => response.destroy();
    expect((await read()).body).toContain('One');
  });

  test('a failure without a cached response is passed on after one request', async () => {
    answer = fail(503);
    expect((await read()).headers).toMatchObject({
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'access-control-allow-origin': '*',
    });
    expect(asked).toHaveLength(1);
  });

  test('a response that Masthead has answered with 404 since is not served again, even if Masthead fails', async () => {
    answer = show('One');
    await read();
    await purge('xkey-softpurge');
    answer = fail(404);
    expect((await read()).status).toBe(404);
    answer = fail(503);
    expect((await read()).status).toBe(503);
  });

  // The reason why background/purge-cdn.ts sends a soft purge a second after each purge.
  test('a response that was in flight during a purge is served until a soft purge', async () => {
    let release = () => {};
    answer = (request, response) => {
      release = () => show('One')(request, response);
    };
    const slow = read();
    await expect.poll(() => asked.length).toBe(1);
    await purge('xkey-purge');
    answer = show('Two');
    release();
    expect((await slow).body).toContain('One');
    expect((await read()).body).toContain('One');
    await purge('xkey-softpurge');
    expect((await read()).body).toContain('Two');
  });
});
