import { beforeEach, describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeIssue, makeNewsletter, makePaper, publish } from '../support/factories.ts';

const masthead = useMasthead();
const UNKNOWN = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11';

let newsletter: { id: string; slug: string };
let preprint: { id: string };
let published: { id: string };

beforeEach(async () => {
  newsletter = await makeNewsletter(masthead);
  preprint = await makePaper(masthead, {
    title: 'A work',
    authors: ['Ada Lovelace'],
    identifiers: [`https://example.org/preprint/${newsletter.slug}`],
    links: [{ label: 'Code', url: 'https://example.org/code', rel: 'code' }],
    statuses: [{ status: 'preprint', date: '2022-01' }],
  });
  published = await makePaper(masthead, {
    title: 'A work, published',
    venue: 'A venue',
    year: 2022,
    doi: `10.1000/${newsletter.slug}`,
    statuses: [{ status: 'published', date: '2022-07' }],
  });
});

function feature(paperId: string, title = 'An issue') {
  const items = [{ kind: 'paper', title, body: 'x', paperId }];
  return makeIssue(masthead, { newsletterId: newsletter.id, title, sections: [{ title: 'P', items }] });
}

const merge = (id: string, paperIds: string[], headers = {}) =>
  masthead.as('editor').post(`/admin/v1/papers/${id}/merge`, { paperIds }, headers);

async function stored() {
  const { prisma } = masthead.database;
  return {
    papers: await prisma.paper.findMany({ orderBy: { id: 'asc' }, include: { identifiers: true } }),
    items: await prisma.item.findMany({ orderBy: { id: 'asc' } }),
    published: await prisma.publishedPaper.findMany({ orderBy: { itemId: 'asc' } }),
    events: await prisma.event.count(),
  };
}

describe('merging papers', () => {
  test('a merge moves identifiers, missing fields and uses to the paper and records one event', async () => {
    const draft = await feature(preprint.id, 'A draft');
    const out = await feature(preprint.id, 'Out');
    await publish(masthead, out.id);
    const answer = await merge(published.id, [preprint.id]);
    expect(answer.status).toBe(200);
    expect(answer.headers.etag).toBe('"2"');
    expect(answer.body).toMatchObject({
      title: 'A work, published',
      authors: [{ name: 'Ada Lovelace' }],
      venue: 'A venue',
      doi: `10.1000/${newsletter.slug}`,
      identifiers: [{ scheme: 'doi' }, { scheme: 'address' }],
      links: [{ url: 'https://example.org/code' }],
      status: 'published',
      statuses: [{ status: 'preprint' }, { status: 'published' }],
    });
    const tree = await masthead.as('viewer').get(`/admin/v1/issues/${draft.id}`);
    expect(tree.body.sections[0].items[0].paperId).toBe(published.id);
    expect(tree.body.revision).toBe(draft.revision + 1);
    const page = await masthead.anonymous.get(`/content/v1/papers/${published.id}`);
    expect(page.body.featuredIn).toMatchObject([
      { issue: { title: 'Out' }, item: { id: out.sections[0].items[0].id } },
    ]);
    const events = await masthead.database.prisma.event.findMany({
      where: { type: 'paper.merged' },
      orderBy: { id: 'desc' },
      take: 1,
    });
    expect(events).toMatchObject([
      { subjectId: published.id, details: { merged: [{ id: preprint.id, title: 'A work' }] } },
    ]);
  });

  test('the old id leads readers to the merged paper and tells editors its new id', async () => {
    const out = await feature(preprint.id);
    await publish(masthead, out.id);
    expect((await masthead.anonymous.get(`/content/v1/papers/${published.id}`)).status).toBe(404);
    const issueUrl = `/content/v1/newsletters/${newsletter.slug}/issues/1`;
    const before = await masthead.anonymous.get(issueUrl);
    await merge(published.id, [preprint.id]);
    const page = await masthead.anonymous.get(`/content/v1/papers/${preprint.id}`);
    expect(page).toMatchObject({ status: 200, body: { id: published.id, title: 'A work, published' } });
    const after = await masthead.anonymous.get(issueUrl);
    expect(after.body.sections).toEqual(before.body.sections);
    expect(after.body.paperStatuses).toMatchObject([{ paperId: published.id, status: 'published' }]);
    const gone = await masthead.as('viewer').get(`/admin/v1/papers/${preprint.id}`);
    expect(gone).toMatchObject({
      status: 404,
      body: { type: 'http://masthead.test/problems/paper-merged', mergedInto: published.id },
    });
    const item = { kind: 'paper', title: 'A', body: 'x', paperId: preprint.id };
    const refused = await masthead
      .as('author')
      .post(`/admin/v1/newsletters/${newsletter.id}/issues`, { sections: [{ title: 'P', items: [item] }] });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ code: 'paper_merged' }] } });
    const third = await makePaper(masthead);
    await merge(third.id, [published.id]);
    const moved = await masthead.anonymous.get(`/content/v1/papers/${preprint.id}`);
    expect(moved).toMatchObject({ status: 200, body: { id: third.id } });
  });

  test.each([
    ['an unknown paper', () => [preprint.id, UNKNOWN], 422, '/paperIds/1'],
    ['the paper itself', () => [published.id], 422, '/paperIds/0'],
    ['the same paper twice', () => [preprint.id, preprint.id], 400, '/paperIds'],
    ['no paper', () => [], 400, '/paperIds'],
  ])('a merge of %s is refused and changes nothing', async (_what, ids, status, pointer) => {
    const before = await stored();
    const answer = await merge(published.id, ids());
    expect(answer).toMatchObject({ status, body: { errors: [{ pointer }] } });
    expect(await stored()).toEqual(before);
  });

  test('a merge keeps a retraction and adds the issues of the duplicate to the change log', async () => {
    const out = await feature(preprint.id);
    await publish(masthead, out.id);
    await masthead.as('author').patch(`/admin/v1/papers/${published.id}`, {
      statuses: [
        { status: 'published', date: '2022-07' },
        { status: 'retracted', date: '2023-05' },
      ],
    });
    await masthead
      .as('author')
      .patch(`/admin/v1/papers/${preprint.id}`, { statuses: [{ status: 'corrected', date: '2024-01' }] });
    const changes = `/content/v1/newsletters/${newsletter.slug}/changes`;
    const { body: before } = await masthead.anonymous.get(changes);
    const merged = await merge(published.id, [preprint.id]);
    expect(merged.body.status).toBe('retracted');
    const { body } = await masthead.anonymous.get(
      `${changes}?cursor=${encodeURIComponent(before.page.next)}`,
    );
    expect(body.data).toMatchObject([
      { type: 'paper_status', issue: { id: out.id }, paperStatuses: [{ status: 'retracted' }] },
    ]);
  });

  test('a merge that would exceed the maximum number of links is refused', async () => {
    const links = (word: string) =>
      Array.from({ length: 60 }, (_, at) => ({
        label: 'L',
        url: `https://example.org/${word}/${at}`,
        rel: 'other',
      }));
    for (const [paper, word] of [
      [preprint, 'a'],
      [published, 'b'],
    ] as const) {
      await masthead.as('author').patch(`/admin/v1/papers/${paper.id}`, { links: links(word) });
    }
    const before = await stored();
    const answer = await merge(published.id, [preprint.id]);
    expect(answer).toMatchObject({
      status: 422,
      body: { type: 'http://masthead.test/problems/too-many-links' },
    });
    expect(await stored()).toEqual(before);
  });

  test('two incomplete papers become one incomplete paper that is due for look-up', async () => {
    const { body } = await masthead.as('author').post('/admin/v1/papers/imports', {
      identifiers: [`10.1000/i.${newsletter.slug}`, `https://example.org/i/${newsletter.slug}`],
    });
    const [one, other] = body.records.map(({ paperId }: { paperId: string }) => paperId);
    const merged = await merge(other, [one]);
    expect(merged.body).toMatchObject({
      incomplete: true,
      identifiers: [{ scheme: 'address' }, { scheme: 'doi' }],
    });
    const row = await masthead.database.prisma.paper.findUniqueOrThrow({ where: { id: other } });
    expect(row.completeAt).not.toBeNull();
  });

  test('a merge is refused with a stale ETag, for authors and for an unknown paper', async () => {
    const before = await stored();
    expect((await merge(published.id, [preprint.id], { 'if-match': '"7"' })).status).toBe(412);
    const author = await masthead
      .as('author')
      .post(`/admin/v1/papers/${published.id}/merge`, { paperIds: [preprint.id] });
    expect(author.status).toBe(403);
    expect((await merge(UNKNOWN, [preprint.id])).status).toBe(404);
    expect(await stored()).toEqual(before);
  });

  test('of two simultaneous merges in opposite directions exactly one succeeds', async () => {
    const answers = await Promise.all([
      merge(published.id, [preprint.id]),
      merge(preprint.id, [published.id]),
    ]);
    const statuses = answers.map(({ status }) => status).toSorted();
    expect(statuses[0]).toBe(200);
    expect([404, 409]).toContain(statuses[1]);
    const rest = await masthead.database.prisma.paper.count({
      where: { id: { in: [published.id, preprint.id] } },
    });
    expect(rest).toBe(1);
  });

  test('a merge moves all uses while issues are written and published at the same time', async () => {
    const issues = await Promise.all(
      Array.from({ length: 6 }, (_, at) => feature(preprint.id, `Issue ${at}`)),
    );
    const [merged, ...others] = await Promise.all([
      merge(published.id, [preprint.id]),
      ...issues.map((issue) =>
        masthead.as('editor').put(`/admin/v1/issues/${issue.id}/publication`, {}, { 'if-match': '*' }),
      ),
      feature(preprint.id, 'Late').then(
        () => ({ status: 200 }),
        () => ({ status: 422 }),
      ),
    ]);
    expect([200, 409]).toContain(merged.status);
    for (const { status } of others) expect([200, 409, 422]).toContain(status);
    if (merged.status === 409) expect((await merge(published.id, [preprint.id])).status).toBe(200);
    const left = await masthead.database.prisma.item.count({ where: { paperId: preprint.id } });
    expect(left).toBe(0);
    const page = await masthead.anonymous.get(`/content/v1/papers/${published.id}`);
    const out = await masthead.database.prisma.publication.count({ where: { newsletterId: newsletter.id } });
    expect(page.body.featuredTotal).toBe(out);
    expect(out).toBe(others.slice(0, 6).filter(({ status }) => status === 200).length);
  });
});
