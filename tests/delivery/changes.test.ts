import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeCursor } from '../../src/http/pagination.ts';
import { changePage } from '../../src/modules/delivery/change-schemas.ts';
import { walkPages } from '../http/walk-pages.ts';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter } from '../support/factories.ts';
import { at, makeBuilder, makeFollower, makeLog } from './following.ts';
import { readBytes } from './reading.ts';

const masthead = useMasthead();

type Log = Awaited<ReturnType<typeof makeLog>>;

async function readAll({ url }: Log, parameters: Record<string, string | number> = {}) {
  return makeFollower(masthead.anonymous, url, parameters).catchUp();
}

const gist = ({ type, issue, edition, isCurrent }: Awaited<ReturnType<typeof readAll>>[number]) => [
  type,
  issue.number,
  edition,
  isCurrent,
];

describe('the changes of a newsletter', () => {
  test('the changes are all publications, corrections and withdrawals, oldest first', async () => {
    const log = await makeLog(masthead);
    const [first, second] = [await log.draft({ slug: 'first' }), await log.draft()];
    await log.publish(first.id);
    await log.publish(second.id);
    await log.edit(first.id, { title: 'Mended' });
    await log.publish(first.id);
    await log.withdraw(second.id);
    await log.publish(second.id);
    const { body } = await masthead.anonymous.get(log.url);
    expect(changePage.parse(body)).toEqual(body);
    expect(body.data.map(gist)).toEqual([
      ['published', 1, 1, false],
      ['published', 2, 1, false],
      ['corrected', 1, 2, true],
      ['withdrawn', 2, 1, false],
      ['published', 2, 2, true],
    ]);
    const { body: archive } = await masthead.anonymous.get(`${log.base}/issues`);
    expect(body.data[2]).toEqual({
      paperStatuses: [],
      type: 'corrected',
      at: archive.data[1].updatedAt,
      issue: { id: first.id, number: 1, slug: 'first' },
      formerAddress: null,
      edition: 2,
      isCurrent: true,
      summary: archive.data[1],
    });
    expect(body.page).toEqual({ next: expect.any(String), isLast: true });
  });

  test('a newsletter without publications has no changes, and a follower that starts there sees the first one', async () => {
    const log = await makeLog(masthead);
    const follower = makeFollower(masthead.anonymous, log.url);
    const draft = await log.draft();
    expect(await follower.readPage()).toMatchObject({ data: [], page: { isLast: true } });
    expect(await follower.readPage()).toMatchObject({ data: [], page: { isLast: true } });
    await log.publish(draft.id);
    expect((await follower.catchUp()).map(gist)).toEqual([['published', 1, 1, true]]);
    expect(await follower.catchUp()).toEqual([]);
  });

  test('a publication without changes and those of other newsletters do not appear', async () => {
    const [log, other] = [await makeLog(masthead), await makeLog(masthead)];
    const issue = await log.draft();
    await log.publish(issue.id);
    await log.publish(issue.id);
    await other.publish((await other.draft()).id);
    expect((await readAll(log)).map(gist)).toEqual([['published', 1, 1, true]]);
  });

  test('a correction that changes the address of an issue contains the former one', async () => {
    const log = await makeLog(masthead);
    const issue = await log.draft({ number: 4, slug: 'old' });
    await log.publish(issue.id);
    await log.edit(issue.id, { number: 5, slug: 'new' });
    await log.publish(issue.id);
    await log.edit(issue.id, { title: 'Mended' });
    await log.publish(issue.id);
    expect((await readAll(log)).map(({ issue, formerAddress }) => [issue.slug, formerAddress])).toEqual([
      ['old', null],
      ['new', { number: 4, slug: 'old' }],
      ['new', null],
    ]);
  });

  test('changes remain when the issue is deleted, and disappear with the newsletter', async () => {
    const log = await makeLog(masthead);
    const issue = await log.draft({ slug: 'gone' });
    await log.publish(issue.id);
    await log.withdraw(issue.id);
    expect(await log.erase(issue.id)).toBe(204);
    const entries = await readAll(log);
    expect(entries.map(gist)).toEqual([
      ['published', 1, 1, false],
      ['withdrawn', 1, 1, false],
    ]);
    expect(entries[1].issue).toEqual({ id: issue.id, number: 1, slug: 'gone' });
    await masthead.as('admin').delete(`/admin/v1/newsletters/${log.newsletter.id}`);
    expect((await masthead.anonymous.get(log.url)).status).toBe(404);
  });

  test('changes never show corrected or withdrawn text', async () => {
    const log = await makeLog(masthead);
    const [corrected, withdrawn] = [
      await log.draft({ title: 'Hushed' }),
      await log.draft({ intro: 'Hushed' }),
    ];
    for (const { id } of [corrected, withdrawn]) await log.publish(id);
    expect(JSON.stringify(await readAll(log, { include: 'document' }))).toMatch(/Hushed.*Hushed/);
    await log.edit(corrected.id, { title: 'Told' });
    await log.publish(corrected.id);
    await log.withdraw(withdrawn.id);
    for (const parameters of [{}, { include: 'document' }, { limit: 1 }]) {
      const text = JSON.stringify(await readAll(log, parameters));
      expect(text).not.toContain('Hushed');
      expect(text).toContain('Told');
    }
  });

  test('include=document adds the documents that readers see, and null for withdrawn issues', async () => {
    const log = await makeLog(masthead);
    const [kept, gone] = [await log.draft({ intro: 'An *intro*.' }), await log.draft()];
    for (const { id } of [kept, gone]) await log.publish(id);
    await log.withdraw(gone.id);
    const { body } = await masthead.anonymous.get(at(log.url, { include: 'document' }));
    expect(changePage.parse(body)).toEqual(body);
    const {
      paperStatuses: _s,
      previous: _p,
      next: _n,
      ...document
    } = (await masthead.anonymous.get(`${log.base}/issues/1`)).body;
    expect(body.data.map((entry: { document: unknown }) => entry.document)).toEqual([document, null, null]);
    for (const entry of (await masthead.anonymous.get(log.url)).body.data) {
      expect(entry).not.toHaveProperty('document');
    }
  });
});

describe('a page of changes', () => {
  test('a page has a cursor and a Link to the next page, and the last page has no Link', async () => {
    const log = await makeLog(masthead);
    for (let count = 0; count < 5; count += 1) await log.publish((await log.draft()).id);
    const first = await masthead.anonymous.get(at(log.url, { limit: 2 }));
    const link = /<([^>]+)>; rel="next"/.exec(String(first.headers.link))?.[1] ?? '';
    expect(link).toBe(at(log.url, { limit: 2, cursor: first.body.page.next }));
    const second = await masthead.anonymous.get(link);
    const third = await masthead.anonymous.get(at(log.url, { limit: 2, cursor: second.body.page.next }));
    expect([first, second, third].map(({ body }) => [body.data.length, body.page.isLast])).toEqual([
      [2, false],
      [2, false],
      [1, true],
    ]);
    expect(third.headers).not.toHaveProperty('link');
    const full = await masthead.anonymous.get(at(log.url, { limit: 5 }));
    expect(full.body.page.isLast).toBe(true);
  });

  test('caches must revalidate a page on every request, and an unchanged page returns 304', async () => {
    const log = await makeLog(masthead);
    const issue = await log.draft();
    await log.publish(issue.id);
    const { headers } = await readBytes(masthead, log.url);
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=0, s-maxage=0, must-revalidate',
      'surrogate-key': `content newsletter:${log.newsletter.id} archive:${log.newsletter.id}`,
      'access-control-allow-origin': '*',
    });
    const again = { 'if-none-match': String(headers.etag) };
    expect(await readBytes(masthead, log.url, again)).toMatchObject({ status: 304, body: '' });
    await log.withdraw(issue.id);
    expect(await readBytes(masthead, log.url, again)).toMatchObject({ status: 200 });
  });

  test('a page has 20 entries by default and 100 at most, or 20 at most with documents', async () => {
    const log = await makeLog(masthead);
    await masthead.database.pool.query(
      `INSERT INTO publication_changes (newsletter_id, position, type, issue_id, edition_id, version, number, slug, at)
       SELECT $1, position, 'withdrawn', gen_random_uuid(), gen_random_uuid(), 1, position, 'gone', now()
       FROM generate_series(1, 101) AS position`,
      [log.newsletter.id],
    );
    const countOf = async (parameters: object) => {
      const { status, body } = await masthead.anonymous.get(at(log.url, { ...parameters }));
      return status === 200 ? body.data.length : [status, body.errors[0].pointer, body.errors[0].message];
    };
    expect(await countOf({})).toBe(20);
    expect(await countOf({ limit: 100 })).toBe(100);
    expect(await countOf({ limit: 20, include: 'document' })).toBe(20);
    expect(await countOf({ limit: 101 })).toEqual([400, '/limit', expect.any(String)]);
    expect(await countOf({ limit: 21, include: 'document' })).toEqual([
      400,
      '/limit',
      'must be at most 20 with `include`',
    ]);
    const entries = await readAll(log, { limit: 7 });
    expect(entries.map(({ issue }) => issue.number)).toEqual(Array.from({ length: 101 }, (_, n) => n + 1));
  });

  test.each(['include=summary', 'include=', 'include=document,document', 'limit=0'])(
    'a page with the query %s returns 400',
    async (query) => {
      const log = await makeLog(masthead);
      expect(await masthead.anonymous.get(`${log.url}?${query}`)).toMatchObject({ status: 400 });
    },
  );

  test.each(['never', 'NEVER', '%00'])(
    'the changes of the unknown newsletter %s return 404',
    async (slug) => {
      expect(await masthead.anonymous.get(`/content/v1/newsletters/${slug}/changes`)).toMatchObject({
        status: 404,
      });
    },
  );
});

describe('a cursor of the changes', () => {
  async function cursorOf(log: Log): Promise<string> {
    return (await masthead.anonymous.get(at(log.url, { limit: 100 }))).body.page.next;
  }

  function readFrom(log: Log, cursor: string) {
    return masthead.anonymous.get(at(log.url, { cursor }));
  }

  const unknownCursor = {
    status: 400,
    headers: { 'cache-control': 'no-store' },
    body: {
      type: 'http://masthead.test/problems/unknown-cursor',
      errors: [{ in: 'query', pointer: '/cursor', remedy: expect.stringContaining('rebuild your copy') }],
    },
  };

  test('a cursor still works after the newsletter is renamed and the issue is deleted', async () => {
    const log = await makeLog(masthead);
    const issue = await log.draft();
    await log.publish(issue.id);
    const cursor = await cursorOf(log);
    const renamed = `${log.newsletter.slug}-renamed`;
    await masthead.as('admin').patch(`/admin/v1/newsletters/${log.newsletter.id}`, { slug: renamed });
    await log.withdraw(issue.id);
    await log.erase(issue.id);
    const { body } = await masthead.anonymous.get(
      at(`/content/v1/newsletters/${renamed}/changes`, { cursor }),
    );
    expect(body.data.map(gist)).toEqual([['withdrawn', 1, 1, false]]);
  });

  test('a cursor of another newsletter is rejected, even if that newsletter had the same slug', async () => {
    const [log, other] = [await makeLog(masthead), await makeLog(masthead)];
    const empty = await cursorOf(other);
    expect(await readFrom(log, empty)).toMatchObject(unknownCursor);
    await other.publish((await other.draft()).id);
    await log.publish((await log.draft()).id);
    expect(await readFrom(log, await cursorOf(other))).toMatchObject(unknownCursor);

    const { slug, id } = await makeNewsletter(masthead);
    const url = `/content/v1/newsletters/${slug}/changes`;
    const { next } = (await masthead.anonymous.get(url)).body.page;
    await masthead.as('admin').delete(`/admin/v1/newsletters/${id}`);
    await makeNewsletter(masthead, { slug });
    expect(await masthead.anonymous.get(at(url, { cursor: next }))).toMatchObject(unknownCursor);
  });

  test('a cursor that is newer than a restored database is rejected, even after further publications', async () => {
    const log = await makeLog(masthead);
    const [first, second, third] = [await log.draft(), await log.draft(), await log.draft()];
    await log.publish(first.id);
    const kept = await cursorOf(log);
    await log.publish(second.id);
    const lost = await cursorOf(log);
    await masthead.database.pool.query(`
      DELETE FROM publications WHERE issue_id = '${second.id}';
      UPDATE issues SET status = 'draft' WHERE id = '${second.id}';
      DELETE FROM publication_changes WHERE issue_id = '${second.id}';
      UPDATE publication_logs SET last_position = 1 WHERE newsletter_id = '${log.newsletter.id}'`);
    expect(await readFrom(log, lost)).toMatchObject(unknownCursor);
    await log.publish(third.id);
    expect(await readFrom(log, lost)).toMatchObject(unknownCursor);
    expect((await readFrom(log, kept)).body.data.map(gist)).toEqual([['published', 3, 1, true]]);
  });

  const newsletter = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11';
  test.each([
    ['is empty', ''],
    ['belongs to an archive', encodeCursor({ publishedAt: '2026-01-01T00:00:00.000Z', number: 1 })],
    ['has no edition', encodeCursor({ newsletter, position: 1, edition: null })],
    ['is at the start but has an edition', encodeCursor({ newsletter, position: 0, edition: newsletter })],
    ['is before the start', encodeCursor({ newsletter, position: -1, edition: newsletter })],
    ['is beyond every safe integer', encodeCursor({ newsletter, position: 2 ** 53, edition: newsletter })],
  ])('a cursor that %s is rejected as malformed', async (_what, cursor) => {
    const log = await makeLog(masthead);
    expect(await readFrom(log, cursor)).toMatchObject({
      status: 400,
      body: {
        type: 'http://masthead.test/problems/invalid-request',
        errors: [{ in: 'query', pointer: '/cursor' }],
      },
    });
  });
});

test('two followers with different page sizes see the same changes during concurrent publications', async () => {
  const log = await makeLog(masthead);
  const [slow, quick] = [
    makeFollower(masthead.anonymous, log.url, { limit: 1 }),
    makeFollower(masthead.anonymous, log.url, { limit: 3 }),
  ];
  const seen: Record<'slow' | 'quick', unknown[]> = { slow: [], quick: [] };
  const drafts = await Promise.all(Array.from({ length: 8 }, (_, at) => log.draft({ number: at + 1 })));
  let isOver = false;
  const publishing = Promise.all(drafts.map(({ id }) => log.publish(id))).finally(() => {
    isOver = true;
  });
  while (!isOver) {
    seen.slow.push(...(await slow.readPage()).data);
    seen.quick.push(...(await quick.readPage()).data);
  }
  await publishing;
  seen.slow.push(...(await slow.catchUp()));
  seen.quick.push(...(await quick.catchUp()));
  expect(seen.slow).toHaveLength(8);
  expect(seen.quick).toEqual(seen.slow);
  expect(await readAll(log)).toEqual(seen.slow);
  expect(await walkPages(masthead.anonymous, `${log.base}/issues`)).toHaveLength(8);
});

describe('a static site builder', () => {
  const issueAt = fc.nat({ max: 3 });
  const slug = fc.constantFrom('a', 'b', 'c', 'd');
  const step = fc.oneof(
    fc.record({ do: fc.constant('publish' as const), issue: issueAt }),
    fc.record({
      do: fc.constant('edit' as const),
      issue: issueAt,
      slug,
      number: fc.integer({ min: 1, max: 6 }),
    }),
    fc.record({ do: fc.constant('withdraw' as const), issue: issueAt }),
    fc.record({ do: fc.constant('erase' as const), issue: issueAt }),
    fc.record({ do: fc.constant('read' as const) }),
  );
  type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

  /** Takes one step. A step that the state of the issue forbids is rejected and changes nothing. */
  async function take(log: Log, issues: string[], taken: Step, builder: ReturnType<typeof makeBuilder>) {
    if (taken.do === 'read') return builder.buildPage();
    const id = issues[taken.issue] ?? '';
    if (taken.do === 'edit') {
      await log.edit(id, { slug: taken.slug });
      await log.edit(id, { number: taken.number });
      await log.edit(id, { title: `${taken.slug} ${taken.number}` });
    } else if (taken.do === 'erase') {
      if ((await log.erase(id)) === 204) issues[taken.issue] = (await log.draft()).id;
    } else await log[taken.do](id).catch(() => {});
  }

  test('a static site builder that catches up has exactly the pages of the archive, for any sequence of changes and pauses', async () => {
    const runs = fc.asyncProperty(
      fc.array(step, { minLength: 8, maxLength: 24 }),
      fc.integer({ min: 1, max: 3 }),
      async (steps, limit) => {
        const log = await makeLog(masthead);
        const issues = [];
        for (let count = 0; count < 4; count += 1) issues.push((await log.draft()).id);
        const builder = makeBuilder(masthead.anonymous, log.url, limit);
        for (const each of steps) await take(log, issues, each, builder);
        await builder.build();
        const archive = await walkPages(masthead.anonymous, `${log.base}/issues`);
        const read = async (slug: string) => {
          const {
            paperStatuses: _s,
            previous: _p,
            next: _n,
            ...document
          } = (await masthead.anonymous.get(`${log.base}/issues/${slug}`)).body;
          return [slug, document] as const;
        };
        const expected = await Promise.all(archive.map((entry) => read(entry.slug)));
        expect(Object.fromEntries(builder.pages)).toEqual(Object.fromEntries(expected));
      },
    );
    await fc.assert(runs, { numRuns: 25 });
  });
});
