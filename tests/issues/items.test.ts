import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeIssue, makeMedia, makePaper } from '../support/factories.ts';
import { gapless, type Outline, outlineOf, readIssue, readPositions, sectionsOf } from './outlines.ts';

const masthead = useMasthead();
const UNKNOWN = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11';
const anyRevision = { 'if-match': '*' };
const create = (sectionId: string, fields: object) =>
  masthead.as('author').post(`/admin/v1/sections/${sectionId}/items`, fields, anyRevision);
const patch = (id: string, fields: object) =>
  masthead.as('author').patch(`/admin/v1/items/${id}`, fields, anyRevision);
const remove = (id: string) => masthead.as('author').delete(`/admin/v1/items/${id}`, anyRevision);

const makeWith = (item: object) => makeIssue(masthead, { sections: [{ title: 'A', items: [item] }] });

describe('a new item', () => {
  test('a new item is added at the end of its section and returned as stored', async () => {
    const { id, sections } = await makeIssue(masthead, {
      sections: sectionsOf([
        ['First', ['a']],
        ['Second', ['b']],
      ]),
    });
    const figures = [{ mediaId: (await makeMedia(masthead)).id, alt: 'x', caption: null, credit: null }];
    const sent = {
      kind: 'link',
      title: 'x',
      body: 'y',
      links: [{ label: 'l', url: 'https://x.org', rel: 'source' }],
      tags: ['t'],
      paperId: null,
      figures,
    };
    const answer = await create(sections[0].id, sent);
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ id: expect.any(String), ...sent });
    const outline: Outline = [
      ['First', ['a', 'x']],
      ['Second', ['b']],
    ];
    const read = await readIssue(masthead, id);
    expect(outlineOf(read)).toEqual(outline);
    expect(read.sections[0].items[1]).toEqual(answer.body);
    expect(await readPositions(masthead, id)).toEqual(gapless(outline));
  });

  test.each(['note', 'link', 'paper', 'tool', 'media', 'promo'])('a %s needs nothing else', async (kind) => {
    const { sections } = await makeIssue(masthead, { sections: [{ title: 'A' }] });
    expect((await create(sections[0].id, { kind })).body).toEqual({
      id: expect.any(String),
      kind,
      title: '',
      body: null,
      links: [],
      tags: [],
      paperId: null,
      figures: [],
    });
  });

  test('a section with two hundred items takes no more', async () => {
    const items = Array.from({ length: 200 }, () => ({ kind: 'note' }));
    const { id, sections } = await makeIssue(masthead, { sections: [{ title: 'Full', items }] });
    expect(await create(sections[0].id, { kind: 'note' })).toMatchObject({
      status: 422,
      body: { type: 'http://masthead.test/problems/full' },
    });
    expect((await readIssue(masthead, id)).revision).toBe(1);
  });
});

describe('a patch of an item', () => {
  const link = { label: 'New', url: 'mailto:not-yet', rel: 'other' };

  test.each([
    ['kind', 'tool'],
    ['title', 'New'],
    ['title', ''],
    ['body', 'New *words*'],
    ['body', null],
    ['links', [link, link]],
    ['links', []],
    ['tags', ['new']],
    ['tags', []],
    ['figures', []],
  ])('a patch changes %s to %j and nothing else', async (field, value) => {
    const { id: mediaId } = await makeMedia(masthead);
    const figures = [{ mediaId, alt: 'Old', credit: { text: 'Old' } }];
    const old = {
      kind: 'note',
      title: 'Old',
      body: `![](media:${mediaId})`,
      links: [link],
      tags: ['old'],
      figures,
    };
    const { id, sections } = await makeWith(old);
    const [item] = sections[0].items;
    const answer = await patch(item.id, { [field]: value });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ ...item, [field]: value });
    expect((await readIssue(masthead, id)).sections[0].items).toEqual([answer.body]);
  });

  test('a patch can reorder figures, and the order is kept', async () => {
    const media = [(await makeMedia(masthead)).id, (await makeMedia(masthead)).id];
    const { sections } = await makeWith({ kind: 'note', figures: media.map((mediaId) => ({ mediaId })) });
    const [item] = sections[0].items;
    const figures = item.figures.toReversed();
    expect((await patch(item.id, { figures })).body.figures).toEqual(figures);
    expect((await patch(item.id, { title: 'New' })).body.figures).toEqual(figures);
  });

  test.each(['kind', 'title', 'links', 'tags', 'figures'])('a patch cannot set %s to null', async (field) => {
    const before = await makeWith({ kind: 'note', title: 'Old' });
    expect(await patch(before.sections[0].items[0].id, { [field]: null })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: `/${field}` }] },
    });
    expect(await readIssue(masthead, before.id)).toEqual(before);
  });

  test.each(['id', 'sectionId', 'position', 'anchor'])('a patch cannot set %s', async (field) => {
    const { sections } = await makeWith({ kind: 'note' });
    expect(await patch(sections[0].items[0].id, { [field]: UNKNOWN })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: `/${field}`, code: 'unknown_field' }] },
    });
  });
});

describe('the paper of an item', () => {
  test.each(['note', 'link', 'tool', 'media', 'promo'])('a new %s item cannot have a paper', async (kind) => {
    const { sections } = await makeIssue(masthead, { sections: [{ title: 'A' }] });
    const { id: paperId } = await makePaper(masthead);
    expect(await create(sections[0].id, { kind, paperId })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/paperId' }] },
    });
  });

  test('the paper can be set later, changed and removed', async () => {
    const { sections } = await makeWith({ kind: 'paper' });
    const { id } = sections[0].items[0];
    for (const paperId of [(await makePaper(masthead)).id, (await makePaper(masthead)).id, null])
      expect((await patch(id, { paperId })).body).toMatchObject({ kind: 'paper', paperId });
  });

  test('one patch can change the kind and the paper together', async () => {
    const { sections } = await makeWith({ kind: 'note' });
    const { id } = sections[0].items[0];
    const { id: paperId } = await makePaper(masthead);
    expect((await patch(id, { kind: 'paper', paperId })).body).toMatchObject({ kind: 'paper', paperId });
    expect((await patch(id, { kind: 'tool', paperId: null })).body).toMatchObject({
      kind: 'tool',
      paperId: null,
    });
  });

  test('a patch that would leave a paper on an item of another kind is rejected', async () => {
    const { id: paperId } = await makePaper(masthead);
    const paper = await makeWith({ kind: 'paper', paperId });
    const note = await makeWith({ kind: 'note' });
    const itemOf = (issue: typeof paper) => issue.sections[0].items[0].id;
    const refused = { body: { errors: [{ pointer: '/paperId' }] } };
    expect(await patch(itemOf(paper), { kind: 'note' })).toMatchObject({ status: 422, ...refused });
    expect(await patch(itemOf(note), { paperId })).toMatchObject({ status: 422, ...refused });
    expect(await patch(itemOf(paper), { kind: 'note', paperId })).toMatchObject({ status: 400, ...refused });
    expect(await readIssue(masthead, paper.id)).toEqual(paper);
    expect(await readIssue(masthead, note.id)).toEqual(note);
  });

  test('a paper cannot be deleted while an item has it', async () => {
    const { id: paperId } = await makePaper(masthead);
    const { sections } = await makeWith({ kind: 'paper', paperId });
    const deletePaper = () => masthead.as('author').delete(`/admin/v1/papers/${paperId}`);
    expect((await deletePaper()).status).toBe(409);
    await remove(sections[0].items[0].id);
    expect((await deletePaper()).status).toBe(204);
  });
});

describe('the deletion of an item', () => {
  test.each(['a', 'b', 'c'])('deleting item %s leaves no gap in the positions', async (title) => {
    const titles = ['a', 'b', 'c'];
    const { id, sections } = await makeIssue(masthead, { sections: sectionsOf([['First', titles]]) });
    expect((await remove(sections[0].items[titles.indexOf(title)].id)).status).toBe(204);
    const outline: Outline = [['First', titles.filter((other) => other !== title)]];
    expect(outlineOf(await readIssue(masthead, id))).toEqual(outline);
    expect(await readPositions(masthead, id)).toEqual(gapless(outline));
  });

  test('the last item of a section can be deleted, and a second deletion returns 404', async () => {
    const { id, sections } = await makeWith({ kind: 'note' });
    expect((await remove(sections[0].items[0].id)).status).toBe(204);
    expect((await readIssue(masthead, id)).sections[0].items).toEqual([]);
    expect((await remove(sections[0].items[0].id)).status).toBe(404);
  });
});
