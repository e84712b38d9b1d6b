import { describe, expect, it, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeIssue, makeMedia, makeReadyIssue, publish } from '../support/factories.ts';
import { readIssue } from './outlines.ts';

const masthead = useMasthead();
const anyRevision = { 'if-match': '*' };
const author = () => masthead.as('author');
const deleteMedia = (id: string) => author().delete(`/admin/v1/media/${id}`);

type Issue = Awaited<ReturnType<typeof makeIssue>>;
const patchIssue = (fields: object) => (issue: Issue) =>
  author().patch(`/admin/v1/issues/${issue.id}`, fields, anyRevision);
const patchSection = (fields: object) => (issue: Issue) =>
  author().patch(`/admin/v1/sections/${issue.sections[0].id}`, fields, anyRevision);
const patchItem = (fields: object) => (issue: Issue) =>
  author().patch(`/admin/v1/items/${issue.sections[0].items[0].id}`, fields, anyRevision);
const replaceContent = (sections: unknown) => (issue: Issue) =>
  author().put(`/admin/v1/issues/${issue.id}/content`, { sections }, anyRevision);
const deleteSection = (issue: Issue) =>
  author().delete(`/admin/v1/sections/${issue.sections[0].id}`, anyRevision);
const deleteItem = (issue: Issue) =>
  author().delete(`/admin/v1/items/${issue.sections[0].items[0].id}`, anyRevision);
const deleteIssue = (issue: Issue) => author().delete(`/admin/v1/issues/${issue.id}`, anyRevision);

const image = (id: string) => `Before\n\n![](media:${id})\n\nafter`;
const link = (id: string) => `Before\n\n[words](media:${id} "A title") and after`;
const places: Record<string, (mediaId: string) => { [field: string]: unknown }> = {
  'as its cover': (mediaId) => ({ cover: { mediaId } }),
  'in its intro': (id) => ({ intro: image(id) }),
  'in its sign-off': (id) => ({ signOff: image(id) }),
  'in a section’s intro': (id) => ({
    sections: [{ title: 'A', intro: image(id), items: [{ kind: 'note' }] }],
  }),
  'in an item’s list': (mediaId) => ({
    sections: [{ title: 'A', items: [{ kind: 'note', figures: [{ mediaId }] }] }],
  }),
  'in an item’s body': (id) => ({ sections: [{ title: 'A', items: [{ kind: 'note', body: image(id) }] }] }),
  'in an item’s body, in capital letters': (id) => ({
    sections: [{ title: 'A', items: [{ kind: 'note', body: image(id.toUpperCase()) }] }],
  }),
  'by a reference in an item’s body': (id) => ({
    sections: [{ title: 'A', items: [{ kind: 'note', body: `![x][figure]\n\n[figure]: media:${id}` }] }],
  }),
  'by a link in its intro': (id) => ({ intro: link(id) }),
  'by a link in its sign-off': (id) => ({ signOff: link(id) }),
  'by a link in a section’s intro': (id) => ({
    sections: [{ title: 'A', intro: link(id), items: [{ kind: 'note' }] }],
  }),
  'by a link in an item’s body': (id) => ({
    sections: [{ title: 'A', items: [{ kind: 'note', body: link(id) }] }],
  }),
  'by a link by reference in an item’s body': (id) => ({
    sections: [{ title: 'A', items: [{ kind: 'note', body: `[x][file]\n\n[file]: <MEDIA:${id}>` }] }],
  }),
};

describe('A media that an issue uses', () => {
  test.each<[keyof typeof places, string, (issue: Issue) => Promise<unknown>]>([
    ['as its cover', 'the issue has no cover', patchIssue({ cover: null })],
    ['in its intro', 'the intro is another', patchIssue({ intro: 'Words alone.' })],
    ['in its sign-off', 'there is no sign-off', patchIssue({ signOff: null })],
    ['in a section’s intro', 'the intro is another', patchSection({ intro: 'Words alone.' })],
    ['in a section’s intro', 'the section is gone', deleteSection],
    ['in an item’s list', 'the list is empty', patchItem({ figures: [] })],
    ['in an item’s list', 'the item is gone', deleteItem],
    ['in an item’s list', 'the section is gone', deleteSection],
    ['in an item’s list', 'the content is another', replaceContent([{ title: 'New' }])],
    ['in an item’s list', 'the issue is gone', deleteIssue],
    ['in an item’s body', 'the body is another', patchItem({ body: 'Words alone.' })],
    ['in an item’s body', 'the content is another', replaceContent([])],
    ['in an item’s body, in capital letters', 'there is no body', patchItem({ body: null })],
    ['by a reference in an item’s body', 'the item is gone', deleteItem],
    ['by a link in its intro', 'the intro is another', patchIssue({ intro: 'Words alone.' })],
    ['by a link in its sign-off', 'there is no sign-off', patchIssue({ signOff: null })],
    ['by a link in a section’s intro', 'the intro is another', patchSection({ intro: 'Words alone.' })],
    ['by a link in an item’s body', 'the body is another', patchItem({ body: 'Words alone.' })],
    ['by a link in an item’s body', 'the content is another', replaceContent([])],
    ['by a link by reference in an item’s body', 'the item is gone', deleteItem],
  ])('%s is not deleted until %s', async (place, _until, release) => {
    const { id } = await makeMedia(masthead);
    const issue = await makeIssue(masthead, places[place]?.(id));
    expect(await deleteMedia(id)).toMatchObject({
      status: 409,
      body: { total: 1, uses: [{ id: issue.id }] },
    });
    await release(issue);
    expect((await deleteMedia(id)).status).toBe(204);
  });

  test.each<[string, (issue: Issue, mediaId: string) => Promise<unknown>]>([
    ['a new cover', (issue, mediaId) => patchIssue({ cover: { mediaId } })(issue)],
    ['a new intro', (issue, id) => patchIssue({ intro: image(id) })(issue)],
    ['a new intro of a section', (issue, id) => patchSection({ intro: image(id) })(issue)],
    ['a new body', (issue, id) => patchItem({ body: image(id) })(issue)],
    ['a new list', (issue, mediaId) => patchItem({ figures: [{ mediaId }] })(issue)],
    ['new content', (issue, id) => replaceContent([{ title: 'New', intro: image(id) }])(issue)],
    [
      'a new section',
      (issue, id) =>
        author().post(
          `/admin/v1/issues/${issue.id}/sections`,
          { title: 'New', intro: image(id) },
          anyRevision,
        ),
    ],
    [
      'a new item',
      (issue, id) =>
        author().post(
          `/admin/v1/sections/${issue.sections[0].id}/items`,
          { kind: 'note', body: image(id) },
          anyRevision,
        ),
    ],
  ])('since %s is not deleted', async (_what, use) => {
    const { id } = await makeMedia(masthead);
    const issue = await makeIssue(masthead, { sections: [{ title: 'A', items: [{ kind: 'note' }] }] });
    await use(issue, id);
    expect(await deleteMedia(id)).toMatchObject({ status: 409, body: { uses: [{ id: issue.id }] } });
  });

  it('stays in use when something beside it changes', async () => {
    const { id } = await makeMedia(masthead);
    const issue = await makeIssue(masthead, {
      cover: { mediaId: id },
      intro: image(id),
      sections: [
        {
          title: 'A',
          intro: image(id),
          items: [{ kind: 'note', body: image(id), figures: [{ mediaId: id }] }],
        },
      ],
    });
    const uses = async () => (await deleteMedia(id)).body.total;
    // The list speaks for the body of the same item.
    expect(await uses()).toBe(4);
    await patchIssue({ title: 'New', signOff: 'New' })(issue);
    await patchSection({ title: 'New' })(issue);
    await patchItem({ title: 'New', tags: ['new'] })(issue);
    expect(await uses()).toBe(4);
    await patchItem({ figures: [] })(issue);
    await patchIssue({ cover: null })(issue);
    await patchSection({ intro: null })(issue);
    expect(await uses()).toBe(2);
  });

  it('goes with its item into another section, and not with the section that the item left', async () => {
    const { id } = await makeMedia(masthead);
    const item = { kind: 'note', body: image(id), figures: [{ mediaId: id, alt: 'Kept' }] };
    const issue = await makeIssue(masthead, { sections: [{ title: 'A', items: [item] }, { title: 'B' }] });
    const position = { sectionId: issue.sections[1].id, index: 0 };
    await author().put(`/admin/v1/items/${issue.sections[0].items[0].id}/position`, position, anyRevision);
    await deleteSection(issue);
    const { sections } = await readIssue(masthead, issue.id);
    expect(sections[0].items[0].figures).toMatchObject([{ mediaId: id, alt: 'Kept' }]);
    expect((await deleteMedia(id)).status).toBe(409);
  });

  it('stays while readers see it, though the draft has dropped it', async () => {
    const { id } = await makeMedia(masthead, { alt: 'x' });
    const issue = await makeReadyIssue(masthead, { cover: { mediaId: id } });
    await publish(masthead, issue.id);
    await patchIssue({ cover: null })(issue);
    expect(await deleteMedia(id)).toMatchObject({ status: 409, body: { uses: [{ kind: 'edition' }] } });
    await publish(masthead, issue.id);
    expect((await deleteMedia(id)).status).toBe(204);
  });

  it('is not one that its text only speaks of', async () => {
    const { id } = await makeMedia(masthead);
    await makeIssue(masthead, {
      intro: `\`![](media:${id})\`, \`[](media:${id})\`, media:${id} and \\[words](media:${id})`,
    });
    expect((await deleteMedia(id)).status).toBe(204);
  });
});
