import { beforeAll, describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeIssue, makeNewsletter, makeReadyIssue, publish, schedule } from '../support/factories.ts';

const masthead = useMasthead();
let list = '';
const get = (query = '') => masthead.as('viewer').get(`${list}${query}`);
const numbersOf = (page: { data: { number: number }[] }) => page.data.map(({ number }) => number);

beforeAll(async () => {
  const { id: newsletterId } = await makeNewsletter(masthead);
  list = `/admin/v1/newsletters/${newsletterId}/issues`;
  // The order of creation differs from the order of the numbers.
  for (const number of [4, 2, 7, 1, 6]) {
    const { id } = await makeReadyIssue(masthead, { newsletterId, number, intro: 'Hello.', signOff: 'Bye.' });
    if (number < 3) await publish(masthead, id);
    if (number === 4) await schedule(masthead, id);
  }
  await makeIssue(masthead, { number: 9 });
});

describe('the list of a newsletter’s issues', () => {
  test('the list contains only the newsletter’s own issues, highest number first', async () => {
    const { status, body } = await get();
    expect(status).toBe(200);
    expect(numbersOf(body)).toEqual([7, 6, 4, 2, 1]);
    expect(body.page).toEqual({ next: null });
  });

  test('an entry has every field of the issue except the texts and the tree', async () => {
    const { body } = await get();
    for (const entry of body.data) {
      const { intro, signOff, sections, ...summary } = (
        await masthead.as('viewer').get(`/admin/v1/issues/${entry.id}`)
      ).body;
      expect(entry).toEqual(summary);
    }
  });

  test.each([
    ['draft', [7, 6]],
    ['scheduled', [4]],
    ['published', [2, 1]],
  ])('the filter for %s issues returns only those', async (status, numbers) => {
    const { body } = await get(`?status=${status}`);
    expect(numbersOf(body)).toEqual(numbers);
    expect(new Set(body.data.map((entry: { status: string }) => entry.status))).toEqual(new Set([status]));
  });

  test.each([
    ['', [[7, 6], [4, 2], [1]]],
    ['&status=draft', [[7, 6]]],
    ['&status=published', [[2, 1]]],
  ])('pagination with the filter “%s” returns every matching issue once', async (filter, pages) => {
    const walked: number[][] = [];
    let next: string | undefined = `${list}?limit=2${filter}`;
    while (next) {
      const page = await masthead.as('viewer').get(next);
      walked.push(numbersOf(page.body));
      next = /<([^>]+)>; rel="next"/.exec(String(page.headers.link ?? ''))?.[1];
      expect(next === undefined).toBe(page.body.page.next === null);
    }
    expect(walked).toEqual(pages);
  });

  test('a cursor still works after its issue is deleted', async () => {
    const { id: newsletterId } = await makeNewsletter(masthead);
    for (const number of [1, 2, 3]) await makeIssue(masthead, { newsletterId, number });
    const path = `/admin/v1/newsletters/${newsletterId}/issues?limit=2`;
    const first = await masthead.as('viewer').get(path);
    await masthead.as('author').delete(`/admin/v1/issues/${first.body.data[1].id}`, { 'if-match': '*' });
    const second = await masthead.as('viewer').get(`${path}&cursor=${first.body.page.next}`);
    expect(numbersOf(second.body)).toEqual([1]);
  });

  test.each([
    ['an unknown status', 'status=out'],
    ['two statuses', 'status=draft&status=published'],
    ['a cursor of another list', `cursor=${cursorOf('0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11')}`],
    ['a cursor above every number', `cursor=${cursorOf(9_007_199_254_740_991)}`],
    ['a cursor below every number', `cursor=${cursorOf(-9_007_199_254_740_991)}`],
  ])('a request with %s returns 400', async (_what, query) => {
    expect(await get(`?${query}`)).toMatchObject({ status: 400, body: { errors: [{ in: 'query' }] } });
  });
});

function cursorOf(key: unknown): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}
