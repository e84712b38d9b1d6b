import { expect, test } from 'vitest';
import { loadSampleContent } from '../../src/sample/load.ts';
import { useMasthead } from '../support/app.ts';

const masthead = useMasthead();
const newsletter = '/content/v1/newsletters/one-epoch';

test('loading the sample twice, also at the same time, loads it once', async () => {
  const { prisma } = masthead.database;
  const counts = async () => [
    await prisma.event.count(),
    await prisma.media.count(),
    await prisma.edition.count(),
    await prisma.person.count(),
    await prisma.paper.count(),
  ];
  const loaded = await Promise.all([1, 2].map(() => loadSampleContent(masthead.ctx, masthead.media)));
  expect(loaded.toSorted()).toEqual([false, true]);
  const after = await counts();
  expect(await loadSampleContent(masthead.ctx, masthead.media)).toBe(false);
  expect(await counts()).toEqual(after);
});

test('the sample has three published issues, the newest with thirteen items and four papers', async () => {
  const archive = await masthead.anonymous.get(`${newsletter}/issues`);
  expect(archive.body.data.map((issue: { number: number }) => issue.number)).toEqual([26, 25, 24]);
  const { body } = await masthead.anonymous.get(`${newsletter}/issues/latest`);
  const items = body.sections.flatMap((section: { items: object[] }) => section.items);
  expect(items).toHaveLength(13);
  const papers = items.flatMap((item: { paper: { arxivId: string } | null }) => item.paper?.arxivId ?? []);
  expect(papers).toEqual(['2201.12086', '2111.07832', '2202.08360', '2201.02605']);
  expect(body.previous).toMatchObject({ number: 25 });
});

test('the figures of the sample have alt texts, captions and credits and can be fetched', async () => {
  const { body } = await masthead.anonymous.get(`${newsletter}/issues/26`);
  const items = body.sections.flatMap((section: { items: object[] }) => section.items);
  const withFigures = items.filter((item: { figures: object[] }) => item.figures.length > 0);
  expect(withFigures.length).toBeGreaterThan(5);
  for (const { figures, body } of withFigures) {
    for (const figure of figures) {
      expect(body.html).toContain(`<img src="${figure.url}"`);
      expect(figure).toMatchObject({
        alt: expect.any(String),
        caption: expect.any(String),
        credit: { licence: 'CC0-1.0' },
      });
      const file = await masthead.anonymous.send({ method: 'GET', url: new URL(figure.url).pathname });
      expect(file).toMatchObject({ status: 200, headers: { 'content-type': figure.mimeType } });
    }
  }
  expect(withFigures[0].body.html).toMatch(/<\/p>\n<figure>.*<figcaption>.*<\/figure>/s);
});

test('one paper of the sample is featured in two issues', async () => {
  const paper = await masthead.database.prisma.paper.findFirstOrThrow({
    where: { identifiers: { some: { value: '2111.06377' } } },
  });
  const { body } = await masthead.anonymous.get(`/content/v1/papers/${paper.id}`);
  expect(body.featuredIn.map((use: { issue: { number: number } }) => use.issue.number)).toEqual([25, 24]);
});

test('the exported references of an issue match its papers when they are imported', async () => {
  const exported = await masthead.anonymous.get(`${newsletter}/issues/26/papers?format=bibtex`);
  expect(exported.headers['content-type']).toContain('application/x-bibtex');
  const { body } = await masthead.as('author').send({
    method: 'POST',
    url: '/admin/v1/papers/imports',
    payload: exported.body,
    headers: { 'content-type': 'application/x-bibtex' },
  });
  expect(body.counts).toEqual({ created: 0, matched: 4, refused: 0 });
  for (const record of body.records)
    expect.soft(record).toMatchObject({ filled: [], ignored: [], faults: [] });
});
