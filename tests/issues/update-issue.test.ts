import { beforeAll, describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeIssue, makeMedia, makePerson } from '../support/factories.ts';
import { readIssue } from './outlines.ts';

const masthead = useMasthead();
const patch = (id: string, fields: object) =>
  masthead.as('author').patch(`/admin/v1/issues/${id}`, fields, { 'if-match': '*' });

/** The ids in `fullIssue`, which has a value in every field. */
let media = '';
let people: string[] = [];
const fullIssue = () =>
  makeIssue(masthead, {
    subtitle: 'Old',
    intro: 'Old',
    signOff: 'Old',
    coverage: { from: '2022-02-01', to: '2022-02-28' },
    authorIds: people,
    cover: { mediaId: media, alt: 'Old' },
    tags: ['old'],
    sections: [{ title: 'Stays' }],
  });

beforeAll(async () => {
  media = (await makeMedia(masthead)).id;
  people = [(await makePerson(masthead)).id, (await makePerson(masthead)).id];
});

describe('a patch of an issue', () => {
  test.each<[string, () => unknown]>([
    ['number', () => 12],
    ['slug', () => 'new-slug'],
    ['title', () => 'New'],
    ['title', () => ''],
    ['subtitle', () => 'New'],
    ['intro', () => 'New *words*'],
    ['signOff', () => 'New words'],
    ['coverage', () => ({ from: '2022-03-01', to: '2022-03-31' })],
    ['authorIds', () => people.toReversed()],
    ['authorIds', () => people.slice(1)],
    ['authorIds', () => []],
    ['cover', () => ({ mediaId: media, alt: null, caption: 'New', credit: { text: 'Ada' } })],
    ['tags', () => ['new', 'tags']],
    ['tags', () => []],
    ['subtitle', () => null],
    ['intro', () => null],
    ['signOff', () => null],
    ['coverage', () => null],
    ['cover', () => null],
  ])('a patch changes %s and nothing else', async (field, value) => {
    const before = await fullIssue();
    const answer = await patch(before.id, { [field]: value() });
    expect(answer).toMatchObject({ status: 200, headers: { etag: '"2"' } });
    expect(answer.body).toEqual({
      ...before,
      [field]: value(),
      revision: 2,
      updatedAt: answer.body.updatedAt,
    });
    expect(answer.body.updatedAt > before.updatedAt).toBe(true);
    expect(await readIssue(masthead, before.id)).toEqual(answer.body);
  });

  test('a patch can change several fields at once', async () => {
    const { id } = await fullIssue();
    const { body } = await patch(id, { title: 'New', subtitle: null, tags: ['a'], authorIds: [] });
    expect(body).toMatchObject({ title: 'New', subtitle: null, tags: ['a'], authorIds: [], intro: 'Old' });
  });

  test.each(['number', 'slug', 'title', 'authorIds', 'tags'])('%s cannot be set to null', async (field) => {
    const before = await fullIssue();
    expect(await patch(before.id, { [field]: null })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: `/${field}` }] },
    });
    expect(await readIssue(masthead, before.id)).toEqual(before);
  });

  test.each(['id', 'status', 'revision', 'sections', 'schedule', 'newsletterId'])(
    'a patch cannot set %s',
    async (field) => {
      const before = await fullIssue();
      expect(await patch(before.id, { title: 'New', [field]: before[field] })).toMatchObject({
        status: 400,
        body: { errors: [{ pointer: `/${field}`, code: 'unknown_field' }] },
      });
      expect(await readIssue(masthead, before.id)).toEqual(before);
    },
  );
});
