import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { expectWithin } from '../support/expect-within.ts';
import { makeNewsletter, makePaper, makeReadyIssue, publish } from '../support/factories.ts';
import { injectAtDoor } from '../support/inject.ts';
import { startSecondNode } from '../support/second-node.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { withdraw } from './reading.ts';

const masthead = useMasthead();

type Node = Awaited<ReturnType<typeof startSecondNode>>;

/** How soon every node must show what another node has published. */
const FRESH_WITHIN_MS = 1_000;

let proxy: TcpProxy;
let other: Node;
let issue: { id: string; newsletterId: string };
let base: string;
let url: string;

beforeAll(async () => {
  proxy = await startTcpProxy(masthead.databaseUrl);
  other = await startSecondNode(masthead, proxy.url);
});

afterAll(async () => {
  await other.stop();
  await proxy.close();
});

beforeEach(async () => {
  proxy.mend();
  await expect.poll(() => other.responses.describe().isTrusted).toBe(true);
  const newsletter = await makeNewsletter(masthead);
  issue = await makeReadyIssue(masthead, { newsletterId: newsletter.id, title: 'First words' });
  await publish(masthead, issue.id);
  base = `/content/v1/newsletters/${newsletter.slug}`;
  url = `${base}/issues/1`;
});

const read = ({ app }: Pick<Node, 'app'>, address = url, headers = {}) =>
  injectAtDoor(app, { url: address, headers });
const titleOn = async (node: Pick<Node, 'app'>) => (await read(node)).json().title;

const expectTitleOnOther = (title: string) =>
  expectWithin(
    FRESH_WITHIN_MS,
    () => titleOn(other),
    (shown) => expect(shown).toBe(title),
  );
const expectWordsOnOther = (address: string, words: string) =>
  expectWithin(
    FRESH_WITHIN_MS,
    () => read(other, address),
    ({ body }) => expect(body).toContain(words),
  );
const expectStatusOnOther = (address: string, status: number, headers = {}) =>
  expectWithin(
    FRESH_WITHIN_MS,
    () => read(other, address, headers),
    ({ statusCode }) => expect(statusCode).toBe(status),
  );
const expectDistrust = () =>
  expectWithin(
    FRESH_WITHIN_MS,
    () => other.responses.describe().isTrusted,
    (isTrusted) => expect(isTrusted).toBe(false),
  );

async function retitle(title: string): Promise<void> {
  await masthead.as('author').patch(`/admin/v1/issues/${issue.id}`, { title }, { 'if-match': '*' });
}

async function correct(title: string): Promise<void> {
  await retitle(title);
  await publish(masthead, issue.id);
}

/** Waits until both nodes have received all earlier notifications and have cached the response. */
async function warm(address = url): Promise<void> {
  await masthead.receiveNotifications();
  for (const node of [masthead, other]) {
    const find = async () => (await read(node, address)) && node.responses.find(address);
    await expect.poll(find).not.toBeNull();
  }
}

describe('a correction', () => {
  test('a correction shows at once on the node that made it, and within a second on the other', async () => {
    await warm();
    await correct('Second words');
    expect(await titleOn(masthead)).toBe('Second words');
    await expectTitleOnOther('Second words');
  });

  test('every correction shows at once on its node, even while readers keep asking', async () => {
    let isOver = false;
    const ask = async () => {
      while (!isOver) {
        await read(masthead);
        // A cached response is sent in the same turn of the event loop; let other work run.
        await nextTurn();
      }
    };
    const readers = [ask(), ask(), ask(), ask()];
    for (let round = 1; round <= 15; round += 1) {
      await correct(`Words ${round}`);
      expect(await titleOn(masthead)).toBe(`Words ${round}`);
    }
    isOver = true;
    await Promise.all(readers);
  });

  test('a correction shows in the archive, in the neighbouring issues and on the pages of its papers', async () => {
    const paper = await makePaper(masthead);
    const items = [{ kind: 'paper', title: 'A paper', body: 'Read it.', paperId: paper.id }];
    const next = await makeReadyIssue(masthead, {
      newsletterId: issue.newsletterId,
      title: 'Next',
      sections: [{ title: 'Papers', items }],
    });
    await publish(masthead, next.id);
    const addresses = [`${base}/issues`, url, `/content/v1/papers/${paper.id}`];
    await expectStatusOnOther(`${base}/issues/2`, 200);
    for (const address of addresses) await warm(address);
    await masthead.as('author').patch(`/admin/v1/issues/${next.id}`, { title: 'Other' }, { 'if-match': '*' });
    await publish(masthead, next.id);
    for (const address of addresses) {
      expect((await read(masthead, address)).body).toContain('Other');
      await expectWordsOnOther(address, 'Other');
    }
  });
});

test('a withdrawn issue returns 404 instead of 304, at once on its node and within a second on the other', async () => {
  await warm();
  const { etag } = (await read(masthead)).headers;
  await withdraw(masthead, issue.id);
  for (const known of [String(etag), '*']) {
    expect((await read(masthead, url, { 'if-none-match': known })).statusCode).toBe(404);
    await expectStatusOnOther(url, 404, { 'if-none-match': known });
  }
});

test('an address that returned 404 shows the issue that is published there', async () => {
  const address = `${base}/issues/2`;
  for (const node of [masthead, other]) expect((await read(node, address)).statusCode).toBe(404);
  const second = await makeReadyIssue(masthead, { newsletterId: issue.newsletterId });
  await publish(masthead, second.id);
  expect((await read(masthead, address)).statusCode).toBe(200);
  await expectStatusOnOther(address, 200);
});

test('a new title of a newsletter shows at once on its node, and within a second on the other', async () => {
  await warm(base);
  await warm('/content/v1/newsletters?limit=100');
  await masthead
    .as('admin')
    .patch(`/admin/v1/newsletters/${issue.newsletterId}`, { title: 'A new name' }, { 'if-match': '*' });
  for (const address of [base, '/content/v1/newsletters?limit=100']) {
    expect((await read(masthead, address)).body).toContain('A new name');
    await expectWordsOnOther(address, 'A new name');
  }
});

describe('a node whose notification connection fails', () => {
  test('a node whose connection is cut serves fresh responses and nothing from its cache until it is connected again', async () => {
    await warm();
    const before = proxy.refused();
    proxy.cut();
    await expectWithin(
      FRESH_WITHIN_MS,
      () => other.responses.find(url),
      (found) => expect(found).toBeNull(),
    );
    // On a busy machine the node may still have an answer to read that it received before the cut.
    await expect.poll(() => proxy.refused()).toBeGreaterThan(before);
    await correct('While it was cut');
    expect(await titleOn(other)).toBe('While it was cut');
    await correct('Once more');
    expect(await titleOn(other)).toBe('Once more');
    expect(other.responses.describe().isTrusted).toBe(false);
    proxy.mend();
    await expect.poll(() => other.responses.describe().isTrusted).toBe(true);
    expect(other.responses.find(url)).toBeNull();
    expect(await titleOn(other)).toBe('Once more');
  });

  test('a node whose connection is frozen still shows a change within a second', async () => {
    await warm();
    proxy.freeze();
    await correct('While it was frozen');
    await expectTitleOnOther('While it was frozen');
    expect(other.responses.describe().isTrusted).toBe(false);
  });

  test('a node whose connection stays frozen past its timeout reconnects', async () => {
    proxy.freeze();
    await expectDistrust();
    await correct('Meanwhile');
    const before = proxy.accepted();
    // The node gives up the old connection before it opens another.
    await expect.poll(() => proxy.accepted()).toBeGreaterThan(before);
    proxy.mend();
    await expect.poll(() => other.responses.describe().isTrusted).toBe(true);
    await correct('Afterwards');
    await expectTitleOnOther('Afterwards');
  });

  test('a node whose connection thaws before its timeout shows the change and trusts its cache again', async () => {
    await warm();
    proxy.freeze();
    await correct('While it was frozen');
    await expectDistrust();
    proxy.mend();
    await expect.poll(() => other.responses.describe().isTrusted).toBe(true);
    expect(await titleOn(other)).toBe('While it was frozen');
  });
});

test('a change that is not published invalidates nothing', async () => {
  await warm();
  const before = masthead.responses.find(url);
  expect(before).not.toBeNull();
  await retitle('Never shown');
  expect(masthead.responses.find(url)).toBe(before);
  expect(await titleOn(masthead)).toBe('First words');
});
