import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter, makePaper, makeReadyIssue, publish } from '../support/factories.ts';
import { injectAtDoor } from '../support/inject.ts';
import { startSecondNode } from '../support/second-node.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { withdraw } from './reading.ts';

const masthead = useMasthead();

type Node = Awaited<ReturnType<typeof startSecondNode>>;

/** Milliseconds in which every node shows what another has published. */
const FRESH = { timeout: 1_000, interval: 5 };
/** For a connection to be made again. */
const PATIENT = { timeout: 10_000, interval: 20 };

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
  await expect.poll(() => masthead.responses.describe().isTrusted, PATIENT).toBe(true);
  await expect.poll(() => other.responses.describe().isTrusted, PATIENT).toBe(true);
  const newsletter = await makeNewsletter(masthead);
  issue = await makeReadyIssue(masthead, { newsletterId: newsletter.id, title: 'First words' });
  await publish(masthead, issue.id);
  base = `/content/v1/newsletters/${newsletter.slug}`;
  url = `${base}/issues/1`;
});

const read = ({ app }: Pick<Node, 'app'>, address = url, headers = {}) =>
  injectAtDoor(app, { url: address, headers });
const titleOn = async (node: Pick<Node, 'app'>) => (await read(node)).json().title;

async function retitle(title: string): Promise<void> {
  await masthead.as('author').patch(`/admin/v1/issues/${issue.id}`, { title }, { 'if-match': '*' });
}

async function correct(title: string): Promise<void> {
  await retitle(title);
  await publish(masthead, issue.id);
}

/** Both nodes have it at hand, once they have heard of all that went before. */
async function warm(address = url): Promise<void> {
  for (const node of [masthead, other]) {
    const find = async () => (await read(node, address)) && node.responses.find(address);
    await expect.poll(find, PATIENT).not.toBeNull();
  }
}

describe('A correction', () => {
  test('shows at once on the node that acknowledged it, and soon on the other', async () => {
    await warm();
    await correct('Second words');
    expect(await titleOn(masthead)).toBe('Second words');
    await expect.poll(() => titleOn(other), FRESH).toBe('Second words');
  });

  test('shows at once on its node each time, with readers who never stop asking', async () => {
    let isOver = false;
    const ask = async () => {
      while (!isOver) {
        await read(masthead);
        // What is at hand is answered in the same turn of the loop: others shall have theirs.
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

  test('shows in the archive, in its neighbours and on the pages of its papers', async () => {
    const paper = await makePaper(masthead);
    const items = [{ kind: 'paper', title: 'A paper', body: 'Read it.', paperId: paper.id }];
    const next = await makeReadyIssue(masthead, {
      newsletterId: issue.newsletterId,
      title: 'Next',
      sections: [{ title: 'Papers', items }],
    });
    await publish(masthead, next.id);
    const addresses = [`${base}/issues`, url, `/content/v1/papers/${paper.id}`];
    await expect.poll(async () => (await read(other, `${base}/issues/2`)).statusCode, FRESH).toBe(200);
    for (const address of addresses) await warm(address);
    await masthead.as('author').patch(`/admin/v1/issues/${next.id}`, { title: 'Other' }, { 'if-match': '*' });
    await publish(masthead, next.id);
    for (const address of addresses) {
      expect((await read(masthead, address)).body).toContain('Other');
      await expect.poll(async () => (await read(other, address)).body, FRESH).toContain('Other');
    }
  });
});

test('A withdrawn issue is gone at once and soon everywhere, and no 304', async () => {
  await warm();
  const { etag } = (await read(masthead)).headers;
  await withdraw(masthead, issue.id);
  for (const known of [String(etag), '*']) {
    expect((await read(masthead, url, { 'if-none-match': known })).statusCode).toBe(404);
    const ask = async () => (await read(other, url, { 'if-none-match': known })).statusCode;
    await expect.poll(ask, FRESH).toBe(404);
  }
});

test('An address that led nowhere leads to what is published there', async () => {
  const address = `${base}/issues/2`;
  for (const node of [masthead, other]) expect((await read(node, address)).statusCode).toBe(404);
  const second = await makeReadyIssue(masthead, { newsletterId: issue.newsletterId });
  await publish(masthead, second.id);
  expect((await read(masthead, address)).statusCode).toBe(200);
  await expect.poll(async () => (await read(other, address)).statusCode, FRESH).toBe(200);
});

test('A newsletter’s new title and a paper’s new title show at once', async () => {
  await warm(base);
  await warm('/content/v1/newsletters?limit=100');
  await masthead
    .as('admin')
    .patch(`/admin/v1/newsletters/${issue.newsletterId}`, { title: 'A new name' }, { 'if-match': '*' });
  for (const address of [base, '/content/v1/newsletters?limit=100']) {
    expect((await read(masthead, address)).body).toContain('A new name');
    await expect.poll(async () => (await read(other, address)).body, FRESH).toContain('A new name');
  }
});

describe('A node whose connection for notifications is', () => {
  test('cut serves nothing from its cache, and is fresh, until it listens again', async () => {
    await warm();
    proxy.cut();
    await expect.poll(() => other.responses.find(url), FRESH).toBeNull();
    await correct('While it was cut');
    expect(await titleOn(other)).toBe('While it was cut');
    await correct('Once more');
    expect(await titleOn(other)).toBe('Once more');
    expect(other.responses.describe().isTrusted).toBe(false);
    proxy.mend();
    await expect.poll(() => other.responses.describe().isTrusted, PATIENT).toBe(true);
    expect(other.responses.find(url)).toBeNull();
    expect(await titleOn(other)).toBe('Once more');
  });

  test('frozen without a word shows what is new within a second all the same', async () => {
    await warm();
    proxy.freeze();
    await correct('While it was frozen');
    await expect.poll(() => titleOn(other), FRESH).toBe('While it was frozen');
    expect(other.responses.describe().isTrusted).toBe(false);
  });

  test('frozen for longer than it waits for an answer connects anew', { timeout: 30_000 }, async () => {
    proxy.freeze();
    await expect.poll(() => other.responses.describe().isTrusted, FRESH).toBe(false);
    await correct('Meanwhile');
    // Past the time in which the server has to answer, so that only a new connection can help.
    await new Promise((resolve) => setTimeout(resolve, 6_500));
    proxy.mend();
    await expect.poll(() => other.responses.describe().isTrusted, PATIENT).toBe(true);
    await correct('Afterwards');
    await expect.poll(() => titleOn(other), FRESH).toBe('Afterwards');
  });

  test('thawed in time has heard all, and goes on', async () => {
    await warm();
    proxy.freeze();
    await correct('While it was frozen');
    await expect.poll(() => other.responses.describe().isTrusted, FRESH).toBe(false);
    proxy.mend();
    await expect.poll(() => other.responses.describe().isTrusted, PATIENT).toBe(true);
    expect(await titleOn(other)).toBe('While it was frozen');
  });
});

test('A change that is not published drops nothing', async () => {
  await warm();
  const before = masthead.responses.find(url);
  await retitle('Never shown');
  expect(masthead.responses.find(url)).toBe(before);
  expect(await titleOn(masthead)).toBe('First words');
});
