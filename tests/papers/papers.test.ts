import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makePaper } from '../support/factories.ts';
import { sendTogether } from '../support/send-together.ts';

const masthead = useMasthead();

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
      expect(body.type).toBe(`http://masthead.test/problems/${type}`);
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

describe('invalid papers', () => {
  const link = { label: 'Code', url: 'https://example.org', rel: 'code' };

  test.each([
    ['a blank title', { title: ' ' }, '/title'],
    ['a year before 1500', { year: 1499 }, '/year'],
    ['a year too far ahead', { year: 2201 }, '/year'],
    ['a fractional year', { year: 2022.5 }, '/year'],
    ['a malformed arXiv id', { arxivId: 'BLIP' }, '/arxivId'],
    ['an arXiv id at another site', { arxivId: 'https://example.org/abs/2201.12086' }, '/arxivId'],
    ['a malformed DOI', { doi: '2201.12086' }, '/doi'],
    ['a blank author name', { authors: ['Ada', ' '] }, '/authors/1'],
    [
      'an unknown field of an author',
      { authors: [{ name: 'Ada', email: 'a@example.org' }] },
      '/authors/0/email',
    ],
    ['a number as an author', { authors: [1] }, '/authors/0'],
    ['a javascript: link', { links: [{ ...link, url: 'javascript:alert(1)' }] }, '/links/0/url'],
    ['a link with an unknown rel', { links: [link, { ...link, rel: 'poem' }] }, '/links/1/rel'],
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
