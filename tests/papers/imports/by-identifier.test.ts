import pino from 'pino';
import { beforeEach, describe, expect, test } from 'vitest';
import { makeCompletePapers } from '../../../src/modules/papers/completion/complete-papers.ts';
import { makeMetadataClient } from '../../../src/modules/papers/metadata/metadata-client.ts';
import { useMasthead } from '../../support/app.ts';
import { makeIssue, makePaper } from '../../support/factories.ts';
import { IN_HASTE, useMetadataServer } from '../../support/metadata-server.ts';

const registries = useMetadataServer();
const masthead = useMasthead({ metadata: () => registries.config, metadataLimits: IN_HASTE });

beforeEach(async () => {
  await masthead.database.prisma.metadataAnswer.deleteMany();
  await masthead.database.prisma.metadataSource.deleteMany();
  await masthead.database.prisma.paper.deleteMany({ where: { items: { none: {} } } });
});

const BLIP = {
  id: '2201.12086v2',
  title: 'BLIP: Bootstrapping Language-Image Pre-training',
  authors: ['Junnan Li', 'Dongxu Li'],
  summary: 'One model that understands and generates.',
  published: '2022-01-28T12:49:48Z',
};

function importAll(identifiers: string[], query = '') {
  return masthead.as('author').post(`/admin/v1/papers/imports${query}`, { identifiers });
}

async function find(identifier: string) {
  const { body } = await masthead
    .as('viewer')
    .get(`/admin/v1/papers?identifier=${encodeURIComponent(identifier)}`);
  return body.data[0];
}

/** Completes incomplete papers once, as the background task of a node does. */
function completePapers() {
  const client = makeMetadataClient(registries.config, IN_HASTE);
  return makeCompletePapers(masthead.ctx, client, pino({ level: 'silent' }))(new AbortController().signal);
}

/** Makes all incomplete papers due for look-up now. */
async function makePapersDue(): Promise<void> {
  await masthead.database.prisma.paper.updateMany({
    where: { completeAt: { not: null } },
    data: { completeAt: new Date(0) },
  });
}

describe('imports by identifier', () => {
  test('an import by identifiers creates papers from the metadata of the registries', async () => {
    registries.addToArxiv(BLIP);
    registries.addToCrossref({
      DOI: '10.1038/nature14539',
      title: ['Deep learning'],
      type: 'journal-article',
      author: [{ given: 'Yann', family: 'LeCun' }],
      'container-title': ['Nature'],
      published: { 'date-parts': [[2015, 5, 27]] },
    });
    const { status, body } = await importAll([
      'https://arxiv.org/abs/2201.12086',
      'doi:10.1038/NATURE14539',
      'https://example.org/a-paper',
      '9999.99999',
    ]);
    expect(status).toBe(201);
    expect(body).toMatchObject({ format: 'identifiers', counts: { created: 3, matched: 0, refused: 1 } });
    expect(body.records).toMatchObject([
      { outcome: 'created', title: BLIP.title, key: 'https://arxiv.org/abs/2201.12086' },
      { outcome: 'created', title: 'Deep learning' },
      { outcome: 'created', title: 'https://example.org/a-paper' },
      { outcome: 'refused', faults: [{ code: 'no_identifier' }] },
    ]);
    expect(await find('2201.12086')).toMatchObject({
      title: BLIP.title,
      authors: [{ name: 'Junnan Li' }, { name: 'Dongxu Li' }],
      abstract: BLIP.summary,
      year: 2022,
      status: 'preprint',
      statuses: [{ status: 'preprint', date: '2022-01-28' }],
      identifiers: [{ scheme: 'arxiv', value: '2201.12086' }],
      incomplete: false,
    });
    expect(await find('10.1038/nature14539')).toMatchObject({
      venue: 'Nature',
      status: 'published',
      csl: { type: 'article-journal' },
      incomplete: false,
    });
    expect(await find('https://example.org/a-paper')).toMatchObject({ incomplete: true });
  });

  test('an identifier that the registries do not know is refused', async () => {
    const { body } = await importAll(['2201.00001', '10.1000/none']);
    expect(body.records).toMatchObject([
      { outcome: 'refused', faults: [{ code: 'unknown_identifier' }] },
      { outcome: 'refused', faults: [{ code: 'unknown_identifier' }] },
    ]);
  });

  test('a dry run, the import after it and a repeated import send one request to the registry', async () => {
    registries.addToArxiv(BLIP);
    const dry = await importAll(['2201.12086'], '?dryRun=true');
    expect(dry.body.records).toMatchObject([{ outcome: 'created', title: BLIP.title }]);
    expect(await find('2201.12086')).toBeUndefined();
    await importAll(['2201.12086']);
    await importAll(['arXiv:2201.12086v1']);
    expect(registries.requests).toHaveLength(1);
  });
});

describe('papers imported while a registry is down', () => {
  beforeEach(async () => {
    registries.addToArxiv(BLIP);
    registries.misbehave('arxiv', { status: 503 });
    const { body } = await importAll(['2201.12086']);
    expect(body.counts).toEqual({ created: 1, matched: 0, refused: 0 });
  });

  /** Lets the registry answer again and ends the pause after its failure. */
  async function recover(): Promise<void> {
    registries.misbehave('arxiv', null);
    await masthead.database.prisma.metadataSource.deleteMany();
    await makePapersDue();
  }

  test('an incomplete paper is listed as such and causes a readiness warning', async () => {
    const paper = await find('2201.12086');
    expect(paper).toMatchObject({ title: 'arXiv:2201.12086', authors: [], incomplete: true });
    const listed = await masthead.as('viewer').get('/admin/v1/papers?incomplete=true');
    expect(listed.body.data).toMatchObject([{ id: paper.id }]);
    const issue = await makeIssue(masthead, {
      title: 'An issue',
      sections: [{ title: 'P', items: [{ kind: 'paper', title: 'A', body: 'x', paperId: paper.id }] }],
    });
    const { body } = await masthead.as('viewer').get(`/admin/v1/issues/${issue.id}/readiness`);
    expect(body.warnings).toMatchObject([{ code: 'paper_incomplete' }]);
    await masthead.as('author').delete(`/admin/v1/issues/${issue.id}`, { 'if-match': '*' });
  });

  test('two nodes that complete papers at once complete an incomplete paper once', async () => {
    await recover();
    await Promise.all([completePapers(), completePapers()]);
    expect(await find('2201.12086')).toMatchObject({
      title: BLIP.title,
      year: 2022,
      incomplete: false,
      revision: 2,
    });
    await makePapersDue();
    registries.requests.length = 0;
    await completePapers();
    expect(registries.requests).toEqual([]);
  });

  test('completing a paper keeps the fields that an editor set', async () => {
    const { id } = await find('2201.12086');
    await masthead
      .as('author')
      .patch(`/admin/v1/papers/${id}`, { title: 'My title', abstract: 'My words', authors: ['Someone'] });
    await recover();
    await completePapers();
    expect(await find('2201.12086')).toMatchObject({
      title: 'My title',
      abstract: 'My words',
      authors: [{ name: 'Someone' }],
      year: 2022,
      incomplete: false,
    });
  });

  test('a paper that an editor marks as complete during the look-up is not changed', async () => {
    const { id } = await find('2201.12086');
    await recover();
    const client = makeMetadataClient(registries.config, IN_HASTE);
    const asking = {
      ...client,
      lookUp: async (...asked: Parameters<typeof client.lookUp>) => {
        const found = await client.lookUp(...asked);
        const patch = { arxivId: '2103.00020', title: 'Another', incomplete: false };
        await masthead.as('author').patch(`/admin/v1/papers/${id}`, patch);
        return found;
      },
    };
    const work = makeCompletePapers(masthead.ctx, asking, pino({ level: 'silent' }));
    await work(new AbortController().signal);
    expect(await find('2103.00020')).toMatchObject({ title: 'Another', authors: [], abstract: null });
    expect(await find('2201.12086')).toBeUndefined();
  });

  test('an incomplete paper is looked up after it gets an identifier that registries know', async () => {
    registries.misbehave('arxiv', null);
    registries.addToArxiv({ ...BLIP, id: '2103.00020v1', title: 'CLIP' });
    const { body } = await importAll(['https://example.org/unknown']);
    await masthead
      .as('author')
      .patch(`/admin/v1/papers/${body.records[0].paperId}`, { arxivId: '2103.00020' });
    await masthead.database.prisma.metadataSource.deleteMany();
    await completePapers();
    expect(await find('2103.00020')).toMatchObject({ title: 'CLIP', incomplete: false });
  });

  test('a paper that an editor marked as complete is not looked up', async () => {
    const { id } = await find('2201.12086');
    await masthead.as('author').patch(`/admin/v1/papers/${id}`, { title: 'Mine', incomplete: false });
    await recover();
    await completePapers();
    expect(await find('2201.12086')).toMatchObject({ title: 'Mine', year: null, incomplete: false });
  });

  test('completing a paper does not take identifiers from another paper', async () => {
    registries.addToArxiv({ ...BLIP, doi: '10.1000/blip' });
    const other = await makePaper(masthead, { title: 'Its published version', doi: '10.1000/blip' });
    await recover();
    await completePapers();
    expect(await find('2201.12086')).toMatchObject({ title: BLIP.title, incomplete: false });
    expect(await find('10.1000/blip')).toMatchObject({ id: other.id });
  });

  test('an incomplete paper is not looked up again after 15 failed attempts', async () => {
    registries.misbehave('arxiv', 'cut');
    for (let tries = 1; tries <= 15; tries += 1) {
      await masthead.database.prisma.metadataSource.deleteMany();
      await makePapersDue();
      await completePapers();
      const row = await masthead.database.prisma.paper.findFirstOrThrow({ where: { incomplete: true } });
      expect(row.completeTries).toBe(tries);
      expect(row.completeAt === null).toBe(tries === 15);
    }
  });

  test('importing a bibliography entry completes an incomplete paper', async () => {
    const { body } = await masthead.as('author').send({
      method: 'POST',
      url: '/admin/v1/papers/imports',
      payload: '@misc{blip, title={BLIP}, author={Li, Junnan}, eprint={2201.12086}, archivePrefix={arXiv}}',
      headers: { 'content-type': 'application/x-bibtex' },
    });
    expect(body.records).toMatchObject([{ outcome: 'matched' }]);
    expect(await find('2201.12086')).toMatchObject({ title: 'BLIP', incomplete: false });
  });
});
