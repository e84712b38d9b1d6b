import { beforeEach, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter, makeReadyIssue, publish } from '../support/factories.ts';
import { readBytes, withdraw } from './reading.ts';

const masthead = useMasthead();

type Issue = { id: string; number: number; slug: string };
let base: string;
let first: Issue;
let second: Issue;
let third: Issue;

beforeEach(async () => {
  const newsletter = await makeNewsletter(masthead);
  base = `/content/v1/newsletters/${newsletter.slug}/issues`;
  const makePublished = async (fields: object) => {
    const issue = await makeReadyIssue(masthead, { newsletterId: newsletter.id, ...fields });
    await publish(masthead, issue.id);
    return issue;
  };
  // The second one belongs to another newsletter, so it is no neighbour here.
  first = await makePublished({ title: 'First', slug: 'first' });
  await publish(masthead, (await makeReadyIssue(masthead)).id);
  second = await makePublished({ title: 'Second', slug: 'second' });
  third = await makePublished({ title: 'Third', slug: 'third' });
});

async function neighboursOf(key: string | number) {
  const { status, body } = await masthead.anonymous.get(`${base}/${key}`);
  expect(status).toBe(200);
  return [body.previous?.title ?? null, body.next?.title ?? null];
}

test('the newest issue is the same response by number, by slug and as the latest', async () => {
  const bytes = await readBytes(masthead, `${base}/3`);
  expect(JSON.parse(bytes.body)).toMatchObject({ id: third.id });
  expect(await readBytes(masthead, `${base}/third`)).toEqual(bytes);
  expect(await readBytes(masthead, `${base}/latest`)).toEqual(bytes);
});

test('an issue names its previous and next issue in the archive', async () => {
  expect(await neighboursOf(1)).toEqual([null, 'Second']);
  expect(await neighboursOf(2)).toEqual(['First', 'Third']);
  expect(await neighboursOf(3)).toEqual(['Second', null]);
  const { body } = await masthead.anonymous.get(`${base}/2`);
  expect(body).toMatchObject({
    previous: { number: 1, slug: 'first', title: 'First' },
    next: { number: 3, slug: 'third', title: 'Third' },
  });
});

test('withdrawing an issue makes its neighbours adjacent and changes their ETags', async () => {
  const before = await readBytes(masthead, `${base}/1`);
  await withdraw(masthead, second.id);
  expect(await neighboursOf(1)).toEqual([null, 'Third']);
  expect(await neighboursOf(3)).toEqual(['First', null]);
  const after = await readBytes(masthead, `${base}/1`, { 'if-none-match': String(before.headers.etag) });
  expect(after.status).toBe(200);
  expect(after.headers.etag).not.toBe(before.headers.etag);
});

test('withdrawing the newest issue makes the previous one the latest', async () => {
  await withdraw(masthead, third.id);
  expect((await masthead.anonymous.get(`${base}/latest`)).body).toMatchObject({ id: second.id, next: null });
});

test.each(['without a change', 'with another title'])(
  'an issue that is put back after its withdrawal, %s, returns to its place and date',
  async (how) => {
    const before = (await masthead.anonymous.get(`${base}/2`)).body;
    await withdraw(masthead, second.id);
    expect(await neighboursOf(3)).toEqual(['First', null]);
    const title = how === 'without a change' ? 'Second' : 'Mended';
    await masthead
      .as('author')
      .patch(`/admin/v1/issues/${second.id}`, { title, number: 7 }, { 'if-match': '*' });
    await publish(masthead, second.id);
    expect(await neighboursOf(7)).toEqual(['First', 'Third']);
    expect(await neighboursOf(1)).toEqual([null, title]);
    expect(await neighboursOf(3)).toEqual([title, null]);
    expect((await masthead.anonymous.get(`${base}/latest`)).body).toMatchObject({ id: third.id });
    const { body } = await masthead.anonymous.get(`${base}/7`);
    expect(body).toMatchObject({ publishedAt: before.publishedAt, edition: 2 });
    expect(Date.parse(body.updatedAt)).toBeGreaterThan(Date.parse(before.updatedAt));
    const archive = await masthead.anonymous.get(base);
    expect(archive.body.data.map(({ number }: Issue) => number)).toEqual([3, 7, 1]);
    const state = (await masthead.as('viewer').get(`/admin/v1/issues/${second.id}`)).body.publication;
    expect(state.publishedAt).toBe(before.publishedAt);
  },
);

test('a corrected issue keeps its place, and its neighbours show its new title', async () => {
  const before = (await masthead.anonymous.get(`${base}/2`)).body;
  await masthead
    .as('author')
    .patch(`/admin/v1/issues/${second.id}`, { title: 'Mended', slug: 'mended' }, { 'if-match': '*' });
  expect(await neighboursOf(1)).toEqual([null, 'Second']);
  await publish(masthead, second.id);
  expect(await neighboursOf(1)).toEqual([null, 'Mended']);
  const { body } = await masthead.anonymous.get(`${base}/mended`);
  expect(body).toMatchObject({ publishedAt: before.publishedAt, edition: 2, previous: { title: 'First' } });
  expect(Date.parse(body.updatedAt)).toBeGreaterThan(Date.parse(before.updatedAt));
  expect((await masthead.anonymous.get(`${base}/second`)).status).toBe(404);
});

test('of issues published in the same millisecond the one with the higher number is newer', async () => {
  await masthead.database.pool.query(
    `UPDATE publications SET published_at = '2026-05-01T00:00:00Z' WHERE issue_id = ANY ($1)`,
    [[first.id, second.id, third.id]],
  );
  expect(await neighboursOf(2)).toEqual(['First', 'Third']);
  expect((await masthead.anonymous.get(`${base}/latest`)).body).toMatchObject({ id: third.id });
  const archive = await masthead.anonymous.get(base);
  expect(archive.body.data.map(({ number }: Issue) => number)).toEqual([3, 2, 1]);
});

test('issues are ordered by publication time, not by number', async () => {
  const newsletter = await makeNewsletter(masthead);
  for (const number of [9, 2, 5]) {
    const issue = await makeReadyIssue(masthead, {
      newsletterId: newsletter.id,
      number,
      title: `Number ${number}`,
    });
    await publish(masthead, issue.id);
  }
  base = `/content/v1/newsletters/${newsletter.slug}/issues`;
  expect(await neighboursOf(2)).toEqual(['Number 9', 'Number 5']);
});
