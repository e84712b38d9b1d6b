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

/** An issue whose items feature these papers, in order. */
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
  test('says all that is known of it, and where it was featured', async () => {
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

  test('keeps to the schema when little is known', async () => {
    const paper = await makePaper(masthead);
    await publish(masthead, (await makeFeature([paper.id])).id);
    const { body } = await readPaper(paper.id);
    expect(publicPaper.parse(body)).toEqual(body);
  });

  test('names the newest issue first, of all newsletters', async () => {
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

  test('names every item of an issue that features it twice, always in one order', async () => {
    const paper = await makePaper(masthead);
    const issue = await makeFeature(Array.from({ length: 6 }, () => paper.id));
    await publish(masthead, issue.id);
    const { body } = await readPaper(paper.id);
    const titles = body.featuredIn.map((use: { item: { title: string } }) => use.item.title);
    expect(titles.toSorted()).toEqual([0, 1, 2, 3, 4, 5].map((at) => `Item ${at}`));
    const before = await readBytes(masthead, `/content/v1/papers/${paper.id}`);
    // The same rows, laid down the other way round
    await masthead.database.pool.query(`
      WITH gone AS (DELETE FROM published_papers WHERE paper_id = '${paper.id}' RETURNING *)
      INSERT INTO published_papers SELECT * FROM gone ORDER BY item_id DESC`);
    expect(await readBytes(masthead, `/content/v1/papers/${paper.id}`)).toEqual(before);
  });

  test('names a hundred uses at most', async () => {
    const paper = await makePaper(masthead);
    await publish(masthead, (await makeFeature([paper.id], { title: 'Oldest' })).id);
    const items = Array.from({ length: 100 }, () => paper.id);
    await publish(masthead, (await makeFeature(items, { title: 'Newest' })).id);
    const titles = await featuresOf(paper.id);
    expect(titles).toHaveLength(100);
    expect(titles).not.toContain('Oldest');
  });

  test('says what the library says now, of the uses what their editions say', async () => {
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

describe('a paper that no reader has met', () => {
  test('is not found, just as one that never was', async () => {
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

  test('is not found once a correction has dropped it', async () => {
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

test('an id in capitals finds the paper', async () => {
  const paper = await makePaper(masthead);
  await publish(masthead, (await makeFeature([paper.id])).id);
  expect(await readPaper(paper.id.toUpperCase())).toMatchObject({
    status: 200,
    headers: { 'surrogate-key': `content paper:${paper.id} newsletters` },
  });
});

test.each(['1', 'latest', '2201.12086', '%00', '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b1'])(
  'an id that is none is a 400: %s',
  async (id) => {
    expect(await readPaper(id)).toMatchObject({
      status: 400,
      headers: { 'access-control-allow-origin': '*' },
      body: { errors: [{ pointer: '/id', in: 'path' }] },
    });
  },
);
