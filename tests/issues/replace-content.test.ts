import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeIssue, makeMedia, makePaper, publish } from '../support/factories.ts';
import { gapless, type Outline, outlineOf, readIssue, readPositions, sectionsOf } from './outlines.ts';

const masthead = useMasthead();
const UNKNOWN = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11';

const replace = (id: string, sections: unknown) =>
  masthead.as('author').put(`/admin/v1/issues/${id}/content`, { sections }, { 'if-match': '*' });

const start: Outline = [
  ['First', ['a', 'b', 'c']],
  ['Second', ['d']],
  ['Third', []],
];
const makeTree = () => makeIssue(masthead, { title: 'Whole', sections: sectionsOf(start) });

describe('the replacement of an issue’s content', () => {
  test('replacing the content with the response of GET changes nothing but the revision', async () => {
    const media = (await makeMedia(masthead)).id;
    const paperId = (await makePaper(masthead)).id;
    const figure = {
      mediaId: media,
      alt: '',
      caption: 'C',
      credit: { text: 'Ada', url: null, licence: 'CC0-1.0' },
    };
    const links = [{ label: 'Code', url: 'javascript:alert(1)', rel: 'code' }];
    const items = [
      {
        kind: 'paper',
        paperId,
        title: 'P',
        body: `![x](media:${media})`,
        figures: [figure],
        links,
        tags: ['t'],
      },
      { kind: 'note' },
    ];
    const { id } = await makeIssue(masthead, {
      sections: [{ title: 'A', emoji: '📰', intro: `![x](media:${media})`, items }, { title: 'B' }],
    });
    const before = await readIssue(masthead, id);
    const answer = await replace(id, before.sections);
    expect(answer).toMatchObject({ status: 200, headers: { etag: '"2"' } });
    expect(answer.body).toEqual({ ...before, revision: 2, updatedAt: answer.body.updatedAt });
    expect(await readIssue(masthead, id)).toEqual(answer.body);
  });

  test('records named by id are kept, even in another section, and all others are deleted', async () => {
    const { id, sections } = await makeTree();
    const [first, second, third] = sections;
    const [a, b, c] = first.items;
    const answer = await replace(id, [
      { ...third, items: [c, { kind: 'note', title: 'new' }, { ...a, title: 'A' }] },
      { title: 'New', items: [second.items[0]] },
      { ...first, title: 'Was first', items: [] },
    ]);
    const expected: Outline = [
      ['Third', ['c', 'new', 'A']],
      ['New', ['d']],
      ['Was first', []],
    ];
    expect(outlineOf(answer.body)).toEqual(expected);
    expect(await readPositions(masthead, id)).toEqual(gapless(expected));

    const [thirdNow, added, firstNow] = answer.body.sections;
    expect([thirdNow.id, firstNow.id]).toEqual([third.id, first.id]);
    const itemIds = thirdNow.items.map((item: { id: string }) => item.id);
    expect(itemIds).toEqual([c.id, expect.any(String), a.id]);
    const known = [first, second, third, a, b, c].map((record) => record.id);
    expect(known).not.toContain(added.id);
    expect(known).not.toContain(itemIds[1]);
    expect(added.items).toEqual(second.items);
    expect(
      (await masthead.as('author').patch(`/admin/v1/items/${b.id}`, {}, { 'if-match': '*' })).status,
    ).toBe(404);
  });

  test('fields that a kept item omits are reset to their defaults', async () => {
    const { id, sections } = await makeTree();
    const [section] = sections;
    const answer = await replace(id, [
      { id: section.id, title: 'Bare', items: [{ id: section.items[0].id, kind: 'link' }] },
    ]);
    const item = { title: '', body: null, links: [], tags: [], paperId: null, figures: [] };
    expect(answer.body.sections).toEqual([
      {
        id: section.id,
        title: 'Bare',
        emoji: null,
        intro: null,
        items: [{ id: section.items[0].id, kind: 'link', ...item }],
      },
    ]);
  });

  test('a kept item keeps its anchor when its title changes', async () => {
    const { id, sections } = await makeTree();
    const ready = sections.slice(0, 2);
    await replace(id, ready);
    await publish(masthead, id);
    const [first, second] = ready;
    await replace(id, [{ ...second, items: [{ ...first.items[0], title: 'Renamed' }] }]);
    await publish(masthead, id);
    const items = await masthead.database.prisma.item.findMany({ where: { section: { issueId: id } } });
    expect(items).toMatchObject([{ title: 'Renamed', anchor: 'a' }]);
  });

  test('the content can be replaced with nothing', async () => {
    const { id } = await makeTree();
    expect((await replace(id, [])).body.sections).toEqual([]);
  });

  test('unknown and repeated ids are rejected, and each is reported', async () => {
    const before = await makeTree();
    const other = await makeTree();
    const [first, second] = before.sections;
    const answer = await replace(before.id, [
      { ...first, items: [{ ...first.items[0] }, { ...first.items[0] }, { kind: 'note', id: UNKNOWN }] },
      { id: first.id, title: 'Again', items: [{ kind: 'note', id: second.id }] },
      { id: other.sections[0].id, title: 'Foreign', items: [other.sections[1].items[0]] },
      { id: first.items[1].id, title: 'An item' },
    ]);
    expect(answer).toMatchObject({ status: 422, body: { type: 'http://masthead.test/problems/unknown-id' } });
    const places = answer.body.errors.map((fault: { pointer: string; code: string }) => [
      fault.pointer,
      fault.code,
    ]);
    expect(places).toEqual([
      ['/sections/1/id', 'repeated'],
      ['/sections/2/id', 'unknown'],
      ['/sections/3/id', 'unknown'],
      ['/sections/0/items/1/id', 'repeated'],
      ['/sections/0/items/2/id', 'unknown'],
      ['/sections/1/items/0/id', 'unknown'],
      ['/sections/2/items/0/id', 'unknown'],
    ]);
    expect(await readIssue(masthead, before.id)).toEqual(before);
    expect(await readIssue(masthead, other.id)).toEqual(other);
  });

  test('an id in upper case is accepted', async () => {
    const { id, sections } = await makeTree();
    const answer = await replace(id, [{ id: sections[0].id.toUpperCase(), title: 'Kept' }]);
    expect(answer.body.sections).toMatchObject([{ id: sections[0].id }]);
  });

  test.each([
    ['an unknown field', [{ title: 'New' }, { title: 'x', position: 1 }], '/sections/1/position'],
    ['a section without a title', [{ title: 'New' }, { items: [] }], '/sections/1/title'],
    ['an item without a kind', [{ title: 'New', items: [{ title: 'x' }] }], '/sections/0/items/0/kind'],
    ['a string instead of a list', 'none', '/sections'],
  ])('content with %s is rejected and changes nothing', async (_what, sections, pointer) => {
    const before = await makeTree();
    expect(await replace(before.id, sections)).toMatchObject({
      status: 400,
      body: { errors: [{ pointer }] },
    });
    expect(await readIssue(masthead, before.id)).toEqual(before);
  });

  test('content with an unknown reference is rejected and changes nothing', async () => {
    const before = await makeTree();
    const items = [{ kind: 'paper', paperId: UNKNOWN }];
    expect(await replace(before.id, [...before.sections, { title: 'New', items }])).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/sections/3/items/0/paperId' }] },
    });
    expect(await readIssue(masthead, before.id)).toEqual(before);
  });

  test('replacing the content of an unknown issue returns 404', async () => {
    expect((await replace(UNKNOWN, [])).status).toBe(404);
  });
});
