import { describe, expect, it, test } from 'vitest';
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

describe('A new section', () => {
  it('comes last, with its items, and is what the answer shows', async () => {
    const { id } = await makeTree();
    const [input] = sectionsOf([['Fourth', ['x', 'y']]]);
    const answer = await create(id, { ...input, emoji: '🔧', intro: 'Tools.' });
    expect(answer.status).toBe(201);
    expect((await readIssue(masthead, id)).sections.at(-1)).toEqual(answer.body);
    expect(answer.body).toMatchObject({ title: 'Fourth', emoji: '🔧', intro: 'Tools.' });
    await expectTree(id, [...start, ['Fourth', ['x', 'y']]]);
  });

  it('is the first where there was none', async () => {
    const { id } = await makeIssue(masthead);
    expect((await create(id, { title: 'Only' })).body).toMatchObject({ emoji: null, intro: null, items: [] });
    await expectTree(id, [['Only', []]]);
  });

  it('is refused to an issue that has fifty', async () => {
    const { id } = await makeIssue(masthead, {
      sections: Array.from({ length: 50 }, () => ({ title: 'S' })),
    });
    expect(await create(id, { title: 'Too much' })).toMatchObject({
      status: 422,
      body: { type: 'urn:masthead:problem:full' },
    });
    expect((await readIssue(masthead, id)).revision).toBe(1);
  });

  it('needs an issue', async () => {
    expect((await create(UNKNOWN, { title: 'x' })).status).toBe(404);
  });
});

describe('A patch of a section', () => {
  test.each([
    ['title', 'New'],
    ['emoji', '🎧'],
    ['emoji', null],
    ['intro', 'New *words*'],
    ['intro', null],
  ])('changes %s to %s and nothing else', async (field, value) => {
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
  ])('has no say over %s as %j', async (field, value) => {
    const before = await makeTree();
    expect(await patch(before.sections[0].id, { title: 'New', [field]: value })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: `/${field}` }] },
    });
    expect(await readIssue(masthead, before.id)).toEqual(before);
  });

  it('of a section that is not there is a 404', async () => {
    expect((await patch(UNKNOWN, { title: 'x' })).status).toBe(404);
  });
});

describe('Deleting a section', () => {
  it('takes its items along and leaves no gap', async () => {
    const { id, sections } = await makeTree();
    const answer = await remove(sections[0].id);
    expect(answer).toMatchObject({ status: 204, body: '' });
    await expectTree(id, start.slice(1));
    expect((await remove(sections[0].id)).status).toBe(404);
    expect(await masthead.database.prisma.item.count({ where: { id: sections[0].items[0].id } })).toBe(0);
  });

  it('may take the last one', async () => {
    const { id, sections } = await makeIssue(masthead, { sections: [{ title: 'Only' }] });
    expect((await remove(sections[0].id)).status).toBe(204);
    await expectTree(id, []);
  });
});

describe('The order of sections', () => {
  test.each([[[2, 0, 1]], [[2, 1, 0]], [[0, 1, 2]]])('becomes %j, their items with them', async (places) => {
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

  it('is empty for an issue without sections', async () => {
    const { id } = await makeIssue(masthead);
    expect((await order(id, [])).status).toBe(200);
  });

  it('is refused unless it names every section of the issue once', async () => {
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
