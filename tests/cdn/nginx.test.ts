import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Cache, findFreeAddress, isNginxHere, NEEDS_NGINX, startNginx } from '../support/caches.ts';
import { useTestDatabase } from '../support/database.ts';
import { expectWithin } from '../support/expect-within.ts';
import { type ServerNode, useNodes } from '../support/nodes.ts';
import { KEY, writeTo } from './newsroom.ts';
import { ask } from './reading.ts';

/** How long nginx may show an old response: it caches for a second, and the next request revalidates. */
const FRESH_WITHIN_MS = 3_000;

const title = isNginxHere ? 'nginx in front of a node' : `nginx in front of a node: ${NEEDS_NGINX}`;

describe.skipIf(!isNginxHere)(title, () => {
  const database = useTestDatabase();
  const nodes = useNodes();
  let node: ServerNode;
  let nginx: Cache;
  let newsroom: ReturnType<typeof writeTo>;
  let issue: { id: string };
  let first: string;

  beforeAll(async () => {
    const environment = { BOOTSTRAP_ADMIN_KEY: KEY, SAMPLE_CONTENT: 'false' };
    node = await nodes.start(database.url, { environment });
    nginx = await startNginx(node.address, await findFreeAddress());
    newsroom = writeTo(nginx.address);
  });
  afterAll(() => nginx?.stop());

  beforeEach(async () => {
    const newsletter = await newsroom.makeNewsletter();
    issue = await newsroom.makeIssue(newsletter.id, 'First words');
    await newsroom.publish(issue.id);
    first = `/content/v1/newsletters/${newsletter.slug}/issues/1`;
  });

  const read = (headers: Record<string, string> = {}) => ask(`${nginx.address}${first}`, { headers });

  test('a cached response has the same body in gzip and plain, and every ETag returns 304', async () => {
    const direct = await ask(`${node.address}${first}`);
    const isHit = async () => (await read()).headers['x-cache'] === 'HIT';
    await expect.poll(isHit).toBe(true);
    const plain = await read({ 'accept-encoding': 'br' });
    expect(plain).toMatchObject({ status: 200, body: direct.body });
    expect(plain.headers).not.toHaveProperty('surrogate-key');
    const zipped = await read({ 'accept-encoding': 'gzip' });
    expect(gunzipSync(zipped.bytes).toString()).toBe(direct.body);
    for (const { headers } of [direct, plain, zipped]) {
      expect((await read({ 'if-none-match': String(headers.etag) })).status).toBe(304);
    }
  });

  test('every format of a paper has its own cached copy', async () => {
    const { paper, issue } = await newsroom.makePaperIssue(
      (await newsroom.makeNewsletter()).id,
      'On engines',
    );
    await newsroom.publish(issue.id);
    const readPaper = (accept: string) =>
      ask(`${nginx.address}/content/v1/papers/${paper.id}`, { headers: { accept } });
    for (const _time of [1, 2, 3]) {
      expect((await readPaper('application/x-bibtex')).body).toMatch(/^@misc\{/);
      expect(JSON.parse((await readPaper('text/html, */*;q=0.8')).body)).toMatchObject({ id: paper.id });
      expect((await readPaper('text/x-bibliography; style=ieee')).body).toMatch(/^A\. Lovelace, “/);
    }
    const isHit = async (accept: string) => (await readPaper(accept)).headers['x-cache'] === 'HIT';
    await expect.poll(() => isHit('application/x-bibtex')).toBe(true);
    await expect.poll(() => isHit('image/png, */*')).toBe(true);
  });

  test('a correction and a withdrawal show within three seconds', async () => {
    await read();
    await newsroom.correct(issue.id, 'Second words');
    await expectWithin(FRESH_WITHIN_MS, read, ({ body }) => expect(body).toContain('Second words'));
    await newsroom.withdraw(issue.id);
    await expectWithin(FRESH_WITHIN_MS, read, ({ status }) => expect(status).toBe(404));
  });

  test('readers get cached responses while Masthead is down', async () => {
    await read();
    node.signal('SIGKILL');
    await node.exited;
    const isStale = async () => (await read()).headers['x-cache'] === 'STALE';
    await expect.poll(isStale).toBe(true);
    expect((await read()).body).toContain('First words');
  });
});
