import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type Cache,
  findFreeAddress,
  isVarnishHere,
  NEEDS_VARNISH,
  startVarnish,
} from '../support/caches.ts';
import { useTestDatabase } from '../support/database.ts';
import { expectWithin } from '../support/expect-within.ts';
import { type ServerNode, useNodes } from '../support/nodes.ts';
import { KEY, writeTo } from './newsroom.ts';
import { startPurgeRelay } from './purge-relay.ts';
import { ask, isHit, type Received } from './reading.ts';

/** How soon readers must see a change that was acknowledged. */
const FRESH_WITHIN_MS = 1_000;

const title = isVarnishHere ? 'Varnish in front of a node' : `Varnish in front of a node: ${NEEDS_VARNISH}`;

describe.skipIf(!isVarnishHere)(title, () => {
  const database = useTestDatabase();
  const nodes = useNodes();
  let node: ServerNode;
  let varnish: Cache;
  let relay: Awaited<ReturnType<typeof startPurgeRelay>>;
  let newsroom: ReturnType<typeof writeTo>;
  let issue: { id: string };
  let newsletter: { id: string; slug: string };
  /** Paths of the Content API. */
  let archive: string;
  let first: string;

  beforeAll(async () => {
    const [front, back] = [await findFreeAddress(), await findFreeAddress()];
    varnish = await startVarnish(back, front);
    relay = await startPurgeRelay(front);
    node = await startNode(back);
    newsroom = writeTo(node.address);
  });
  afterAll(async () => {
    await relay?.stop();
    await varnish?.stop();
  });

  beforeEach(async () => {
    newsletter = await newsroom.makeNewsletter();
    issue = await newsroom.makeIssue(newsletter.id, 'First words');
    await newsroom.publish(issue.id);
    archive = `/content/v1/newsletters/${newsletter.slug}/issues`;
    first = `${archive}/1`;
    await untilSoftPurged();
  });

  function startNode(address: string): Promise<ServerNode> {
    const environment = {
      PORT: new URL(address).port,
      BOOTSTRAP_ADMIN_KEY: KEY,
      SAMPLE_CONTENT: 'false',
      CDN_PURGE_URLS: relay.address,
    };
    return nodes.start(database.url, { environment });
  }

  const read = (path: string, headers: Record<string, string> = {}) =>
    ask(`${varnish.address}${path}`, { headers });
  const titleOf = ({ body }: Received): unknown => JSON.parse(body).title;
  const readTitle = async () => titleOf(await read(first));

  /**
   * Waits for the soft purge that follows the publication by a second, so that the next response stays cached. The
   * key `issues` tells it from the one that follows the creation of the newsletter.
   */
  async function untilSoftPurged(): Promise<void> {
    const last = () => relay.softPurges.at(-1) ?? '';
    await expect.poll(last).toMatch(new RegExp(`(?=.*archive:${newsletter.id})(?=.*\\bissues\\b)`));
    await read(first);
  }

  describe('cache hits', () => {
    test('a cached response equals the direct one and has no surrogate keys', async () => {
      for (const path of [first, archive, `/content/v1/newsletters/${newsletter.slug}/feed.rss`]) {
        const direct = await ask(`${node.address}${path}`);
        await read(path);
        const answer = await read(path);
        expect(isHit(answer), path).toBe(true);
        expect(answer).toMatchObject({ status: 200, body: direct.body });
        expect(answer.headers).not.toHaveProperty('surrogate-key');
        expect(answer.headers).not.toHaveProperty('xkey');
        for (const name of ['content-type', 'cache-control', 'access-control-allow-origin']) {
          expect(answer.headers[name]).toBe(direct.headers[name]);
        }
      }
    });

    test('a response is available in gzip and plain, and every ETag returns 304', async () => {
      const plain = await read(first);
      const zipped = await read(first, { 'accept-encoding': 'br, gzip' });
      expect(zipped.headers).toMatchObject({ 'content-encoding': 'gzip', vary: /accept-encoding/i });
      expect(gunzipSync(zipped.bytes).toString()).toBe(plain.body);
      expect(plain.headers).not.toHaveProperty('content-encoding');
      const { headers } = await ask(`${node.address}${first}`);
      for (const known of [plain.headers.etag, zipped.headers.etag, headers.etag]) {
        const answer = await read(first, { 'if-none-match': String(known), 'accept-encoding': 'gzip' });
        expect(answer).toMatchObject({ status: 304, body: '' });
        expect(isHit(answer)).toBe(true);
      }
    });

    test('the order of query parameters does not matter', async () => {
      await read(`${archive}?limit=5&year=2031`);
      expect(isHit(await read(`${archive}?year=2031&limit=5`))).toBe(true);
    });

    test('a request with a cookie of another application is a hit', async () => {
      expect(isHit(await read(first, { cookie: 'a=b' }))).toBe(true);
    });
  });

  describe('the formats of a paper', () => {
    const bibtex = { accept: 'application/x-bibtex' };
    let path: string;
    let paperId: string;

    beforeEach(async () => {
      const { paper, issue } = await newsroom.makePaperIssue(newsletter.id, 'Notes on engines');
      paperId = paper.id;
      path = `/content/v1/papers/${paper.id}`;
      const before = relay.softPurges.length;
      await newsroom.publish(issue.id);
      await expect.poll(() => relay.softPurges.slice(before).join(' ')).toContain('issues');
    });

    test('every format has its own cached copy, and all browsers share one', async () => {
      for (const _time of [1, 2]) {
        expect((await read(path)).headers['content-type']).toMatch(/^application\/json/);
        expect((await read(path, bibtex)).body).toMatch(/^@misc\{/);
        expect((await read(`${path}?format=ris`, bibtex)).body).toMatch(/^TY {2}- /);
      }
      expect(isHit(await read(path, bibtex))).toBe(true);
      for (const accept of ['text/html, */*;q=0.8', 'application/json', 'image/webp,*/*']) {
        const answer = await read(path, { accept });
        expect(isHit(answer), accept).toBe(true);
        expect(JSON.parse(answer.body)).toMatchObject({ title: 'Notes on engines' });
      }
    });

    test('a changed paper shows within a second in every format', async () => {
      for (const headers of [{}, bibtex]) await read(path, headers);
      await newsroom.retitlePaper(paperId, 'Changed');
      for (const headers of [{}, bibtex]) {
        await expectWithin(
          FRESH_WITHIN_MS,
          () => read(path, headers),
          ({ body }) => expect(body).toContain('Changed'),
        );
      }
    });
  });

  describe('changes', () => {
    test('every correction shows within a second', async () => {
      for (const words of ['Second words', 'Third words', 'Fourth words']) {
        await newsroom.correct(issue.id, words);
        await expectWithin(FRESH_WITHIN_MS, readTitle, (shown) => expect(shown).toBe(words));
        expect((await read(archive)).body).toContain(words);
      }
    });

    test('a new issue shows within a second at an address that returned 404', async () => {
      const second = `${archive}/2`;
      expect((await read(second)).status).toBe(404);
      const { id } = await newsroom.makeIssue(newsletter.id, 'A second one');
      await newsroom.publish(id);
      await expectWithin(
        FRESH_WITHIN_MS,
        () => read(second),
        ({ status }) => expect(status).toBe(200),
      );
    });

    test('a withdrawn issue returns 404 within a second, even to readers who know its ETag', async () => {
      const { etag } = (await read(first)).headers;
      await newsroom.withdraw(issue.id);
      for (const headers of [{}, { 'if-none-match': String(etag) }]) {
        await expectWithin(
          FRESH_WITHIN_MS,
          () => read(first, headers),
          ({ status }) => expect(status).toBe(404),
        );
      }
      expect((await read(archive)).body).not.toContain('First words');
    });
  });

  test('only a client with an allowed address can purge', async () => {
    const purge = (localAddress: string) =>
      ask(varnish.address, { method: 'PURGE', localAddress, headers: { 'xkey-purge': 'content' } });
    expect((await purge('127.0.0.2')).status).toBe(405);
    expect(isHit(await read(first))).toBe(true);
    expect((await purge('127.0.0.1')).status).toBe(200);
    expect(isHit(await read(first))).toBe(false);
  });

  test('a request with a key is never a hit, and its response is not cached', async () => {
    const newsletters = '/admin/v1/newsletters';
    for (const _time of [1, 2]) {
      const answer = await read(newsletters, { authorization: `Bearer ${KEY}` });
      expect(answer.status).toBe(200);
      expect(isHit(answer)).toBe(false);
    }
    expect((await read(newsletters)).status).toBe(401);
    expect(isHit(await read(first, { authorization: 'Bearer none' }))).toBe(false);
  });

  test('a media file is served from the cache, whole and as a range', async () => {
    const path = await uploadDrawing();
    const whole = await read(path);
    const again = await read(path);
    expect(isHit(again)).toBe(true);
    expect(again.bytes).toEqual(whole.bytes);
    const part = await read(path, { range: 'bytes=0-3' });
    expect(part).toMatchObject({ status: 206, bytes: whole.bytes.subarray(0, 4) });
  });

  async function uploadDrawing(): Promise<string> {
    const form = new FormData();
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><path d="M0 0h4v4z"/></svg>';
    form.append('file', new File([svg], 'square.svg', { type: 'image/svg+xml' }));
    const headers = { authorization: `Bearer ${KEY}` };
    const answer = await fetch(`${node.address}/admin/v1/media`, { method: 'POST', headers, body: form });
    const { url } = (await answer.json()) as { url: string };
    return new URL(url).pathname;
  }

  test('readers get cached responses while Masthead is down, and current ones once it is back', async () => {
    await read(archive);
    const { status: statusBefore } = await read(`${archive}/9`);
    expect(statusBefore).toBe(404);
    node.signal('SIGKILL');
    await node.exited;
    await expire();
    // Varnish does not notice at once that Masthead is down.
    for (const _time of [1, 2, 3]) {
      expect(await read(first)).toMatchObject({ status: 200 });
      expect(await readTitle()).toBe('First words');
    }
    const unknown = await read(`${archive}/9`);
    expect(unknown).toMatchObject({ status: 503, headers: { 'retry-after': '2' } });
    expect(JSON.parse(unknown.body)).toMatchObject({ status: 503 });

    node = await startNode(node.address);
    await expect.poll(async () => (await read(`${archive}/9`)).status).toBe(404);
    await newsroom.withdraw(issue.id);
    await expectWithin(
      FRESH_WITHIN_MS,
      () => read(first),
      ({ status }) => expect(status).toBe(404),
    );
  });

  /** Makes every cached response stale, as a starting node does. */
  async function expire(): Promise<void> {
    await ask(varnish.address, { method: 'PURGE', headers: { 'xkey-softpurge': 'content' } });
  }
});
