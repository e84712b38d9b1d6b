import { beforeAll, describe, expect, it, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeIssue, makeNewsletter, makeReadyIssue, publish, schedule } from '../support/factories.ts';

const masthead = useMasthead();
let list = '';
const get = (query = '') => masthead.as('viewer').get(`${list}${query}`);
const numbersOf = (page: { data: { number: number }[] }) => page.data.map(({ number }) => number);

beforeAll(async () => {
  const { id: newsletterId } = await makeNewsletter(masthead);
  list = `/admin/v1/newsletters/${newsletterId}/issues`;
  // Created in another order than that of their numbers.
  for (const number of [4, 2, 7, 1, 6]) {
    const { id } = await makeReadyIssue(masthead, { newsletterId, number, intro: 'Hello.', signOff: 'Bye.' });
    if (number < 3) await publish(masthead, id);
    if (number === 4) await schedule(masthead, id);
  }
  await makeIssue(masthead, { number: 9 });
});

describe('The list of a newsletter’s issues', () => {
  it('has its own issues alone, the highest number first', async () => {
    const { status, body } = await get();
    expect(status).toBe(200);
    expect(numbersOf(body)).toEqual([7, 6, 4, 2, 1]);
    expect(body.page).toEqual({ next: null });
  });

  it('shows each as it is, but for its texts and tree', async () => {
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
  ])('has those alone that are %s when asked', async (status, numbers) => {
    const { body } = await get(`?status=${status}`);
    expect(numbersOf(body)).toEqual(numbers);
    expect(new Set(body.data.map((entry: { status: string }) => entry.status))).toEqual(new Set([status]));
  });

  test.each([
    ['', [[7, 6], [4, 2], [1]]],
    ['&status=draft', [[7, 6]]],
    ['&status=published', [[2, 1]]],
  ])('is walked page by page, each issue once%s', async (filter, pages) => {
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

  it('goes on after an issue that has gone meanwhile', async () => {
    const { id: newsletterId } = await makeNewsletter(masthead);
    for (const number of [1, 2, 3]) await makeIssue(masthead, { newsletterId, number });
    const path = `/admin/v1/newsletters/${newsletterId}/issues?limit=2`;
    const first = await masthead.as('viewer').get(path);
    await masthead.as('author').delete(`/admin/v1/issues/${first.body.data[1].id}`, { 'if-match': '*' });
    const second = await masthead.as('viewer').get(`${path}&cursor=${first.body.page.next}`);
    expect(numbersOf(second.body)).toEqual([1]);
  });

  test.each([
    ['an unknown state', 'status=out'],
    ['two states', 'status=draft&status=published'],
    ['an unknown parameter', 'tag=vision'],
    ['a cursor of a list of another kind', `cursor=${cursorOf('0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11')}`],
    ['a cursor beyond all numbers', `cursor=${cursorOf(9_007_199_254_740_991)}`],
    ['a cursor far below them', `cursor=${cursorOf(-9_007_199_254_740_991)}`],
  ])('is refused for %s', async (_what, query) => {
    expect(await get(`?${query}`)).toMatchObject({ status: 400, body: { errors: [{ in: 'query' }] } });
  });

  it('is a 404 for a newsletter that is not there', async () => {
    const path = '/admin/v1/newsletters/0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11/issues';
    expect((await masthead.as('viewer').get(path)).status).toBe(404);
    expect((await masthead.as('author').post(path, {})).status).toBe(404);
  });
});

function cursorOf(key: unknown): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}
