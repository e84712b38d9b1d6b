import { beforeAll, describe, expect, test } from 'vitest';
import { publicPaper } from '../../src/modules/delivery/schemas.ts';
import { useMasthead } from '../support/app.ts';
import { makeIssue, makeNewsletter, makePaper, publish } from '../support/factories.ts';
import { readBytes, withdraw } from './reading.ts';

const masthead = useMasthead();

let newsletter: { id: string; slug: string };

beforeAll(async () => {
  newsletter = await makeNewsletter(masthead, { title: 'A letter' });
});

/** A draft whose items feature these papers in order. */
function makeFeature(paperIds: string[], fields: object = {}) {
  const items = paperIds.map((paperId, at) => ({ kind: 'paper', title: `Item ${at}`, body: 'x', paperId }));
  return makeIssue(masthead, {
    newsletterId: newsletter.id,
    title: 'An issue',
    sections: [{ title: 'Papers', items }],
    ...fields,
  });
}

function readPaper(id: string) {
  return masthead.anonymous.get(`/content/v1/papers/${id}`);
}

async function featuresOf(id: string): Promise<string[]> {
  const { body } = await readPaper(id);
  return (body.featuredIn ?? []).map((use: { issue: { title: string } }) => use.issue.title);
}

describe('the page of a paper', () => {
  test('the page has every field of the paper and where it was featured', async () => {
    const fields = {
      title: 'BLIP',
      authors: [{ name: 'Junnan Li' }, { name: 'Dongxu Li' }],
      year: 2022,
      venue: 'ICML',
      abstract: 'Vision and language.',
      arxivId: '2201.12086',
      doi: '10.48550/arxiv.2201.12086',
      links: [{ label: 'Code', url: 'https://github.com/salesforce/BLIP', rel: 'code' }],
    };
    const paper = await makePaper(masthead, fields);
    const issue = await makeFeature([paper.id], { slug: 'the-blip-issue' });
    await publish(masthead, issue.id);
    const { body: edition } = await masthead.anonymous.get(
      `/content/v1/newsletters/${newsletter.slug}/issues/the-blip-issue`,
    );
    const { status, body } = await readPaper(paper.id);
    expect(status).toBe(200);
    expect(body).toEqual({
      id: paper.id,
      ...fields,
      hasMoreAuthors: false,
      identifiers: [
        { scheme: 'arxiv', value: '2201.12086', version: null, url: 'https://arxiv.org/abs/2201.12086' },
      ],
      ...{ licence: null, results: [], status: null, statuses: [], csl: {} },
      featuredTotal: 1,
      featuredIn: [
        {
          newsletter: { slug: newsletter.slug, title: 'A letter' },
          issue: {
            number: issue.number,
            slug: 'the-blip-issue',
            title: 'An issue',
            publishedAt: edition.publishedAt,
          },
          item: { id: edition.sections[0].items[0].id, title: 'Item 0', anchor: 'item-0' },
        },
      ],
    });
    expect(publicPaper.parse(body)).toEqual(body);
    const { featuredIn: _uses, featuredTotal: _total, ...told } = body;
    expect(edition.sections[0].items[0].paper).toEqual(told);
  });

  test('the page of a paper with only a title matches its schema', async () => {
    const paper = await makePaper(masthead);
    await publish(masthead, (await makeFeature([paper.id])).id);
    const { body } = await readPaper(paper.id);
    expect(publicPaper.parse(body)).toEqual(body);
  });

  test('the uses come from all newsletters, newest issue first', async () => {
    const paper = await makePaper(masthead);
    const other = await makeNewsletter(masthead);
    await publish(masthead, (await makeFeature([paper.id], { title: 'First' })).id);
    await publish(masthead, (await makeFeature([paper.id], { title: 'Second', newsletterId: other.id })).id);
    const third = await makeFeature([paper.id], { title: 'Third' });
    await publish(masthead, third.id);
    expect(await featuresOf(paper.id)).toEqual(['Third', 'Second', 'First']);
    await withdraw(masthead, third.id);
    expect(await featuresOf(paper.id)).toEqual(['Second', 'First']);
  });

  test('every item of an issue that features the paper is listed, in an order that does not depend on the table', async () => {
    const paper = await makePaper(masthead);
    const issue = await makeFeature(Array.from({ length: 6 }, () => paper.id));
    await publish(masthead, issue.id);
    const { body } = await readPaper(paper.id);
    const titles = body.featuredIn.map((use: { item: { title: string } }) => use.item.title);
    expect(titles.toSorted()).toEqual([0, 1, 2, 3, 4, 5].map((at) => `Item ${at}`));
    const before = await readBytes(masthead, `/content/v1/papers/${paper.id}`);
    // The same rows, inserted in the opposite order
    await masthead.database.pool.query(`
      WITH gone AS (DELETE FROM published_papers WHERE paper_id = '${paper.id}' RETURNING *)
      INSERT INTO published_papers SELECT * FROM gone ORDER BY item_id DESC`);
    expect(await readBytes(masthead, `/content/v1/papers/${paper.id}`)).toEqual(before);
  });

  test('the page lists at most a hundred uses, newest first', async () => {
    const paper = await makePaper(masthead);
    await publish(masthead, (await makeFeature([paper.id], { title: 'Oldest' })).id);
    const items = Array.from({ length: 100 }, () => paper.id);
    await publish(masthead, (await makeFeature(items, { title: 'Newest' })).id);
    const titles = await featuresOf(paper.id);
    expect(titles).toHaveLength(100);
    expect(titles).not.toContain('Oldest');
  });

  test('the page has the current fields of the paper, and the uses as published', async () => {
    const paper = await makePaper(masthead, { title: 'As published' });
    const issue = await makeFeature([paper.id], { title: 'As published' });
    await publish(masthead, issue.id);
    const before = await readBytes(masthead, `/content/v1/papers/${paper.id}`);
    await masthead.as('author').patch(`/admin/v1/papers/${paper.id}`, { title: 'Corrected', year: 2023 });
    await masthead
      .as('author')
      .patch(`/admin/v1/issues/${issue.id}`, { title: 'Drafted', slug: 'drafted' }, { 'if-match': '*' });
    await masthead
      .as('author')
      .patch(`/admin/v1/items/${issue.sections[0].items[0].id}`, { title: 'Drafted' }, { 'if-match': '*' });
    const after = await readBytes(masthead, `/content/v1/papers/${paper.id}`);
    expect(JSON.parse(after.body)).toEqual({
      ...JSON.parse(before.body),
      title: 'Corrected',
      year: 2023,
    });
    expect(after.headers.etag).not.toBe(before.headers.etag);
  });
});

describe('a paper that is in no published issue', () => {
  test('a paper that is in no published issue returns the same 404 as an unknown one', async () => {
    const never = await readBytes(masthead, '/content/v1/papers/0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11');
    expect(never.status).toBe(404);
    const paper = await makePaper(masthead);
    const read = () => readBytes(masthead, `/content/v1/papers/${paper.id}`);
    expect(await read()).toEqual(never);
    const issue = await makeFeature([paper.id]);
    expect(await read()).toEqual(never);
    await publish(masthead, issue.id);
    expect((await read()).status).toBe(200);
    await withdraw(masthead, issue.id);
    expect(await read()).toEqual(never);
  });

  test('a paper returns 404 once a correction drops it', async () => {
    const paper = await makePaper(masthead);
    const issue = await makeFeature([paper.id]);
    await publish(masthead, issue.id);
    await masthead
      .as('author')
      .patch(
        `/admin/v1/items/${issue.sections[0].items[0].id}`,
        { paperId: null, kind: 'note' },
        { 'if-match': '*' },
      );
    expect((await readPaper(paper.id)).status).toBe(200);
    await publish(masthead, issue.id);
    expect((await readPaper(paper.id)).status).toBe(404);
  });
});

test('an id in upper case finds the paper', async () => {
  const paper = await makePaper(masthead);
  await publish(masthead, (await makeFeature([paper.id])).id);
  expect(await readPaper(paper.id.toUpperCase())).toMatchObject({
    status: 200,
    headers: { 'surrogate-key': `content paper:${paper.id} newsletters` },
  });
});

test.each(['1', 'latest', '2201.12086', '%00', '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b1'])(
  'the malformed id %s returns 400',
  async (id) => {
    expect(await readPaper(id)).toMatchObject({
      status: 400,
      headers: { 'access-control-allow-origin': '*' },
      body: { errors: [{ pointer: '/id', in: 'path' }] },
    });
  },
);
