import { describe, expect, test } from 'vitest';
import { encodeCursor } from '../../src/http/pagination.ts';
import { walkPages } from '../http/walk-pages.ts';
import { useMasthead } from '../support/app.ts';
import { makeLetter } from './searching.ts';

const masthead = useMasthead();

/** As if it had gone out then. */
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

describe('the pages of a search', () => {
  test.each([1, 2, 7, 50])(
    'are walked with each hit once, %i at a time, whatever their rank and time',
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

  test('tell the same total and facets on each', async () => {
    const letter = await makeLetter(masthead);
    await letter.publish({ tags: ['t'], items: ['A', 'B', 'C'].map((title) => ({ title, body: 'gnu' })) });
    const first = await letter.search('gnu', { limit: '2' });
    const second = await letter.search('gnu', { limit: '2', cursor: first.body.page.next });
    const { data: _first, page: _page, ...told } = first.body;
    expect(second.body).toMatchObject({ ...told, page: { next: null } });
    expect(told).toMatchObject({ total: 3, isTotalExact: true });
  });

  test('rank the newest 500 of more, and say that there may be more', async () => {
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
  test('are by the tags of issue and item, letter for letter', async () => {
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

  test('are by the year of the newsletter’s time zone', async () => {
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

  test('stay in the address of the next page', async () => {
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

test('The year is reckoned in the newsletter’s time zone when the issue goes out', async () => {
  const letter = await makeLetter(masthead, { timeZone: 'Pacific/Kiritimati' });
  const { id } = await letter.publish({ items: [{ body: 'gnu' }] });
  const { rows } = await masthead.database.pool.query(
    `SELECT year = extract(year FROM publications.published_at AT TIME ZONE 'Pacific/Kiritimati') AS "isRight"
     FROM published_texts JOIN publications USING (issue_id) WHERE issue_id = $1`,
    [id],
  );
  expect(rows).toEqual([{ isRight: true }, { isRight: true }]);
});

describe('a query that is not one', () => {
  const place = {
    rank: 0.1,
    publishedAt: '2026-01-01T00:00:00.000Z',
    issueId: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11',
    position: 1,
  };

  test.each([
    ['none', ''],
    ['an empty one', 'q='],
    ['one of spaces', 'q=%20%09'],
    ['a very long one', `q=${'x'.repeat(201)}`],
    ['one with NUL', 'q=a%00b'],
    ['two', 'q=a&q=b'],
    ['an unknown parameter', 'q=a&sort=newest'],
    ['a year that is none', 'q=a&year=MMXXVI'],
    ['no tag', 'q=a&tag='],
    ['a tag with NUL', 'q=a&tag=%00'],
    ['a limit of nothing', 'q=a&limit=0'],
    ['a limit past the most', 'q=a&limit=51'],
    ['a cursor of nothing', 'q=a&cursor='],
    ['a cursor of another list', `q=a&cursor=${encodeCursor({ publishedAt: place.publishedAt, number: 1 })}`],
    ['a cursor with more in it', `q=a&cursor=${encodeCursor({ ...place, slug: 'x' })}`],
    ['a cursor without a rank', `q=a&cursor=${encodeCursor({ ...place, rank: null })}`],
    ['a cursor with no time', `q=a&cursor=${encodeCursor({ ...place, publishedAt: 'now' })}`],
    ['a cursor with no issue', `q=a&cursor=${encodeCursor({ ...place, issueId: 'x' })}`],
    ['a cursor with half a position', `q=a&cursor=${encodeCursor({ ...place, position: 0.5 })}`],
    ['a cursor before all positions', `q=a&cursor=${encodeCursor({ ...place, position: -1 })}`],
    ['a cursor past all positions', `q=a&cursor=${encodeCursor({ ...place, position: 99_999_999_999 })}`],
    ['a very long cursor', `q=a&cursor=${'x'.repeat(600)}`],
  ])('%s is a 400', async (_what, query) => {
    const letter = await makeLetter(masthead);
    for (const url of [`/content/v1/newsletters/${letter.slug}/search`, '/content/v1/search']) {
      expect(await masthead.anonymous.get(`${url}?${query}`)).toMatchObject({
        status: 400,
        headers: { 'cache-control': 'no-store', 'access-control-allow-origin': '*' },
        body: { type: 'urn:masthead:problem:invalid-request', errors: [{ in: 'query' }] },
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
  ])('a cursor of a place far off is walked from: %j', async (cursor) => {
    const letter = await makeLetter(masthead);
    await letter.publish({ items: [{ body: 'gnu' }] });
    expect((await letter.search('gnu', { cursor: encodeCursor(cursor) })).status).toBe(200);
  });

  test('that is as long as it may be is answered', async () => {
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

  test('a year of any four digits is answered', async () => {
    const letter = await makeLetter(masthead);
    await letter.publish({ items: [{ body: 'gnu' }] });
    for (const year of ['1000', '1582', '9999']) expect(await letter.find('gnu', { year })).toEqual([]);
  });
});

test.each(['nobody', 'No%20Slug', '%00', 'x'.repeat(300)])(
  'A newsletter that is none is not found: %s',
  async (slug) => {
    expect(await masthead.anonymous.get(`/content/v1/newsletters/${slug}/search?q=a`)).toMatchObject({
      status: 404,
      body: { type: 'urn:masthead:problem:not-found', detail: 'There is no such newsletter.' },
    });
  },
);
