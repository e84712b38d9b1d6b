import pino from 'pino';
import { beforeEach, describe, expect, test } from 'vitest';
import { makeCompletePapers } from '../../src/modules/papers/completion/complete-papers.ts';
import { makeMetadataClient } from '../../src/modules/papers/metadata/metadata-client.ts';
import { useMasthead } from '../support/app.ts';
import { makePaper } from '../support/factories.ts';
import { IN_HASTE, useMetadataServer } from '../support/metadata-server.ts';
import { entry, send } from './imports/sending.ts';

const registries = useMetadataServer();
const masthead = useMasthead({ metadata: () => registries.config, metadataLimits: IN_HASTE });

let doi: string;
beforeEach(() => {
  doi = `10.1000/once.${Math.floor(performance.now() * 1_000)}`;
});

const read = async (id: string) => (await masthead.as('viewer').get(`/admin/v1/papers/${id}`)).body;

async function eventsOf(id: string) {
  const events = await masthead.database.prisma.event.findMany({
    where: { subjectId: id },
    orderBy: { id: 'asc' },
  });
  return events.map(({ type, details }) => ({ type, details }));
}

describe('The revision of a paper is raised once, with one event,', () => {
  test('by an import in which several records fill its gaps', async () => {
    const { id } = await makePaper(masthead, { title: 'Known', doi });
    const source = [
      entry('a', { title: 'Known', doi, year: '2020' }),
      entry('b', { title: 'Known', doi }),
      entry('c', { title: 'Known', doi, year: '2021', journal: 'A venue' }),
    ].join('\n');
    const dryRun = await send(masthead, source, '?dryRun=true');
    const { body } = await send(masthead, source);
    expect(body.records).toMatchObject([
      { outcome: 'matched', filled: ['year', 'csl'] },
      { outcome: 'matched', filled: [] },
      { outcome: 'matched', filled: ['venue'] },
    ]);
    expect(dryRun.body.records).toEqual(body.records);
    expect(await read(id)).toMatchObject({ year: 2020, venue: 'A venue', revision: 2 });
    expect((await eventsOf(id)).slice(1)).toEqual([
      { type: 'paper.updated', details: { title: 'Known', fields: ['year', 'csl', 'venue'] } },
    ]);
  });

  test('by the import that creates it from several records', async () => {
    const source = [
      entry('a', { title: 'New', doi }),
      entry('b', { title: 'New', doi, author: 'Doe, Jane', year: '2020' }),
      entry('c', { title: 'New', doi, eprint: '2103.00029', archivePrefix: 'arXiv' }),
    ].join('\n');
    const { body } = await send(masthead, source);
    expect(body.records).toMatchObject([
      { outcome: 'created', filled: [] },
      { outcome: 'matched', filled: ['authors', 'hasMoreAuthors', 'year'] },
      { outcome: 'matched', filled: ['identifiers'] },
    ]);
    const [{ paperId }] = body.records;
    expect(await read(paperId)).toMatchObject({
      title: 'New',
      authors: [{ name: 'Jane Doe' }],
      year: 2020,
      identifiers: [{ scheme: 'doi' }, { scheme: 'arxiv' }],
      revision: 1,
    });
    expect(await eventsOf(paperId)).toEqual([
      { type: 'paper.created', details: { title: 'New', importId: body.id } },
    ]);
    const known = await send(masthead, entry('d', { title: 'New', author: 'Doe, Jane', year: '2020' }));
    expect(known.body.records).toMatchObject([{ outcome: 'matched', paperId }]);
  });

  test('by a completion from several registries', async () => {
    registries.addToArxiv({ id: '2201.12087v1', title: 'BLIP', authors: ['Junnan Li'] });
    registries.addToCrossref({ DOI: doi, title: ['BLIP, published'], 'container-title': ['ICML'] });
    registries.misbehave('arxiv', { status: 503 });
    registries.misbehave('crossref', { status: 503 });
    const { body } = await masthead
      .as('author')
      .post('/admin/v1/papers/imports', { identifiers: ['2201.12087'] });
    const [{ paperId }] = body.records;
    await masthead.as('author').patch(`/admin/v1/papers/${paperId}`, { doi });
    registries.misbehave('arxiv', null);
    registries.misbehave('crossref', null);
    await masthead.database.prisma.metadataSource.deleteMany();
    const client = makeMetadataClient(registries.config, IN_HASTE);
    await makeCompletePapers(masthead.ctx, client, pino({ level: 'silent' }))(new AbortController().signal);
    const paper = await read(paperId);
    expect(paper).toMatchObject({ authors: [{ name: 'Junnan Li' }], venue: 'ICML', incomplete: false });
    expect(paper.revision).toBe(3);
    const events = await eventsOf(paperId);
    const [created, patched, ...completed] = events.filter(({ type }) => type !== 'paper.status_changed');
    expect([created?.type, patched?.details]).toEqual([
      'paper.created',
      { title: 'arXiv:2201.12087', fields: ['doi'] },
    ]);
    expect(completed).toMatchObject([
      { type: 'paper.updated', details: { fields: expect.arrayContaining(['incomplete', 'venue']) } },
    ]);
  });

  test('by a merge of several duplicates', async () => {
    const { id } = await makePaper(masthead, { title: 'Kept', doi });
    const duplicates = [
      await makePaper(masthead, { title: 'One', doi: `${doi}.1`, year: 2020 }),
      await makePaper(masthead, { title: 'Other', doi: `${doi}.2`, venue: 'A venue', year: 2021 }),
    ];
    const answer = await masthead
      .as('editor')
      .post(`/admin/v1/papers/${id}/merge`, { paperIds: duplicates.map((paper) => paper.id) });
    expect(answer.body).toMatchObject({ title: 'Kept', year: 2020, venue: 'A venue', revision: 2 });
    expect(answer.body.identifiers.map(({ value }: { value: string }) => value)).toEqual([
      doi,
      `${doi}.1`,
      `${doi}.2`,
    ]);
    expect((await eventsOf(id)).slice(1)).toMatchObject([
      { type: 'paper.merged', details: { merged: [{ title: 'One' }, { title: 'Other' }] } },
    ]);
  });
});
