import pino from 'pino';
import { beforeEach, describe, expect, test } from 'vitest';
import { inTransaction } from '../../../src/context.ts';
import { lockWork } from '../../../src/lib/advisory-lock.ts';
import { claimImport, releaseImport } from '../../../src/modules/papers/imports/claim-import.ts';
import { makeImportPapers } from '../../../src/modules/papers/imports/import-papers.ts';
import { runImport } from '../../../src/modules/papers/imports/run-import.ts';
import { useMasthead } from '../../support/app.ts';
import { makeIssue, makeNewsletter, makePaper, publish } from '../../support/factories.ts';
import { entry, send } from './sending.ts';

const masthead = useMasthead();
const silent = pino({ level: 'silent' });

/** Runs queued imports until none is left, as the background task of a node does. */
function work(signal = new AbortController().signal) {
  return makeImportPapers(masthead.ctx, masthead.metadata, silent)(signal);
}

const counts = (created: number, matched: number, refused: number) => ({ created, matched, refused });
const papers = () => masthead.database.prisma.paper.count();

let tag: number;
beforeEach(() => {
  tag = Math.floor(performance.now() * 1_000);
});

describe('dry runs', () => {
  test('a dry run reports the outcome of each record and changes nothing', async () => {
    await makePaper(masthead, { title: 'Known', doi: `10.1000/known.${tag}` });
    await makePaper(masthead, { title: 'Other', arxivId: '2103.00020' });
    const before = await papers();
    const source = [
      entry('new', { title: 'New', doi: `10.1000/new.${tag}` }),
      entry('same', { title: 'New, again', doi: `10.1000/NEW.${tag}` }),
      entry('known', { title: 'Known', doi: `https://doi.org/10.1000/known.${tag}`, year: '2020' }),
      entry('both', {
        title: 'Both',
        doi: `10.1000/known.${tag}`,
        eprint: '2103.00020',
        archivePrefix: 'arXiv',
      }),
      entry('untitled', { doi: `10.1000/untitled.${tag}` }),
      '@article{broken, title = {No end',
    ].join('\n');
    const { status, body } = await send(masthead, source, '?dryRun=true');
    expect(status).toBe(201);
    expect(body).toMatchObject({ isDryRun: true, status: 'finished', counts: counts(1, 2, 3) });
    expect(body.records).toMatchObject([
      { line: 1, key: 'new', outcome: 'created', faults: [] },
      { line: 2, key: 'same', outcome: 'matched', paperId: body.records[0].paperId },
      { line: 3, key: 'known', outcome: 'matched', filled: ['year', 'csl'] },
      { line: 4, key: 'both', outcome: 'refused', faults: [{ code: 'identifiers_of_several' }] },
      { line: 5, key: 'untitled', outcome: 'refused', faults: [{ pointer: '/title' }] },
      { line: 6, outcome: 'refused', faults: [{ code: 'unreadable' }] },
    ]);
    expect(await papers()).toBe(before);
    const { body: known } = await masthead
      .as('viewer')
      .get(`/admin/v1/papers?identifier=10.1000/known.${tag}`);
    expect(known.data).toMatchObject([{ year: null, revision: 1 }]);

    const real = await send(masthead, source);
    expect(real.body.counts).toEqual(body.counts);
    expect(await papers()).toBe(before + 1);
  });
});

describe('imported records', () => {
  test('a record fills the missing fields of a matching paper and keeps the others', async () => {
    const known = await makePaper(masthead, {
      title: 'My words',
      doi: `10.1000/typed.${tag}`,
      venue: 'My venue',
      links: [{ label: 'Code', url: 'https://example.org/code', rel: 'code' }],
    });
    const { body } = await send(
      masthead,
      entry('k', {
        title: 'Their words',
        doi: `10.1000/typed.${tag}`,
        journal: 'Theirs',
        author: 'Lovelace, Ada and others',
        year: '1843',
        volume: '3',
        eprint: '2103.00021',
        archivePrefix: 'arXiv',
      }),
    );
    expect(body.records[0].filled.toSorted()).toEqual([
      'authors',
      'csl',
      'hasMoreAuthors',
      'identifiers',
      'year',
    ]);
    const { body: paper } = await masthead.as('viewer').get(`/admin/v1/papers/${known.id}`);
    expect(paper).toMatchObject({
      title: 'My words',
      venue: 'My venue',
      authors: [{ name: 'Ada Lovelace' }],
      hasMoreAuthors: true,
      year: 1843,
      arxivId: '2103.00021',
      doi: `10.1000/typed.${tag}`,
      csl: { volume: '3' },
      revision: 2,
    });
  });

  test('a record without identifiers matches a paper by title, first author and year', async () => {
    const source = [
      entry('a', { title: `On {Computable} Numbers ${tag}`, author: 'Turing, Alan', year: '1936' }),
      entry('b', { title: `on computable numbers, ${tag}`, author: 'Alan Turing', year: '1937' }),
      entry('c', { title: `On computable numbers ${tag}`, author: 'Church, Alonzo', year: '1936' }),
      entry('d', { title: `On computable numbers ${tag}`, author: 'Turing, Alan', year: '1999' }),
    ].join('\n');
    const first = await send(masthead, source);
    expect(first.body.records.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      ...['created', 'matched', 'created', 'created'],
    ]);
    expect((await send(masthead, source)).body.counts).toEqual(counts(0, 4, 0));
  });

  test('a record with a DOI matches the preprint that has the same title and no DOI', async () => {
    const preprint = await makePaper(masthead, {
      title: `Attention ${tag}`,
      authors: ['Ashish Vaswani'],
      year: 2017,
      identifiers: [`https://openreview.net/forum?id=att${tag}`],
    });
    const { body } = await send(
      masthead,
      entry('v', {
        title: `Attention ${tag}`,
        author: 'Vaswani, Ashish',
        year: '2018',
        doi: `10.1000/att.${tag}`,
      }),
    );
    expect(body.records).toMatchObject([
      { outcome: 'matched', paperId: preprint.id, filled: ['identifiers', 'csl'] },
    ]);
    const other = await send(
      masthead,
      entry('w', {
        title: `Attention ${tag}`,
        author: 'Vaswani, Ashish',
        year: '2018',
        doi: `10.1000/oth.${tag}`,
      }),
    );
    expect(other.body.records).toMatchObject([{ outcome: 'created' }]);
  });
});

describe('records without identifiers', () => {
  const outcomes = async (source: string) =>
    (await send(masthead, source)).body.records.map(({ outcome }: { outcome: string }) => outcome);

  test('a record does not match a different work with a similar title', async () => {
    const source = [
      entry('a', { title: 'C', author: 'Kernighan, Brian', year: '1978' }),
      entry('b', { title: 'C++', author: 'Kernighan, Brian', year: '1978' }),
      entry('c', { title: 'C#', author: 'Kernighan, Brian', year: '1978' }),
      entry('d', { title: 'Preface', year: '2020', journal: 'One' }),
      entry('e', { title: 'Preface', year: '2020', journal: 'Two' }),
      entry('f', { title: 'Review', author: 'Quine, Willard', year: '2001', volume: '1', pages: '1--2' }),
      entry('g', { title: 'Review', author: 'Quine, Willard', year: '2001', volume: '2', pages: '9--12' }),
      entry('h', { title: 'Naive Bayes', author: 'Li, Wei', year: '2010' }),
      entry('i', { title: 'Naïve Bayes', author: 'Li, Wu', year: '2010' }),
      entry('j', { title: 'Introduction', author: 'Doe, J.', year: '2020', journal: 'Book One' }),
      entry('k', { title: 'Introduction', author: 'Doe, J.', year: '2021', journal: 'Book Two' }),
      entry('l', { title: '???', author: 'Quine, Willard', year: '2001' }),
    ].join('\n');
    expect(await outcomes(source)).toEqual(Array.from({ length: 12 }, () => 'created'));
    expect(await outcomes(source)).toEqual(Array.from({ length: 12 }, () => 'matched'));
  });

  test('60 records with the same title and different journals match themselves when sent again', async () => {
    const source = Array.from({ length: 60 }, (_, at) =>
      entry(`e${at}`, { title: 'Editorial', journal: `Journal ${at}`, year: '2020' }),
    ).join('\n');
    expect((await send(masthead, source)).body.counts).toEqual(counts(60, 0, 0));
    expect((await send(masthead, source)).body.counts).toEqual(counts(0, 60, 0));
  });

  test('an import is queued when another import holds the lock for too long', async () => {
    const answer = await inTransaction(masthead.ctx, async (ctx) => {
      // The other import is busy for the whole time, so it is not ended for idling.
      await ctx.db.$executeRaw`SET LOCAL idle_in_transaction_session_timeout = 0`;
      await lockWork(ctx, 'importPapers');
      return send(masthead, entry('w', { title: `Waiting ${tag}`, author: 'Doe, Jane' }));
    });
    expect(answer).toMatchObject({ status: 202, body: { status: 'queued', done: 0 } });
    await work();
    const read = await masthead.as('viewer').get(String(answer.headers.location));
    expect(read.body).toMatchObject({ status: 'finished', counts: counts(1, 0, 0) });
  });

  test('five simultaneous imports of the same records create each paper once', async () => {
    const source = Array.from({ length: 20 }, (_, at) =>
      entry(`s${at}`, { title: `Simultaneous ${tag} ${at}`, author: 'Doe, Jane', year: '2020' }),
    ).join('\n');
    await Promise.all(Array.from({ length: 5 }, () => send(masthead, source)));
    const made = await masthead.database.prisma.paper.count({
      where: { title: { startsWith: `Simultaneous ${tag}` } },
    });
    expect(made).toBe(20);
  });
});

test('importing the exported papers of an issue matches all of them and fills no field', async () => {
  const source = [
    entry('x', {
      title: `Exported ${tag}`,
      author: 'Doe, Jane and others',
      year: '2020',
      journal: 'A venue',
    }),
    `@misc{y, title={Of a preprint ${tag}}, author={Roe, Jan}, eprint={2202.${String(tag).slice(-5)}}, archivePrefix={arXiv}}`,
  ].join('\n');
  const { body } = await send(masthead, source);
  const ids = body.records.map(({ paperId }: { paperId: string }) => paperId);
  await masthead.as('author').patch(`/admin/v1/papers/${ids[0]}`, { csl: {} });
  const items = ids.map((paperId: string) => ({ kind: 'paper', title: 'A', body: 'x', paperId }));
  const newsletter = await makeNewsletter(masthead);
  const issue = await makeIssue(masthead, {
    newsletterId: newsletter.id,
    title: 'An issue',
    sections: [{ title: 'P', items }],
  });
  await publish(masthead, issue.id);
  for (const [format, type] of [
    ['bibtex', 'application/x-bibtex'],
    ['ris', 'application/x-research-info-systems'],
    ['csl-json', 'application/vnd.citationstyles.csl+json'],
  ] as const) {
    const url = `/content/v1/newsletters/${newsletter.slug}/issues/1/papers?format=${format}`;
    const exported = await masthead.anonymous.get(url);
    const payload = typeof exported.body === 'string' ? exported.body : JSON.stringify(exported.body);
    const again = await send(masthead, payload, '', type);
    expect.soft(again.body.records, format).toMatchObject([
      { outcome: 'matched', paperId: ids[0], filled: [] },
      { outcome: 'matched', paperId: ids[1], filled: [] },
    ]);
  }
});

test('field names that PostgreSQL cannot store do not break the import of other records', async () => {
  const odd = `"a\\u0000b": 1, "\\ud800": 2, "custom": {"x\\u0000": 1}, "id": "k\\u0000"`;
  const source = `[{"type": "book", "title": "Odd ${tag}", ${odd}}, {"type": "book", "title": "Even ${tag}"}]`;
  const { status, body } = await send(masthead, source, '', 'application/vnd.citationstyles.csl+json');
  expect(status).toBe(201);
  expect(body.records[1]).toMatchObject({ outcome: 'created' });
});

test('an import is decoded with the charset of its Content-Type', async () => {
  const answer = await masthead.as('author').send({
    method: 'POST',
    url: '/admin/v1/papers/imports',
    payload: Buffer.from(`@book{a, title={Über ${tag}}, author={Müller, Jürgen}}`, 'latin1'),
    headers: { 'content-type': 'text/x-bibtex; charset=iso-8859-1' },
  });
  expect(answer.body.records).toMatchObject([{ title: `Über ${tag}`, outcome: 'created' }]);
});

describe('large imports', () => {
  const many = (of: number, word: string) =>
    Array.from({ length: of }, (_, at) =>
      entry(`k${at}`, { title: `${word} ${at}`, doi: `10.1000/${word}.${at}` }),
    ).join('\n');

  test('a large import is queued, reports its progress and lists its records in pages', async () => {
    const word = `large${tag}`;
    const { status, body, headers } = await send(masthead, many(450, word));
    expect(status).toBe(202);
    expect(body).toMatchObject({ status: 'queued', total: 450, done: 0, finishedAt: null, records: [] });
    await work();
    const read = await masthead.as('viewer').get(String(headers.location));
    expect(read.body).toMatchObject({ status: 'finished', done: 450, counts: counts(450, 0, 0) });
    const page = await masthead.as('viewer').get(`${headers.location}/records?limit=100&outcome=created`);
    expect(page.body.data).toHaveLength(100);
    const next = await masthead
      .as('viewer')
      .get(`${headers.location}/records?limit=100&cursor=${page.body.page.next}`);
    expect(next.body.data[0].position).toBe(101);
    const event = await masthead.database.prisma.event.findFirst({
      where: { subjectId: page.body.data[0].paperId },
    });
    expect(event).toMatchObject({
      type: 'paper.created',
      actorName: 'test author',
      details: { importId: body.id },
    });
  });

  test('an import that was stopped resumes where it stopped and creates each paper once', async () => {
    const word = `resumed${tag}`;
    // Many batches, so that it is not finished before the test sees its beginning.
    const count = 1_500;
    const { body } = await send(masthead, many(count, word));
    const stopping = new AbortController();
    const working = work(stopping.signal);
    const done = async () =>
      (await masthead.as('viewer').get(`/admin/v1/paper-imports/${body.id}`)).body.done;
    await expect.poll(done, { interval: 2 }).toBeGreaterThan(0);
    stopping.abort();
    await working;
    const left = await done();
    expect(left).toBeLessThan(count);
    await work();
    const read = await masthead.as('viewer').get(`/admin/v1/paper-imports/${body.id}`);
    expect(read.body).toMatchObject({ status: 'finished', done: count, counts: counts(count, 0, 0) });
    const made = await masthead.database.prisma.paper.count({ where: { title: { startsWith: word } } });
    expect(made).toBe(count);
  });

  test('a running import is claimed by another worker only after its lease has expired', async () => {
    const { body } = await send(masthead, many(101, `dead${tag}`));
    const lease = (milliseconds: number) =>
      masthead.database.prisma.paperImport.update({
        where: { id: body.id },
        data: { status: 'running', leasedUntil: new Date(Date.now() + milliseconds) },
      });
    await lease(60_000);
    await work();
    expect((await masthead.as('viewer').get(`/admin/v1/paper-imports/${body.id}`)).body.done).toBe(0);
    await lease(-1);
    await work();
    expect((await masthead.as('viewer').get(`/admin/v1/paper-imports/${body.id}`)).body.status).toBe(
      'finished',
    );
  });

  test('a worker that has lost its claim does not process the import', async () => {
    const { body } = await send(masthead, many(101, `fenced${tag}`));
    const first = await claimImport(masthead.ctx, body.id);
    if (!first) throw new Error('Not claimed');
    await masthead.database.prisma.paperImport.update({
      where: { id: body.id },
      data: { leasedUntil: new Date(0) },
    });
    const second = await claimImport(masthead.ctx, body.id);
    if (!second) throw new Error('Not claimed again');
    const { signal } = new AbortController();
    await runImport(masthead.ctx, masthead.metadata, first, signal);
    await releaseImport(masthead.ctx, first, 0);
    const read = async () => (await masthead.as('viewer').get(`/admin/v1/paper-imports/${body.id}`)).body;
    expect(await read()).toMatchObject({ status: 'running', done: 0 });
    await runImport(masthead.ctx, masthead.metadata, second, signal);
    expect(await read()).toMatchObject({ status: 'finished', done: 101, counts: counts(101, 0, 0) });
  });

  test('an import fails after its last attempt and does not block the next one', async () => {
    const [stuck, other] = [
      (await send(masthead, many(101, `stuck${tag}`))).body,
      (await send(masthead, many(101, `other${tag}`))).body,
    ];
    await masthead.database.prisma.paperImport.update({ where: { id: stuck.id }, data: { tries: 5 } });
    await work();
    const read = async ({ id }: { id: string }) =>
      (await masthead.as('viewer').get(`/admin/v1/paper-imports/${id}`)).body.status;
    expect([await read(stuck), await read(other)]).toEqual(['failed', 'finished']);
  });

  test('two nodes that process the same source, sent twice at once, create each paper once', async () => {
    const word = `twice${tag}`;
    const source = many(300, word);
    const sent = await Promise.all([send(masthead, source), send(masthead, source)]);
    await Promise.all([work(), work()]);
    const made = await masthead.database.prisma.paper.count({ where: { title: { startsWith: word } } });
    expect(made).toBe(300);
    const reads = await Promise.all(
      sent.map(({ body }) => masthead.as('viewer').get(`/admin/v1/paper-imports/${body.id}`)),
    );
    const total = (outcome: string) => reads.reduce((sum, { body }) => sum + body.counts[outcome], 0);
    expect([total('created'), total('matched'), total('refused')]).toEqual([300, 300, 0]);
  });

  test('a large import can be a dry run', async () => {
    const before = await papers();
    const source = `${many(150, `dry${tag}`)}\n${many(150, `dry${tag}`)}`;
    const { status, body } = await send(masthead, source, '?dryRun=true');
    expect(status).toBe(202);
    await work();
    const read = await masthead.as('viewer').get(`/admin/v1/paper-imports/${body.id}`);
    expect(read.body).toMatchObject({ status: 'finished', counts: counts(150, 150, 0) });
    expect(await papers()).toBe(before);
  });
});

describe('refused imports', () => {
  test.each([
    ['an empty body', '', 'application/x-bibtex', 422],
    ['a body without a record', 'nothing here', 'application/x-bibtex', 422],
    ['malformed JSON', 'nonsense', 'application/vnd.citationstyles.csl+json', 400],
    ['a NUL', '@misc{a, title={\0}}', 'application/x-bibtex', 400],
    ['an unsupported media type', 'x', 'text/plain', 415],
    ['an empty list of identifiers', '{"identifiers":[]}', 'application/json', 400],
    ['an unknown field', '{"identifiers":["2201.12086"],"dryRun":true}', 'application/json', 400],
  ])('an import with %s is refused', async (_what, payload, type, status) => {
    const before = await masthead.database.prisma.paperImport.count();
    const answer = await send(masthead, payload, '', type);
    expect(answer.status).toBe(status);
    expect(String(answer.headers['content-type'])).toContain('application/problem+json');
    expect(await masthead.database.prisma.paperImport.count()).toBe(before);
  });

  test('an import of over 16 MiB, of over 50,000 records or with invalid UTF-8 is refused', async () => {
    expect((await send(masthead, `%${'x'.repeat(17 * 1024 * 1024)}`)).status).toBe(413);
    const records = '@misc{a,title={A}}\n'.repeat(50_001);
    expect((await send(masthead, records)).body).toMatchObject({ status: 413, total: 50_001 });
    const answer = await masthead.as('author').send({
      method: 'POST',
      url: '/admin/v1/papers/imports',
      payload: Buffer.from([0x40, 0xff, 0xfe]),
      headers: { 'content-type': 'application/x-bibtex' },
    });
    expect(answer.status).toBe(400);
  });

  test('a viewer cannot import, and an unknown import returns 404', async () => {
    const viewer = await masthead
      .as('viewer')
      .post('/admin/v1/papers/imports', { identifiers: ['2201.12086'] });
    expect(viewer.status).toBe(403);
    const unknown = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11';
    expect((await masthead.as('viewer').get(`/admin/v1/paper-imports/${unknown}`)).status).toBe(404);
    expect((await masthead.as('viewer').get(`/admin/v1/paper-imports/${unknown}/records`)).status).toBe(404);
  });
});
