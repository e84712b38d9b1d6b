import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeIssue } from '../support/factories.ts';
import { gapless, type Outline, outlineOf, readIssue, readPositions, sectionsOf } from './outlines.ts';

const masthead = useMasthead();
const move = (id: string, sectionId: string, index: number) =>
  masthead.as('author').put(`/admin/v1/items/${id}/position`, { sectionId, index }, { 'if-match': '*' });

const start: Outline = [
  ['First', ['a', 'b', 'c']],
  ['Second', ['d', 'e']],
  ['Third', []],
];
const makeTree = () => makeIssue(masthead, { sections: sectionsOf(start) });

type Titled = { id: string; title: string };
type Tree = { sections: (Titled & { items: Titled[] })[] };

function idOf({ sections }: Tree, title: string): string {
  const records = sections.flatMap((section) => [section, ...section.items]);
  return records.find((record) => record.title === title)?.id ?? '';
}

describe('the position of an item', () => {
  test.each([
    ['c', 'First', 0, ['c a b', 'd e', '']],
    ['a', 'First', 1, ['b a c', 'd e', '']],
    ['a', 'First', 2, ['b c a', 'd e', '']],
    ['b', 'First', 1, ['a b c', 'd e', '']],
    ['a', 'Second', 0, ['b c', 'a d e', '']],
    ['b', 'Second', 1, ['a c', 'd b e', '']],
    ['c', 'Second', 2, ['a b', 'd e c', '']],
    ['d', 'Third', 0, ['a b c', 'e', 'd']],
  ])('item %s can be moved to section %s at index %i', async (title, section, index, moved) => {
    const outline = start.map(([name], at): Outline[number] => [name, moved[at]?.match(/\w/g) ?? []]);
    const issue = await makeTree();
    const answer = await move(idOf(issue, title), idOf(issue, section), index);
    expect(answer).toMatchObject({
      status: 200,
      body: { id: idOf(issue, title), title, body: `About ${title}.` },
    });
    expect(outlineOf(await readIssue(masthead, issue.id))).toEqual(outline);
    expect(await readPositions(masthead, issue.id)).toEqual(gapless(outline));
  });

  test('any sequence of moves gives the same order as moving the entries of a list', async () => {
    const moves = fc.array(fc.record({ item: fc.nat(), section: fc.nat(), index: fc.nat() }), {
      minLength: 1,
      maxLength: 8,
    });
    const property = fc.asyncProperty(moves, async (steps) => {
      const issue = await makeTree();
      const model = start.map(([title, items]): Outline[number] => [title, [...items]]);
      for (const step of steps) {
        const { title, section, index } = applyMove(model, step);
        expect((await move(idOf(issue, title), idOf(issue, section), index)).status).toBe(200);
      }
      expect(outlineOf(await readIssue(masthead, issue.id))).toEqual(model);
      expect(await readPositions(masthead, issue.id)).toEqual(gapless(model));
    });
    await fc.assert(property, { numRuns: 12 });
  });

  test.each([
    ['First', 3],
    ['Second', 3],
    ['Third', 1],
    ['First', 1_000],
  ])('a move to section %s at index %i is rejected as out of range', async (section, index) => {
    const before = await makeTree();
    expect(await move(idOf(before, 'a'), idOf(before, section), index)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/index', code: 'out_of_range' }] },
    });
    expect(await readIssue(masthead, before.id)).toEqual(before);
  });

  test.each([-1, 0.5, 1_001, null, '0'])('a move to the index %j is rejected as malformed', async (index) => {
    const issue = await makeTree();
    const body = { sectionId: idOf(issue, 'First'), index };
    const path = `/admin/v1/items/${idOf(issue, 'a')}/position`;
    expect(await masthead.as('author').put(path, body, { 'if-match': '*' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/index' }] },
    });
  });

  test('an item cannot be moved into another issue or an unknown section', async () => {
    const before = await makeTree();
    const other = await makeIssue(masthead, {
      newsletterId: before.newsletterId,
      sections: [{ title: 'Other' }],
    });
    for (const sectionId of [other.sections[0].id, '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11']) {
      expect(await move(idOf(before, 'a'), sectionId, 0)).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '/sectionId', code: 'unknown_section' }] },
      });
    }
    expect(await readIssue(masthead, before.id)).toEqual(before);
    expect(await readIssue(masthead, other.id)).toEqual(other);
  });

  test('a full section of two hundred items takes no item from elsewhere, but its own items can be moved', async () => {
    const items = Array.from({ length: 200 }, (_, index) => ({ kind: 'note', title: `${index}` }));
    const { id, sections } = await makeIssue(masthead, {
      sections: [{ title: 'Full', items }, ...sectionsOf([['Other', ['x']]])],
    });
    const [full, other] = sections;
    expect(await move(other.items[0].id, full.id, 0)).toMatchObject({
      status: 422,
      body: { type: 'http://masthead.test/problems/full' },
    });
    expect((await move(full.items[0].id, full.id, 199)).status).toBe(200);
    expect((await readIssue(masthead, id)).sections[0].items.at(-1).title).toBe('0');
  });

  test('concurrent moves leave every item in the issue exactly once', async () => {
    const issue = await makeTree();
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd', 'e'].map((title) => move(idOf(issue, title), idOf(issue, 'Third'), 0)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const outline = outlineOf(await readIssue(masthead, issue.id));
    expect(outline.map(([, items]) => items.toSorted())).toEqual([[], [], ['a', 'b', 'c', 'd', 'e']]);
    expect(await readPositions(masthead, issue.id)).toEqual(gapless(outline));
  });
});

/** Moves one item of the model, and returns its title and its new place. */
function applyMove(
  model: Outline,
  { item, section, index }: { item: number; section: number; index: number },
) {
  const titles = model.flatMap(([, items]) => items);
  const title = titles[item % titles.length] ?? '';
  for (const [, items] of model) {
    const at = items.indexOf(title);
    if (at >= 0) items.splice(at, 1);
  }
  const [name, target] = model[section % model.length] ?? ['', []];
  const place = index % (target.length + 1);
  target.splice(place, 0, title);
  return { title, section: name, index: place };
}
