import { describe, expect, test } from 'vitest';
import { encodeCursor } from '../../src/http/pagination.ts';
import { archiveEntry } from '../../src/modules/delivery/schemas.ts';
import { walkPages } from '../http/walk-pages.ts';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter, makeReadyIssue, publish } from '../support/factories.ts';
import { withdraw } from './reading.ts';

const masthead = useMasthead();

async function makeArchive(fields: object = {}) {
  const { id, slug } = await makeNewsletter(masthead, fields);
  return {
    url: `/content/v1/newsletters/${slug}/issues`,
    add: async (issue: object = {}) => {
      const made = await makeReadyIssue(masthead, { newsletterId: id, ...issue });
      await publish(masthead, made.id);
      return made;
    },
  };
}

async function numbersOf(url: string): Promise<number[]> {
  return (await walkPages(masthead.anonymous, url)).map(({ number }) => number);
}

/** Sets the publication time of a published issue. */
async function backdate(issueId: string, publishedAt: string): Promise<void> {
  await masthead.database.pool.query(
    `WITH tagged AS (UPDATE publication_tags SET published_at = $2 WHERE issue_id = $1)
     UPDATE publications SET published_at = $2 WHERE issue_id = $1`,
    [issueId, publishedAt],
  );
}

describe('the archive', () => {
  test('the archive lists issues newest first, without their trees', async () => {
    const { url, add } = await makeArchive();
    for (let count = 0; count < 3; count += 1) await add({ intro: 'An intro.', tags: ['a'] });
    const { body } = await masthead.anonymous.get(url);
    expect(body.data.map(({ number }: { number: number }) => number)).toEqual([3, 2, 1]);
    for (const entry of body.data) {
      expect(archiveEntry.parse(entry)).toEqual(entry);
      expect(entry).not.toHaveProperty('sections');
    }
    const { body: issue } = await masthead.anonymous.get(`${url}/3`);
    expect(issue).toMatchObject(body.data[0]);
  });

  test('the archive of a newsletter without published issues is empty', async () => {
    const { url } = await makeArchive();
    expect(await masthead.anonymous.get(url)).toMatchObject({
      status: 200,
      body: { data: [], page: { next: null } },
    });
  });

  test('pagination shows no issue twice while others are published and withdrawn', async () => {
    const { url, add } = await makeArchive();
    const issues: { id: string }[] = [];
    for (let count = 0; count < 7; count += 1) issues.push(await add());
    let isFirst = true;
    const walked = await walkPages(masthead.anonymous, `${url}?limit=2`, async () => {
      await add();
      if (isFirst) await withdraw(masthead, issues[2]?.id ?? '');
      isFirst = false;
    });
    expect(walked.map(({ number }) => number)).toEqual([7, 6, 5, 4, 2, 1]);
  });

  test('pagination shows every issue even if all were published in the same millisecond', async () => {
    const { url, add } = await makeArchive();
    for (let count = 0; count < 5; count += 1) await backdate((await add()).id, '2026-05-01T00:00:00.123Z');
    expect(await numbersOf(`${url}?limit=1`)).toEqual([5, 4, 3, 2, 1]);
  });

  test('the archive contains only issues of its own newsletter', async () => {
    const [one, other] = [await makeArchive(), await makeArchive()];
    await one.add();
    await other.add({ number: 5 });
    expect(await numbersOf(one.url)).toEqual([1]);
    expect(await numbersOf(other.url)).toEqual([5]);
  });
});

describe('the year filter of the archive', () => {
  test.each([
    ['Australia/Brisbane', '2025-12-31T13:59:59.999Z', '2025-12-31T14:00:00.000Z'],
    ['America/Los_Angeles', '2026-01-01T07:59:59.999Z', '2026-01-01T08:00:00.000Z'],
    ['Pacific/Kiritimati', '2025-12-31T09:59:59.999Z', '2025-12-31T10:00:00.000Z'],
    ['Asia/Kathmandu', '2025-12-31T18:14:59.999Z', '2025-12-31T18:15:00.000Z'],
    ['UTC', '2025-12-31T23:59:59.999Z', '2026-01-01T00:00:00.000Z'],
  ])('the year starts at midnight in %s', async (timeZone, last, first) => {
    const { url, add } = await makeArchive({ timeZone });
    await backdate((await add()).id, last);
    await backdate((await add()).id, first);
    expect(await numbersOf(`${url}?year=2025`)).toEqual([1]);
    expect(await numbersOf(`${url}?year=2026`)).toEqual([2]);
    expect(await numbersOf(`${url}?year=2024`)).toEqual([]);
    expect(await numbersOf(`${url}?year=2027`)).toEqual([]);
  });

  test('the year can be any number of four digits', async () => {
    const { url } = await makeArchive();
    for (const year of [1000, 1582, 1970, 9999]) expect(await numbersOf(`${url}?year=${year}`)).toEqual([]);
  });

  test('the year is kept in the address of the next page', async () => {
    const { url, add } = await makeArchive();
    for (const at of ['2024-06-01', '2025-06-01', '2025-07-01', '2025-08-01', '2026-06-01']) {
      await backdate((await add()).id, `${at}T00:00:00Z`);
    }
    expect(await numbersOf(`${url}?year=2025&limit=1`)).toEqual([4, 3, 2]);
  });
});

describe('the tag filter of the archive', () => {
  test('the tag is compared exactly with the tags of the published edition', async () => {
    const { url, add } = await makeArchive();
    const issue = await add({ tags: ['vision', 'Léon & co?'] });
    await add({ tags: ['vision'] });
    await add({ tags: ['visionary'] });
    expect(await numbersOf(`${url}?tag=vision`)).toEqual([2, 1]);
    expect(await numbersOf(`${url}?tag=Vision`)).toEqual([]);
    expect(await numbersOf(`${url}?tag=vis%25`)).toEqual([]);
    expect(await numbersOf(`${url}?tag=${encodeURIComponent('Léon & co?')}`)).toEqual([1]);
    await masthead.as('author').patch(`/admin/v1/issues/${issue.id}`, { tags: ['new'] }, { 'if-match': '*' });
    expect(await numbersOf(`${url}?tag=new`)).toEqual([]);
    await publish(masthead, issue.id);
    expect(await numbersOf(`${url}?tag=new`)).toEqual([1]);
    expect(await numbersOf(`${url}?tag=vision`)).toEqual([2]);
  });

  test('a tag with an unescaped question mark is kept in the address of the next page', async () => {
    const { url, add } = await makeArchive();
    for (const tags of [['what?'], ['what'], ['what?']]) await add({ tags });
    expect(await numbersOf(`${url}?tag=what?&limit=1`)).toEqual([3, 1]);
  });

  test('the tag and the year can be combined', async () => {
    const { url, add } = await makeArchive();
    await backdate((await add({ tags: ['a'] })).id, '2025-06-01T00:00:00Z');
    await backdate((await add({ tags: ['a'] })).id, '2026-06-01T00:00:00Z');
    await backdate((await add({ tags: ['b'] })).id, '2026-06-02T00:00:00Z');
    expect(await numbersOf(`${url}?tag=a&year=2026`)).toEqual([2]);
    expect(await numbersOf(`${url}?year=2026&tag=a&limit=1`)).toEqual([2]);
  });
});

describe('a malformed archive query', () => {
  const place = { publishedAt: '2026-01-01T00:00:00.000Z', number: 1 };

  test.each([
    ['a parameter twice', 'year=2025&year=2026'],
    ['two tags', 'tag=a&tag=b'],
    ['an empty tag', 'tag='],
    ['a tag of spaces', 'tag=%20'],
    ['a tag with a NUL character', 'tag=%00'],
    ['a very long tag', `tag=${'x'.repeat(61)}`],
    ['a year of three digits', 'year=999'],
    ['a year of five digits', 'year=10000'],
    ['a year with a leading zero', 'year=0999'],
    ['a year in Roman numerals', 'year=MMXXVI'],
    ['a negative year', 'year=-2026'],
    ['a limit of zero', 'limit=0'],
    ['a limit above the maximum', 'limit=101'],
    ['an empty cursor', 'cursor='],
    ['a cursor of another list', `cursor=${encodeCursor('a-slug')}`],
    ['a cursor with an extra field', `cursor=${encodeCursor({ ...place, slug: 'x' })}`],
    ['a cursor without a time', `cursor=${encodeCursor({ number: 1 })}`],
    ['a cursor with an invalid time', `cursor=${encodeCursor({ ...place, publishedAt: 'now' })}`],
    ['a cursor with a fractional number', `cursor=${encodeCursor({ ...place, number: 1.5 })}`],
    [
      'a cursor with a number that is too large',
      `cursor=${encodeCursor({ ...place, number: 99_999_999_999 })}`,
    ],
    ['a very long cursor', `cursor=${'x'.repeat(600)}`],
  ])('a query with %s returns 400', async (_what, query) => {
    const { url } = await makeArchive();
    expect(await masthead.anonymous.get(`${url}?${query}`)).toMatchObject({
      status: 400,
      headers: { 'cache-control': 'no-store', 'access-control-allow-origin': '*' },
      body: { type: 'http://masthead.test/problems/invalid-request', errors: [{ in: 'query' }] },
    });
  });

  test.each(['0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z', '2026-01-01T00:00:00.1234567891234Z'])(
    'a cursor with the extreme time %s is accepted',
    async (publishedAt) => {
      const { url, add } = await makeArchive();
      await add();
      const { status } = await masthead.anonymous.get(
        `${url}?cursor=${encodeCursor({ ...place, publishedAt })}`,
      );
      expect(status).toBe(200);
    },
  );
});
