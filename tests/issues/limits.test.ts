import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeIssue, makeNewsletter } from '../support/factories.ts';

const masthead = useMasthead();
const create = async (fields: object) =>
  masthead.as('author').post(`/admin/v1/newsletters/${(await makeNewsletter(masthead)).id}/issues`, fields);
const pointersOf = ({ errors }: { errors: { pointer: string }[] }) => errors.map(({ pointer }) => pointer);

describe('the limits of an issue', () => {
  const many = <T>(count: number, entry: T) => Array.from({ length: count }, () => entry);
  const item = (fields: object) => ({ sections: [{ title: 'A', items: [{ kind: 'note', ...fields }] }] });
  const numbered = (count: number) => many(count, '').map((_, index) => `${index}`);

  test.each([
    ['50 sections', 50, (count: number) => ({ sections: many(count, { title: 'A' }) }), '/sections'],
    [
      '200 items in a section',
      200,
      (count: number) => ({ sections: [{ title: 'A', items: many(count, { kind: 'note' }) }] }),
      '/sections/0/items',
    ],
    [
      '30 links of an item',
      30,
      (count: number) => item({ links: many(count, { label: 'x', url: 'x', rel: 'other' }) }),
      '/sections/0/items/0/links',
    ],
    [
      '30 tags of an item',
      30,
      (count: number) => item({ tags: numbered(count) }),
      '/sections/0/items/0/tags',
    ],
    ['30 tags', 30, (count: number) => ({ tags: numbered(count) }), '/tags'],
    ['a title of 300 characters', 300, (count: number) => ({ title: 'x'.repeat(count) }), '/title'],
    [
      'an intro of 100,000 characters',
      100_000,
      (count: number) => ({ intro: 'x '.repeat(count / 2) + 'x'.repeat(count % 2) }),
      '/intro',
    ],
  ])('the maximum is %s', async (_what, limit, fields, pointer) => {
    expect((await create(fields(limit))).status).toBe(201);
    const refused = await create(fields(limit + 1));
    expect(refused.status).toBe(400);
    expect(pointersOf(refused.body)).toEqual([pointer]);
  });

  test('an issue has at most 500 items, whichever request adds them', async () => {
    const filled = { title: 'A', items: many(100, { kind: 'note' }) };
    expect(
      pointersOf(
        (await create({ sections: [...many(5, filled), { title: 'B', items: [{ kind: 'note' }] }] })).body,
      ),
    ).toEqual(['/sections']);
    const { body: issue } = await create({ sections: many(5, filled) });
    const author = masthead.as('author');
    const anyRevision = { 'if-match': '*' };
    const item = { kind: 'note' };
    const answers = [
      await author.post(`/admin/v1/sections/${issue.sections[0].id}/items`, item, anyRevision),
      await author.post(`/admin/v1/issues/${issue.id}/sections`, { title: 'B', items: [item] }, anyRevision),
    ];
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 422, body: { type: 'http://masthead.test/problems/full' } });
    expect(
      await author.post(`/admin/v1/issues/${issue.id}/sections`, { title: 'B' }, anyRevision),
    ).toMatchObject({ status: 201 });
  });

  test('an item has at most 30 figures', async () => {
    const figures = (count: number) =>
      item({ figures: many(count, '').map(() => ({ mediaId: randomUUID() })) });
    expect(await create(figures(30))).toMatchObject({
      status: 422,
      body: { errors: Array(30).fill({ code: 'unknown_media' }) },
    });
    const refused = await create(figures(31));
    expect(refused.status).toBe(400);
    expect(pointersOf(refused.body)).toEqual(['/sections/0/items/0/figures']);
  });

  test('once the highest possible number is taken, a new issue must name its number', async () => {
    const { newsletterId } = await makeIssue(masthead, { number: 1_000_000 });
    const path = `/admin/v1/newsletters/${newsletterId}/issues`;
    expect(await masthead.as('author').post(path, {})).toMatchObject({
      status: 409,
      body: { type: 'http://masthead.test/problems/numbers-exhausted', errors: [{ pointer: '/number' }] },
    });
    expect((await masthead.as('author').post(path, { number: 7 })).status).toBe(201);
  });
});
