import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeIssue } from '../support/factories.ts';
import { gapless, type Outline, outlineOf, readIssue, readPositions, sectionsOf } from './outlines.ts';

const masthead = useMasthead();
const UNKNOWN = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11';
const anyRevision = { 'if-match': '*' };
const create = (issueId: string, fields: object) =>
  masthead.as('author').post(`/admin/v1/issues/${issueId}/sections`, fields, anyRevision);
const patch = (id: string, fields: object) =>
  masthead.as('author').patch(`/admin/v1/sections/${id}`, fields, anyRevision);
const remove = (id: string) => masthead.as('author').delete(`/admin/v1/sections/${id}`, anyRevision);
const order = (issueId: string, sectionIds: unknown) =>
  masthead.as('author').put(`/admin/v1/issues/${issueId}/section-order`, { sectionIds }, anyRevision);

const start: Outline = [
  ['First', ['a', 'b']],
  ['Second', ['c']],
  ['Third', []],
];
const makeTree = () => makeIssue(masthead, { sections: sectionsOf(start) });

async function expectTree(issueId: string, outline: Outline) {
  expect(outlineOf(await readIssue(masthead, issueId))).toEqual(outline);
  expect(await readPositions(masthead, issueId)).toEqual(gapless(outline));
}

describe('a new section', () => {
  test('a new section is added at the end with its items and returned as stored', async () => {
    const { id } = await makeTree();
    const [input] = sectionsOf([['Fourth', ['x', 'y']]]);
    const answer = await create(id, { ...input, emoji: '🔧', intro: 'Tools.' });
    expect(answer.status).toBe(201);
    expect((await readIssue(masthead, id)).sections.at(-1)).toEqual(answer.body);
    expect(answer.body).toMatchObject({ title: 'Fourth', emoji: '🔧', intro: 'Tools.' });
    await expectTree(id, [...start, ['Fourth', ['x', 'y']]]);
  });

  test('a section can be added to an issue that has none', async () => {
    const { id } = await makeIssue(masthead);
    expect((await create(id, { title: 'Only' })).body).toMatchObject({ emoji: null, intro: null, items: [] });
    await expectTree(id, [['Only', []]]);
  });

  test('an issue with fifty sections takes no more', async () => {
    const { id } = await makeIssue(masthead, {
      sections: Array.from({ length: 50 }, () => ({ title: 'S' })),
    });
    expect(await create(id, { title: 'Too much' })).toMatchObject({
      status: 422,
      body: { type: 'http://masthead.test/problems/full' },
    });
    expect((await readIssue(masthead, id)).revision).toBe(1);
  });
});

describe('a patch of a section', () => {
  test.each([
    ['title', 'New'],
    ['emoji', '🎧'],
    ['emoji', null],
    ['intro', 'New *words*'],
    ['intro', null],
  ])('a patch changes %s to %s and nothing else', async (field, value) => {
    const [input] = sectionsOf([['Old', ['a']]]);
    const { id, sections } = await makeIssue(masthead, {
      sections: [{ ...input, emoji: '📰', intro: 'Old' }],
    });
    const answer = await patch(sections[0].id, { [field]: value });
    expect(answer).toMatchObject({ status: 200, body: { ...sections[0], [field]: value } });
    expect((await readIssue(masthead, id)).sections).toEqual([answer.body]);
  });

  test.each([
    ['title', null],
    ['items', []],
    ['id', UNKNOWN],
    ['position', 0],
  ])('a patch cannot set %s to %j', async (field, value) => {
    const before = await makeTree();
    expect(await patch(before.sections[0].id, { title: 'New', [field]: value })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: `/${field}` }] },
    });
    expect(await readIssue(masthead, before.id)).toEqual(before);
  });
});

describe('the deletion of a section', () => {
  test('a deleted section is gone with its items and leaves no gap in the positions', async () => {
    const { id, sections } = await makeTree();
    const answer = await remove(sections[0].id);
    expect(answer).toMatchObject({ status: 204, body: '' });
    await expectTree(id, start.slice(1));
    expect((await remove(sections[0].id)).status).toBe(404);
    expect(await masthead.database.prisma.item.count({ where: { id: sections[0].items[0].id } })).toBe(0);
  });

  test('the only section of an issue can be deleted', async () => {
    const { id, sections } = await makeIssue(masthead, { sections: [{ title: 'Only' }] });
    expect((await remove(sections[0].id)).status).toBe(204);
    await expectTree(id, []);
  });
});

describe('the order of sections', () => {
  test.each([[[2, 0, 1]], [[2, 1, 0]], [[0, 1, 2]]])('sections can be reordered to %j', async (places) => {
    const { id, sections } = await makeTree();
    const answer = await order(
      id,
      places.map((place) => sections[place].id),
    );
    expect(answer.body.sections).toEqual(places.map((place) => sections[place]));
    await expectTree(
      id,
      places.map((place) => start[place] ?? ['', []]),
    );
  });

  test('an empty order is accepted for an issue without sections', async () => {
    const { id } = await makeIssue(masthead);
    expect((await order(id, [])).status).toBe(200);
  });

  test('an order is rejected unless it names every section of the issue once', async () => {
    const before = await makeTree();
    const other = await makeTree();
    const [a, b, c] = before.sections.map((section: { id: string }) => section.id);
    for (const ids of [
      [],
      [a, b],
      [a, b, b],
      [a, b, c, c],
      [a, b, UNKNOWN],
      [a, b, c, other.sections[0].id],
    ]) {
      expect(await order(before.id, ids)).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '/sectionIds', code: 'not_an_order' }] },
      });
    }
    expect(await order(before.id, ['nothing'])).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/sectionIds/0' }] },
    });
    expect(await readIssue(masthead, before.id)).toEqual(before);
    expect(await readIssue(masthead, other.id)).toEqual(other);
  });
});
