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
import { type ServerNode, useNodes } from '../support/nodes.ts';
import { KEY, writeTo } from './newsroom.ts';
import { startPurgeRelay } from './purge-relay.ts';
import { ask, isHit, type Received } from './reading.ts';

/** Milliseconds in which readers see what was acknowledged. */
const FRESH = { timeout: 1_000, interval: 5 };
/** For processes to come and go. */
const PATIENT = { timeout: 60_000, interval: 50 };

const title = isVarnishHere ? 'Readers behind Varnish' : `Readers behind Varnish: ${NEEDS_VARNISH}`;

describe.skipIf(!isVarnishHere)(title, { timeout: 120_000 }, () => {
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
    await untilQuiet();
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
   * Until what was purged has been doubted, a second later, so that what is read next stays: by `issues` it is the
   * publication, and not the making of the newsletter a moment before.
   */
  async function untilQuiet(): Promise<void> {
    const last = () => relay.doubted.at(-1) ?? '';
    await expect.poll(last, PATIENT).toMatch(new RegExp(`(?=.*archive:${newsletter.id})(?=.*\\bissues\\b)`));
    await read(first);
  }

  describe('get the same', () => {
    test('from the cache, without the keys, which are for it alone', async () => {
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

    test('in gzip or plain, each with an ETag that is good for a 304', async () => {
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

    test('in whichever order they name what they want', async () => {
      await read(`${archive}?limit=5&year=2031`);
      expect(isHit(await read(`${archive}?year=2031&limit=5`))).toBe(true);
    });

    test('with a cookie, which is none of ours', async () => {
      expect(isHit(await read(first, { cookie: 'a=b' }))).toBe(true);
    });
  });

  describe('get a paper in the format that they ask for', () => {
    const bibtex = { accept: 'application/x-bibtex' };
    let path: string;
    let paperId: string;

    beforeEach(async () => {
      const { paper, issue } = await newsroom.makePaperIssue(newsletter.id, 'Notes on engines');
      paperId = paper.id;
      path = `/content/v1/papers/${paper.id}`;
      const before = relay.doubted.length;
      await newsroom.publish(issue.id);
      await expect.poll(() => relay.doubted.slice(before).join(' '), PATIENT).toContain('issues');
    });

    test('each from a copy of its own, and all browsers from one', async () => {
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

    test('as it is now, within a second of a change, whichever they ask for', async () => {
      for (const headers of [{}, bibtex]) await read(path, headers);
      await newsroom.retitlePaper(paperId, 'Changed');
      for (const headers of [{}, bibtex]) {
        await expect.poll(async () => (await read(path, headers)).body, FRESH).toContain('Changed');
      }
    });
  });

  describe('see within a second', () => {
    test('each correction', async () => {
      for (const words of ['Second words', 'Third words', 'Fourth words']) {
        await newsroom.correct(issue.id, words);
        await expect.poll(readTitle, FRESH).toBe(words);
        expect((await read(archive)).body).toContain(words);
      }
    });

    test('what is new at an address that led nowhere', async () => {
      const second = `${archive}/2`;
      expect((await read(second)).status).toBe(404);
      const { id } = await newsroom.makeIssue(newsletter.id, 'A second one');
      await newsroom.publish(id);
      await expect.poll(async () => (await read(second)).status, FRESH).toBe(200);
    });

    test('that an issue is withdrawn, though they know its ETag', async () => {
      const { etag } = (await read(first)).headers;
      await newsroom.withdraw(issue.id);
      for (const headers of [{}, { 'if-none-match': String(etag) }]) {
        await expect.poll(async () => (await read(first, headers)).status, FRESH).toBe(404);
      }
      expect((await read(archive)).body).not.toContain('First words');
    });
  });

  test('cannot purge, unless they come from where it is allowed', async () => {
    const purge = (localAddress: string) =>
      ask(varnish.address, { method: 'PURGE', localAddress, headers: { 'xkey-purge': 'content' } });
    expect((await purge('127.0.0.2')).status).toBe(405);
    expect(isHit(await read(first))).toBe(true);
    expect((await purge('127.0.0.1')).status).toBe(200);
    expect(isHit(await read(first))).toBe(false);
  });

  test('are never shown what has a key, or what somebody with one was shown', async () => {
    const newsletters = '/admin/v1/newsletters';
    for (const _time of [1, 2]) {
      const answer = await read(newsletters, { authorization: `Bearer ${KEY}` });
      expect(answer.status).toBe(200);
      expect(isHit(answer)).toBe(false);
    }
    expect((await read(newsletters)).status).toBe(401);
    expect(isHit(await read(first, { authorization: 'Bearer none' }))).toBe(false);
  });

  test('get media from the cache, whole and in part', async () => {
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

  test('get what is at hand while Masthead is gone, and what is true when it is back', async () => {
    await read(archive);
    const { status: nowhere } = await read(`${archive}/9`);
    expect(nowhere).toBe(404);
    node.signal('SIGKILL');
    await node.exited;
    await expire();
    // At first it does not know yet that Masthead is gone.
    for (const _time of [1, 2, 3]) {
      expect(await read(first)).toMatchObject({ status: 200 });
      expect(await readTitle()).toBe('First words');
    }
    const unknown = await read(`${archive}/9`);
    expect(unknown).toMatchObject({ status: 503, headers: { 'retry-after': '2' } });
    expect(JSON.parse(unknown.body)).toMatchObject({ status: 503 });

    node = await startNode(node.address);
    await expect.poll(async () => (await read(`${archive}/9`)).status, PATIENT).toBe(404);
    await newsroom.withdraw(issue.id);
    await expect.poll(async () => (await read(first)).status, FRESH).toBe(404);
  });

  /** Has the time of all that is kept run out, as a node does that starts. */
  async function expire(): Promise<void> {
    await ask(varnish.address, { method: 'PURGE', headers: { 'xkey-softpurge': 'content' } });
  }
});
