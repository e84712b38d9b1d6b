import { describe, expect, test } from 'vitest';
import { encodeCursor } from '../../src/http/pagination.ts';
import { walkPages } from '../http/walk-pages.ts';
import { useMasthead } from '../support/app.ts';
import { makeLetter } from './searching.ts';

const masthead = useMasthead();

/** Changes the publication time of an issue. */
async function backdate(issueId: string, publishedAt: string, year: number): Promise<void> {
  const { pool } = masthead.database;
  await pool.query('UPDATE publications SET published_at = $2 WHERE issue_id = $1', [issueId, publishedAt]);
  await pool.query('UPDATE published_texts SET published_at = $2, year = $3 WHERE issue_id = $1', [
    issueId,
    publishedAt,
    year,
  ]);
}

type Hit = { item: { title: string } };

async function walk(url: string): Promise<string[]> {
  return (await walkPages(masthead.anonymous, url)).map(({ item }: Hit) => item.title);
}

describe('pages of a search', () => {
  test.each([1, 2, 7, 50])(
    'pages of %i hits contain each hit once, whatever its rank and time',
    async (limit) => {
      const letter = await makeLetter(masthead);
      const bodies = ['gnu', 'gnu gnu', 'a gnu', 'x'];
      for (let issue = 0; issue < 4; issue += 1) {
        const items = bodies.map((body, index) => ({
          title: index === 3 ? `Gnu ${issue}` : `Item ${issue}-${index}`,
          body,
        }));
        const { id } = await letter.publish({ items });
        if (issue < 2) await backdate(id, '2026-05-01T00:00:00.123Z', 2026);
      }
      const whole = await letter.find('gnu', { limit: '50' });
      expect(new Set(whole).size).toBe(16);
      const base = `/content/v1/newsletters/${letter.slug}/search?q=gnu`;
      expect(await walk(`${base}&limit=${limit}`)).toEqual(whole);
      expect(whole.slice(0, 2)).toEqual(['Gnu 3', 'Gnu 2']);
    },
  );

  test('every page has the same total and facets', async () => {
    const letter = await makeLetter(masthead);
    await letter.publish({ tags: ['t'], items: ['A', 'B', 'C'].map((title) => ({ title, body: 'gnu' })) });
    const first = await letter.search('gnu', { limit: '2' });
    const second = await letter.search('gnu', { limit: '2', cursor: first.body.page.next });
    const { data: _first, page: _page, ...summary } = first.body;
    expect(second.body).toMatchObject({ ...summary, page: { next: null } });
    expect(summary).toMatchObject({ total: 3, isTotalExact: true });
  });

  test('only the newest 500 hits are ranked, and then the total is reported as inexact', async () => {
    const letter = await makeLetter(masthead);
    const items = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ title: `N ${index}`, body: 'gnu' }));
    await letter.publish({ title: 'Oldest', items: [{ title: 'Gnu', body: 'gnu' }] });
    const sections = (count: number) =>
      Array.from({ length: count / 100 }, () => ({
        title: 'S',
        items: items(100).map((item) => ({ kind: 'note', ...item })),
      }));
    await letter.publish({ sections: sections(300) });
    expect((await letter.search('gnu')).body).toMatchObject({ total: 301, isTotalExact: true });
    expect(await letter.find('gnu', { limit: '1' })).toEqual(['Gnu']);
    await letter.publish({ sections: sections(300) });
    expect((await letter.search('gnu')).body).toMatchObject({ total: 500, isTotalExact: false });
    const walked = await walk(`/content/v1/newsletters/${letter.slug}/search?q=gnu&limit=50`);
    expect(walked).toHaveLength(500);
    expect(walked).not.toContain('Gnu');
  });
});

describe('filters and facets', () => {
  test('tags of issues and items are matched exactly', async () => {
    const letter = await makeLetter(masthead);
    await letter.publish({
      title: 'Gnu issue',
      tags: ['vision'],
      items: [
        { title: 'A', body: 'gnu', tags: ['audio', 'vision'] },
        { title: 'B', body: 'gnu', tags: ['Léon & co?'] },
      ],
    });
    await letter.publish({ items: [{ title: 'C', body: 'gnu', tags: ['audio'] }] });
    const { body } = await letter.search('gnu');
    expect(body.facets.tags).toEqual([
      { tag: 'vision', count: 3 },
      { tag: 'audio', count: 2 },
      { tag: 'Léon & co?', count: 1 },
    ]);
    for (const { tag, count } of body.facets.tags) {
      expect((await letter.search('gnu', { tag })).body.total, tag).toBe(count);
    }
    expect(await letter.find('gnu', { tag: 'audio' })).toEqual(['C', 'A']);
    expect(await letter.find('gnu', { tag: 'Audio' })).toEqual([]);
    expect((await letter.search('gnu', { tag: 'audio' })).body.facets.tags).toEqual([
      { tag: 'audio', count: 2 },
      { tag: 'vision', count: 1 },
    ]);
  });

  test('years are those of the newsletter’s time zone', async () => {
    const letter = await makeLetter(masthead, { timeZone: 'Pacific/Kiritimati' });
    const { id: last } = await letter.publish({ items: [{ title: 'Last', body: 'gnu' }] });
    const { id: first } = await letter.publish({ items: [{ title: 'First', body: 'gnu' }] });
    await letter.publish({ items: [{ title: 'Now', body: 'gnu' }] });
    await backdate(last, '2025-12-31T09:59:59.999Z', 2025);
    await backdate(first, '2025-12-31T10:00:00.000Z', 2026);
    expect(await letter.find('gnu', { year: '2025' })).toEqual(['Last']);
    expect(await letter.find('gnu', { year: '2026' })).toContain('First');
    expect(await letter.find('gnu', { year: '1999' })).toEqual([]);
    const { years } = (await letter.search('gnu')).body.facets;
    expect(years.at(-1)).toEqual({ year: 2025, count: 1 });
    expect(years).toEqual(years.toSorted((a: { year: number }, b: { year: number }) => b.year - a.year));
  });

  test('the URL of the next page keeps the filters', async () => {
    const letter = await makeLetter(masthead);
    const items = ['A', 'B', 'C'].map((title) => ({
      title,
      body: 'gnu',
      tags: title === 'B' ? [] : ['what?'],
    }));
    await letter.publish({ items });
    expect(await walk(`/content/v1/newsletters/${letter.slug}/search?q=gnu&tag=what?&limit=1`)).toEqual([
      'A',
      'C',
    ]);
  });
});

test('publishing stores the year in the newsletter’s time zone', async () => {
  const letter = await makeLetter(masthead, { timeZone: 'Pacific/Kiritimati' });
  const { id } = await letter.publish({ items: [{ body: 'gnu' }] });
  const { rows } = await masthead.database.pool.query(
    `SELECT year = extract(year FROM publications.published_at AT TIME ZONE 'Pacific/Kiritimati') AS "isRight"
     FROM published_texts JOIN publications USING (issue_id) WHERE issue_id = $1`,
    [id],
  );
  expect(rows).toEqual([{ isRight: true }, { isRight: true }]);
});

describe('invalid and extreme queries', () => {
  const place = {
    rank: 0.1,
    publishedAt: '2026-01-01T00:00:00.000Z',
    issueId: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11',
    position: 1,
  };

  test.each([
    ['no query', ''],
    ['an empty query', 'q='],
    ['a query of spaces', 'q=%20%09'],
    ['a query of 201 characters', `q=${'x'.repeat(201)}`],
    ['a query with a NUL', 'q=a%00b'],
    ['a repeated query', 'q=a&q=b'],
    ['a malformed year', 'q=a&year=MMXXVI'],
    ['an empty tag', 'q=a&tag='],
    ['a tag with a NUL', 'q=a&tag=%00'],
    ['a limit of zero', 'q=a&limit=0'],
    ['a limit above the maximum', 'q=a&limit=51'],
    ['an empty cursor', 'q=a&cursor='],
    ['a cursor of another list', `q=a&cursor=${encodeCursor({ publishedAt: place.publishedAt, number: 1 })}`],
    ['a cursor with an extra field', `q=a&cursor=${encodeCursor({ ...place, slug: 'x' })}`],
    ['a cursor without a rank', `q=a&cursor=${encodeCursor({ ...place, rank: null })}`],
    ['a cursor with a malformed time', `q=a&cursor=${encodeCursor({ ...place, publishedAt: 'now' })}`],
    ['a cursor with a malformed issue id', `q=a&cursor=${encodeCursor({ ...place, issueId: 'x' })}`],
    ['a cursor with a fractional position', `q=a&cursor=${encodeCursor({ ...place, position: 0.5 })}`],
    ['a cursor with a negative position', `q=a&cursor=${encodeCursor({ ...place, position: -1 })}`],
    [
      'a cursor with an excessive position',
      `q=a&cursor=${encodeCursor({ ...place, position: 99_999_999_999 })}`,
    ],
    ['a very long cursor', `q=a&cursor=${'x'.repeat(600)}`],
  ])('%s returns 400', async (_what, query) => {
    const letter = await makeLetter(masthead);
    for (const url of [`/content/v1/newsletters/${letter.slug}/search`, '/content/v1/search']) {
      expect(await masthead.anonymous.get(`${url}?${query}`)).toMatchObject({
        status: 400,
        headers: { 'cache-control': 'no-store', 'access-control-allow-origin': '*' },
        body: { type: 'http://masthead.test/problems/invalid-request', errors: [{ in: 'query' }] },
      });
    }
  });

  test.each([
    { ...place, rank: 1e308 },
    { ...place, rank: -1e-320 },
    { ...place, rank: 0 },
    { ...place, publishedAt: '0000-01-01T00:00:00Z' },
    { ...place, publishedAt: '9999-12-31T23:59:59.999Z' },
    { ...place, position: 2_147_483_647 },
  ])('a cursor with extreme values is accepted: %j', async (cursor) => {
    const letter = await makeLetter(masthead);
    await letter.publish({ items: [{ body: 'gnu' }] });
    expect((await letter.search('gnu', { cursor: encodeCursor(cursor) })).status).toBe(200);
  });

  test('queries of the maximum length are answered', async () => {
    const letter = await makeLetter(masthead);
    await letter.publish({ items: [{ body: 'gnu' }] });
    for (const q of [
      'x'.repeat(200),
      'ab or '.repeat(33),
      '-a "b c" '.repeat(22),
      '漢'.repeat(200),
      'gnuu '.repeat(40),
    ]) {
      expect.soft((await letter.search(q)).status, q).toBe(200);
    }
  });

  test('a filter by any year of four digits is answered', async () => {
    const letter = await makeLetter(masthead);
    await letter.publish({ items: [{ body: 'gnu' }] });
    for (const year of ['1000', '1582', '9999']) expect(await letter.find('gnu', { year })).toEqual([]);
  });
});

test.each(['nobody', 'No%20Slug', '%00', 'x'.repeat(300)])(
  'a search in the unknown newsletter %s returns 404',
  async (slug) => {
    expect(await masthead.anonymous.get(`/content/v1/newsletters/${slug}/search?q=a`)).toMatchObject({
      status: 404,
      body: { type: 'http://masthead.test/problems/not-found', detail: 'There is no such newsletter.' },
    });
  },
);
