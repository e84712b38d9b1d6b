import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makePaper } from '../support/factories.ts';
import { sendTogether } from '../support/send-together.ts';

const masthead = useMasthead();
const UNKNOWN = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11';

describe('papers', () => {
  test('a created paper has all the fields that were sent', async () => {
    const sent = {
      title: 'BLIP: Bootstrapping Language-Image Pre-training',
      authors: [{ name: 'Junnan Li' }, { name: 'Dongxu Li' }],
      year: 2022,
      venue: 'ICML',
      abstract: 'One model that both understands and generates.',
      arxivId: '2201.12086',
      doi: '10.48550/arxiv.2201.12086',
      links: [{ label: 'Code', url: 'https://github.com/salesforce/BLIP', rel: 'code' }],
    };
    const created = await masthead.as('author').post('/admin/v1/papers', sent);
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ ...sent, revision: 1 });
    expect(created.headers).toMatchObject({ etag: '"1"', location: `/admin/v1/papers/${created.body.id}` });

    const read = await masthead.as('viewer').get(`/admin/v1/papers/${created.body.id}`);
    expect(read.status).toBe(200);
    expect(read.body).toEqual(created.body);
    expect(read.headers.etag).toBe('"1"');
  });

  test('a paper needs only a title', async () => {
    expect(await makePaper(masthead)).toMatchObject({
      authors: [],
      year: null,
      venue: null,
      abstract: null,
      arxivId: null,
      doi: null,
      links: [],
    });
  });

  test('authors may be plain names and keep their order', async () => {
    const paper = await makePaper(masthead, { authors: ['Zoe Zed', { name: 'Abe Ay' }, 'Mia Em'] });
    expect(paper.authors).toEqual([{ name: 'Zoe Zed' }, { name: 'Abe Ay' }, { name: 'Mia Em' }]);
    const changed = await masthead
      .as('author')
      .patch(`/admin/v1/papers/${paper.id}`, { authors: ['Mia Em'] });
    expect(changed.body.authors).toEqual([{ name: 'Mia Em' }]);
  });

  test('a paper may have 5,000 authors and no more', async () => {
    const authors = Array.from({ length: 5_001 }, (_, index) => `Author ${index}`);
    const refused = await masthead.as('author').post('/admin/v1/papers', { title: 'Collisions', authors });
    expect(refused.status).toBe(400);
    expect(refused.body.errors).toMatchObject([{ pointer: '/authors' }]);
    const paper = await makePaper(masthead, { authors: authors.slice(1) });
    expect(paper.authors).toHaveLength(5_000);
    expect(paper.authors.at(-1)).toEqual({ name: 'Author 5000' });
  });

  test('an arXiv id is stored without prefix and version, and a DOI in lower case', async () => {
    const paper = await makePaper(masthead, {
      arxivId: 'https://arxiv.org/pdf/2103.00020v1',
      doi: 'https://doi.org/10.48550/arXiv.2103.00020',
    });
    expect(paper).toMatchObject({ arxivId: '2103.00020', doi: '10.48550/arxiv.2103.00020' });
    const changed = await masthead
      .as('author')
      .patch(`/admin/v1/papers/${paper.id}`, { arxivId: 'math.GT/0309136v2', doi: null });
    expect(changed.body).toMatchObject({ arxivId: 'math/0309136', doi: '10.48550/arxiv.math/0309136' });
  });

  test('a patch changes only the fields that it contains', async () => {
    const paper = await makePaper(masthead, { year: 2021, authors: ['Mia Em'], arxivId: '2112.10752' });
    const changed = await masthead.as('author').patch(`/admin/v1/papers/${paper.id}`, { venue: 'CVPR' });
    expect(changed.status).toBe(200);
    expect(changed.headers.etag).toBe('"2"');
    expect(changed.body).toEqual({ ...paper, venue: 'CVPR', revision: 2, updatedAt: changed.body.updatedAt });
    expect(changed.body.updatedAt > paper.updatedAt).toBe(true);
  });

  test('a deleted paper returns 404', async () => {
    const { id } = await makePaper(masthead);
    expect((await masthead.as('author').delete(`/admin/v1/papers/${id}`)).status).toBe(204);
    expect((await masthead.as('viewer').get(`/admin/v1/papers/${id}`)).status).toBe(404);
    expect((await masthead.as('author').delete(`/admin/v1/papers/${id}`)).status).toBe(404);
  });

  test('each change of a paper records an event with its actor', async () => {
    const { id } = await makePaper(masthead, { title: 'Before' });
    await masthead.as('author').patch(`/admin/v1/papers/${id}`, { title: 'After' });
    await masthead.as('author').delete(`/admin/v1/papers/${id}`);
    const events = await masthead.database.prisma.event.findMany({
      where: { subjectKind: 'paper', subjectId: id },
      orderBy: { id: 'asc' },
    });
    expect(events.map(({ type, details }) => ({ type, details }))).toEqual([
      { type: 'paper.created', details: { title: 'Before' } },
      { type: 'paper.updated', details: { title: 'After', fields: ['title'] } },
      { type: 'paper.deleted', details: { title: 'After' } },
    ]);
    for (const event of events) {
      expect(event).toMatchObject({ actorKind: 'key', actorName: 'test author', newsletterId: null });
    }
  });

  test.each(['get', 'patch', 'delete'] as const)('%s of an unknown paper returns 404', async (verb) => {
    const answer = await masthead.as('author')[verb](`/admin/v1/papers/${UNKNOWN}`);
    expect(answer.status).toBe(404);
    expect(answer.body.detail).toBe('There is no such paper.');
  });

  test.each(['get', 'patch', 'delete'] as const)(
    '%s of a paper whose id is not a UUID returns 400',
    async (verb) => {
      const answer = await masthead.as('author')[verb]('/admin/v1/papers/2201.12086');
      expect(answer.status).toBe(400);
      expect(answer.body.errors).toMatchObject([{ pointer: '/id', in: 'path' }]);
    },
  );

  test('a viewer cannot create, change or delete a paper', async () => {
    const { id } = await makePaper(masthead);
    const before = await stored();
    const answers = [
      await masthead.as('viewer').post('/admin/v1/papers', { title: 'A paper' }),
      await masthead.as('viewer').patch(`/admin/v1/papers/${id}`, { title: 'A paper' }),
      await masthead.as('viewer').delete(`/admin/v1/papers/${id}`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect(await stored()).toEqual(before);
  });
});

describe('the list of papers', () => {
  test('the pages of the list contain each paper once, the newest first', async () => {
    for (let made = 0; made < 5; made += 1) await makePaper(masthead);
    const ids: string[] = [];
    let url: string | undefined = '/admin/v1/papers?limit=2';
    while (url) {
      const page = await masthead.as('viewer').get(url);
      expect(page.status).toBe(200);
      expect(page.body.data.length).toBeLessThanOrEqual(2);
      ids.push(...page.body.data.map((paper: { id: string }) => paper.id));
      url = /^<(.+)>; rel="next"$/.exec(String(page.headers.link ?? ''))?.[1];
      expect(page.body.page.next).toBe(url ? new URL(url, 'http://any').searchParams.get('cursor') : null);
    }
    const rows = await masthead.database.prisma.paper.findMany({ orderBy: { id: 'desc' } });
    expect(ids).toEqual(rows.map((row) => row.id));
  });

  test.each([
    ['a limit of 0', 'limit=0', '/limit'],
    ['a limit of 101', 'limit=101', '/limit'],
    ['a limit that is not a number', 'limit=many', '/limit'],
    ['a malformed cursor', 'cursor=nonsense', '/cursor'],
    ['a cursor of another list', `cursor=${Buffer.from('[26,"x"]').toString('base64url')}`, '/cursor'],
    ['an unknown parameter', 'sort=year', '/sort'],
  ])('the list refuses %s', async (_what, query, pointer) => {
    const answer = await masthead.as('viewer').get(`/admin/v1/papers?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toMatchObject([{ pointer, in: 'query' }]);
  });
});

describe('identifiers of papers', () => {
  test.each([
    ['arxivId', 'arxiv-id-taken', '1706.03762', 'arXiv:1706.03762v7'],
    ['doi', 'doi-taken', '10.1038/nature14539', 'https://doi.org/10.1038/NATURE14539'],
  ])('two papers cannot have the same %s, however it is spelled', async (field, type, first, second) => {
    await makePaper(masthead, { [field]: first });
    const other = await makePaper(masthead);
    const before = await stored();
    const answers = [
      await masthead.as('author').post('/admin/v1/papers', { title: 'Again', [field]: second }),
      await masthead.as('author').patch(`/admin/v1/papers/${other.id}`, { [field]: second }),
    ];
    for (const { status, body } of answers) {
      expect(status).toBe(409);
      expect(body.type).toBe(`urn:masthead:problem:${type}`);
      expect(body.errors).toMatchObject([{ pointer: `/${field}`, code: 'taken' }]);
    }
    expect(await stored()).toEqual(before);
  });

  test('only one of 50 simultaneous requests gets the same identifier', async () => {
    const before = await masthead.database.prisma.event.count();
    const answers = await sendTogether(50, (index) =>
      masthead.as('author').post('/admin/v1/papers', { title: 'GPT-3', arxivId: `2005.14165v${index + 1}` }),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(49);
    expect(await masthead.database.prisma.paperIdentifier.count({ where: { value: '2005.14165' } })).toBe(1);
    expect(await masthead.database.prisma.event.count()).toBe(before + 1);
  });
});

describe('If-Match on a paper', () => {
  test('a change or deletion with the current ETag succeeds', async () => {
    const { id } = await makePaper(masthead);
    const url = `/admin/v1/papers/${id}`;
    expect((await masthead.as('author').patch(url, { year: 2020 }, { 'if-match': '"1"' })).status).toBe(200);
    expect((await masthead.as('author').patch(url, { year: 2021 }, { 'if-match': '*' })).status).toBe(200);
    expect((await masthead.as('author').delete(url, { 'if-match': '"1", "3"' })).status).toBe(204);
  });

  test('a change or deletion with a stale ETag is refused', async () => {
    const { id } = await makePaper(masthead);
    const url = `/admin/v1/papers/${id}`;
    await masthead.as('author').patch(url, { year: 2020 });
    const before = await stored();
    const answers = [
      await masthead.as('author').patch(url, { year: 2021 }, { 'if-match': '"1"' }),
      await masthead.as('author').delete(url, { 'if-match': '"1"' }),
    ];
    for (const { status, body } of answers) {
      expect(status).toBe(412);
      expect(body.revision).toBe(2);
    }
    expect(await stored()).toEqual(before);
  });

  test('only one of two simultaneous changes with the same ETag succeeds', async () => {
    const { id } = await makePaper(masthead);
    const answers = await Promise.all(
      [2020, 2021].map((year) =>
        masthead.as('author').patch(`/admin/v1/papers/${id}`, { year }, { 'if-match': '"1"' }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });
});

describe('invalid papers', () => {
  const link = { label: 'Code', url: 'https://example.org', rel: 'code' };

  test.each([
    ['an unknown field', { journal: 'Nature' }, '/journal'],
    ['a blank title', { title: ' ' }, '/title'],
    ['a NUL in the title', { title: 'A\u0000' }, '/title'],
    ['half a surrogate pair in the abstract', { abstract: 'A\ud800' }, '/abstract'],
    ['a year before 1500', { year: 1499 }, '/year'],
    ['a year too far ahead', { year: 2201 }, '/year'],
    ['a fractional year', { year: 2022.5 }, '/year'],
    ['a malformed arXiv id', { arxivId: 'BLIP' }, '/arxivId'],
    ['an arXiv id at another site', { arxivId: 'https://example.org/abs/2201.12086' }, '/arxivId'],
    ['a malformed DOI', { doi: '2201.12086' }, '/doi'],
    ['a blank author name', { authors: ['Ada', ' '] }, '/authors/1'],
    ['a NUL in an author name', { authors: [{ name: 'A\u0000' }] }, '/authors/0/name'],
    [
      'an unknown field of an author',
      { authors: [{ name: 'Ada', email: 'a@example.org' }] },
      '/authors/0/email',
    ],
    ['a number as an author', { authors: [1] }, '/authors/0'],
    ['a javascript: link', { links: [{ ...link, url: 'javascript:alert(1)' }] }, '/links/0/url'],
    ['a link with an unknown rel', { links: [link, { ...link, rel: 'poem' }] }, '/links/1/rel'],
    ['half a surrogate pair in a link', { links: [{ ...link, label: '\udc00' }] }, '/links/0/label'],
  ])('a paper with %s is refused', async (_what, fields, pointer) => {
    const { id } = await makePaper(masthead);
    const before = await stored();
    const answers = [
      await masthead.as('author').post('/admin/v1/papers', { title: 'A paper', ...fields }),
      await masthead.as('author').patch(`/admin/v1/papers/${id}`, fields),
    ];
    for (const { status, body } of answers) {
      expect(status).toBe(400);
      expect(body.errors).toMatchObject([{ pointer }]);
    }
    expect(await stored()).toEqual(before);
  });

  test('the refusal names every fault at once', async () => {
    const answer = await masthead.as('author').post('/admin/v1/papers', {
      year: 'MMXXII',
      arxivId: 'x',
      doi: 'y',
      links: [{ ...link, url: 'z' }],
      isbn: 1,
    });
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map((fault: { pointer: string }) => fault.pointer).sort()).toEqual([
      '/arxivId',
      '/doi',
      '/isbn',
      '/links/0/url',
      '/title',
      '/year',
    ]);
  });
});

async function stored() {
  const { prisma } = masthead.database;
  return {
    papers: await prisma.paper.findMany({ orderBy: { id: 'asc' } }),
    events: await prisma.event.count(),
  };
}
