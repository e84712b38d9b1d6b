import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readRecords } from '../../src/bibliography/read-records.ts';
import { papersOfIssue } from '../../src/modules/references/schemas.ts';
import { useMasthead } from '../support/app.ts';
import { expectWithin } from '../support/expect-within.ts';
import { makeIssue, makeNewsletter, makePaper, makeReadyIssue, publish } from '../support/factories.ts';
import { injectAtDoor } from '../support/inject.ts';
import { startSecondNode } from '../support/second-node.ts';
import { withdraw } from './reading.ts';

const masthead = useMasthead();

let newsletter: { id: string; slug: string };
let base: string;

beforeAll(async () => {
  newsletter = await makeNewsletter(masthead);
  base = `/content/v1/newsletters/${newsletter.slug}/issues`;
});

/** Publishes an issue with one section per argument, whose items feature these papers in order. */
async function makeFeature(...sections: string[][]) {
  const issue = await makeIssue(masthead, {
    newsletterId: newsletter.id,
    title: 'An issue',
    sections: sections.map((paperIds, at) => ({
      title: `Section ${at}`,
      items: [
        { kind: 'note', title: 'A note', body: 'x' },
        ...paperIds.map((paperId) => ({ kind: 'paper', title: 'A use', body: 'x', paperId })),
      ],
    })),
  });
  await publish(masthead, issue.id);
  return { ...issue, url: `${base}/${issue.number}/papers` };
}

async function papersAt(url: string): Promise<{ id: string; title: string; items: { anchor: string }[] }[]> {
  const { status, body } = await masthead.anonymous.get(url);
  expect(status).toBe(200);
  return body.data;
}

const idsAt = async (url: string) => (await papersAt(url)).map(({ id }) => id);

async function makePapers(count: number, fields: object = {}): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < count; at += 1) ids.push((await makePaper(masthead, fields)).id);
  return ids;
}

describe('the papers of an issue', () => {
  test('each paper is listed once, in the order of the issue, with the items that feature it', async () => {
    const [one = '', two = '', three = ''] = await makePapers(3);
    const issue = await makeFeature([three, one], [one, two, three]);
    const { body } = await masthead.anonymous.get(issue.url);
    expect(papersOfIssue.parse(body)).toEqual(body);
    const found = body.data.map(({ id, items }: { id: string; items: { anchor: string }[] }) => [
      id,
      items.map(({ anchor }) => anchor),
    ]);
    expect(found).toEqual([
      [three, ['a-use', 'a-use-5']],
      [one, ['a-use-2', 'a-use-3']],
      [two, ['a-use-4']],
    ]);
    const { body: edition } = await masthead.anonymous.get(`${base}/${issue.number}`);
    expect(body.data[0].items[0]).toEqual({
      id: edition.sections[0].items[1].id,
      ...{ title: 'A use', anchor: 'a-use' },
    });
  });

  test('a paper in the list has the same fields as its own page', async () => {
    const fields = {
      authors: ['Alan Turing'],
      year: 1936,
      venue: 'Mind',
      identifiers: ['10.1000/1', '2201.12086v2'],
    };
    const [id = ''] = await makePapers(1, fields);
    const issue = await makeFeature([id]);
    const { body: page } = await masthead.anonymous.get(`/content/v1/papers/${id}`);
    const { featuredIn: _uses, featuredTotal: _total, ...paper } = page;
    expect(await papersAt(issue.url)).toEqual([{ ...paper, items: [expect.any(Object)] }]);
  });

  test('the papers are found by the number and the slug of the issue and as the latest', async () => {
    const issue = await makeFeature(await makePapers(1));
    const [expected] = await papersAt(issue.url);
    expect(await papersAt(`${base}/${issue.slug}/papers`)).toEqual([expected]);
    expect(await papersAt(`${base}/latest/papers`)).toEqual([expected]);
  });

  test('the papers of an issue without papers are an empty list in every format', async () => {
    const issue = await makeReadyIssue(masthead, { newsletterId: newsletter.id });
    await publish(masthead, issue.id);
    const url = `${base}/${issue.number}/papers`;
    expect((await masthead.anonymous.get(url)).body).toEqual({ data: [] });
    expect((await masthead.anonymous.get(`${url}?format=csl-json`)).body).toEqual([]);
    for (const format of ['bibtex', 'ris', 'apa', 'ieee', 'chicago']) {
      expect(await masthead.anonymous.get(`${url}?format=${format}`)).toMatchObject({
        status: 200,
        body: '',
      });
    }
  });

  test.each(['9999', 'none', '-', '%00', 'a/b'])(
    'the papers of the unknown issue %s return 404',
    async (issue) => {
      expect((await masthead.anonymous.get(`${base}/${issue}/papers`)).status).toBe(404);
    },
  );

  test('the papers of a draft and of a withdrawn issue return 404', async () => {
    const [id = ''] = await makePapers(1);
    const items = [{ kind: 'paper', title: 'A use', body: 'x', paperId: id }];
    const issue = await makeIssue(masthead, {
      newsletterId: newsletter.id,
      title: 'A draft',
      sections: [{ title: 'Papers', items }],
    });
    const status = async (format: string) =>
      (await masthead.anonymous.get(`${base}/${issue.number}/papers?format=${format}`)).status;
    expect([await status('json'), await status('bibtex')]).toEqual([404, 404]);
    expect((await masthead.anonymous.get(`/content/v1/papers/${id}?format=bibtex`)).status).toBe(404);
    await publish(masthead, issue.id);
    expect([await status('json'), await status('bibtex')]).toEqual([200, 200]);
    await withdraw(masthead, issue.id);
    expect([await status('json'), await status('bibtex')]).toEqual([404, 404]);
    expect((await masthead.anonymous.get(`/content/v1/papers/${id}?format=bibtex`)).status).toBe(404);
  });
});

describe('the bibliography of an issue', () => {
  const authors = ['Ada Lovelace'];
  let url: string;
  let readAs: (format: string) => Promise<string>;

  beforeAll(async () => {
    const [twin = '', other = ''] = await makePapers(2, { title: 'Notes on engines', authors, year: 1843 });
    const [first = ''] = await makePapers(1, { title: 'On numbers', authors: ['Alan Turing'], year: 1936 });
    ({ url } = await makeFeature([first, twin], [other]));
    readAs = async (format) => (await masthead.anonymous.get(`${url}?format=${format}`)).body;
  });

  test('every BibTeX entry has its own key', async () => {
    const keys = [...(await readAs('bibtex')).matchAll(/^@\w+\{(.+),$/gm)].map(([, name]) => name);
    expect(keys).toEqual(['turing1936numbers', 'lovelace1843notes', 'lovelace1843notesa']);
  });

  test('the CSL-JSON items have the BibTeX keys as ids', async () => {
    const { body } = await masthead.anonymous.get(`${url}?format=csl-json`);
    expect(body.map(({ id }: { id: string }) => id)).toEqual([
      ...['turing1936numbers', 'lovelace1843notes', 'lovelace1843notesa'],
    ]);
  });

  test('every paper has one RIS record', async () => {
    const records = (await readAs('ris')).split(/^ER {2}- \r\n/m).slice(0, -1);
    expect(records).toHaveLength(3);
    expect(records[0]).toContain('TI  - On numbers');
  });

  test('references are sorted by author in APA and Chicago, and numbered in the order of the issue in IEEE', async () => {
    const linesOf = async (style: string) => (await readAs(style)).trimEnd().split('\n');
    expect(await linesOf('apa')).toEqual([
      expect.stringMatching(/^Lovelace, A\./),
      expect.stringMatching(/^Lovelace, A\./),
      expect.stringMatching(/^Turing, A\./),
    ]);
    expect((await linesOf('chicago'))[0]).toMatch(/^Lovelace, Ada/);
    expect((await linesOf('ieee'))[0]).toMatch(/^\[1\] A\. Turing/);
  });
});

test('hostile texts cannot break out of their record', async () => {
  const title =
    'A } @misc{x, title={Injected}}\r\nER  - \r\nTY  - JOUR\nTI  - Injected\u2028 \\input{passwd} % \u202e"';
  const [hostile = ''] = await makePapers(1, {
    ...{ title, venue: title, abstract: title, authors: [{ name: title, isOrganization: true }] },
    csl: { note: title, publisher: title, 'citation-key': 'a}, \n@misc{b' },
  });
  const [tame = ''] = await makePapers(1, { title: 'Tame' });
  const { url } = await makeFeature([hostile, tame]);
  for (const format of ['bibtex', 'ris', 'csl-json'] as const) {
    const { payload } = await injectAtDoor(masthead.app, `${url}?format=${format}`);
    const titles = [...readRecords(payload, format)].map((record) => 'item' in record && record.item.title);
    expect(titles, format).toEqual([expect.stringContaining('Injected'), 'Tame']);
  }
  for (const style of ['apa', 'ieee', 'chicago']) {
    const { payload } = await injectAtDoor(masthead.app, `${url}?format=${style}`);
    expect(payload.split(/\r\n|[\n\r\u2028\u2029]/), style).toHaveLength(3);
  }
});

describe('changes to the papers of an issue', () => {
  test('a correction that drops a paper shows at once', async () => {
    const [one = '', two = ''] = await makePapers(2);
    const issue = await makeFeature([one, two]);
    expect(await idsAt(issue.url)).toEqual([one, two]);
    const item = issue.sections[0].items[1];
    await masthead
      .as('author')
      .patch(`/admin/v1/items/${item.id}`, { paperId: null, kind: 'note' }, { 'if-match': '*' });
    expect(await idsAt(issue.url)).toEqual([one, two]);
    await publish(masthead, issue.id);
    expect(await idsAt(issue.url)).toEqual([two]);
  });

  test('a new status of a paper shows at once', async () => {
    const [id = ''] = await makePapers(1);
    const { url } = await makeFeature([id]);
    await papersAt(url);
    await masthead
      .as('author')
      .patch(`/admin/v1/papers/${id}`, { statuses: [{ status: 'retracted', date: '2024' }] });
    expect(await papersAt(url)).toMatchObject([{ status: 'retracted' }]);
    const { body } = await masthead.anonymous.get(`${url}?format=csl-json`);
    expect(body[0].custom.statuses).toMatchObject([{ status: 'retracted' }]);
  });

  test('a merged paper has the uses of both papers at once, and the old id returns it', async () => {
    const [kept = ''] = await makePapers(1, { title: 'Kept', authors: ['Ada Lovelace'] });
    const [gone = ''] = await makePapers(1, { title: 'Gone' });
    const { url } = await makeFeature([gone], [kept]);
    const bibtex = () => masthead.anonymous.get(`/content/v1/papers/${gone}?format=bibtex`);
    expect(await idsAt(url)).toEqual([gone, kept]);
    expect((await bibtex()).body).toContain('Gone');
    const merged = await masthead.as('editor').post(`/admin/v1/papers/${kept}/merge`, { paperIds: [gone] });
    expect(merged.status).toBe(200);
    expect(await papersAt(url)).toMatchObject([
      { id: kept, items: [{ anchor: 'a-use' }, { anchor: 'a-use-2' }] },
    ]);
    expect(await bibtex()).toMatchObject({ status: 200, body: expect.stringContaining('{Kept}') });
    await masthead.as('author').patch(`/admin/v1/papers/${kept}`, { title: 'Renamed' });
    expect((await bibtex()).body).toContain('{Renamed}');
  });

  test('a change to a paper shows at once even in an issue with too many papers for one surrogate key each', async () => {
    const ids = await makePapers(41);
    const { url } = await makeFeature(ids);
    const { headers } = await masthead.anonymous.get(url);
    expect(headers['surrogate-key']).toMatch(/ issue:\S+ papers$/);
    await masthead.as('author').patch(`/admin/v1/papers/${ids[40]}`, { title: 'Changed' });
    expect((await papersAt(url)).at(-1)).toMatchObject({ title: 'Changed' });
  });
});

describe('the papers of an issue on another node', () => {
  let other: Awaited<ReturnType<typeof startSecondNode>>;
  beforeAll(async () => {
    other = await startSecondNode(masthead);
    return () => other.stop();
  });
  beforeEach(async () => {
    await expect.poll(() => other.responses.describe().isTrusted).toBe(true);
  });

  test('a changed paper shows within a second, even in a format chosen by Accept', async () => {
    const [id = ''] = await makePapers(1, { title: 'Before' });
    const { url } = await makeFeature([id]);
    const read = async () =>
      (await injectAtDoor(other.app, { url, headers: { accept: 'application/x-bibtex' } })).body;
    const findCached = async () => (await read()) && other.responses.find(`${url} bibtex`);
    await expect.poll(findCached).not.toBeNull();
    expect(await read()).toContain('Before');
    await masthead.as('author').patch(`/admin/v1/papers/${id}`, { title: 'After' });
    await expectWithin(1_000, read, (body) => expect(body).toContain('After'));
  });
});

test('two papers with the same citation key get different keys in the bibliography of an issue', async () => {
  const other = await makeNewsletter(masthead);
  const csl = { 'citation-key': 'doe2020' };
  const papers = [
    await makePaper(masthead, { title: 'One of two', csl }),
    await makePaper(masthead, { title: 'The other', csl }),
  ];
  const items = papers.map(({ id, title }) => ({ kind: 'paper', title, body: 'x', paperId: id }));
  const issue = await makeIssue(masthead, {
    newsletterId: other.id,
    title: 'Keys',
    sections: [{ title: 'P', items }],
  });
  await publish(masthead, issue.id);
  const read = async (format: string) =>
    (await masthead.anonymous.get(`/content/v1/newsletters/${other.slug}/issues/1/papers?format=${format}`))
      .body;
  expect((await read('bibtex')).match(/^@\w+\{[^,]+/gm)).toEqual(['@misc{doe2020', '@misc{doe2020a']);
  expect((await read('ris')).match(/^ID {2}- .+$/gm)).toEqual(['ID  - doe2020', 'ID  - doe2020a']);
});
