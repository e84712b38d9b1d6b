import { describe, expect, test } from 'vitest';
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
  'in an item’s figures': (mediaId) => ({
    sections: [{ title: 'A', items: [{ kind: 'note', figures: [{ mediaId }] }] }],
  }),
  'in an item’s body': (id) => ({ sections: [{ title: 'A', items: [{ kind: 'note', body: image(id) }] }] }),
  'in an item’s body, in upper case': (id) => ({
    sections: [{ title: 'A', items: [{ kind: 'note', body: image(id.toUpperCase()) }] }],
  }),
  'by a reference-style image in an item’s body': (id) => ({
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
  'by a reference-style link in an item’s body': (id) => ({
    sections: [{ title: 'A', items: [{ kind: 'note', body: `[x][file]\n\n[file]: <MEDIA:${id}>` }] }],
  }),
};

describe('a media file that an issue uses', () => {
  test.each<[keyof typeof places, string, (issue: Issue) => Promise<unknown>]>([
    ['as its cover', 'the cover is removed', patchIssue({ cover: null })],
    ['in its intro', 'the intro is replaced', patchIssue({ intro: 'Words alone.' })],
    ['in its sign-off', 'the sign-off is removed', patchIssue({ signOff: null })],
    ['in a section’s intro', 'the intro is replaced', patchSection({ intro: 'Words alone.' })],
    ['in a section’s intro', 'the section is deleted', deleteSection],
    ['in an item’s figures', 'the list of figures is emptied', patchItem({ figures: [] })],
    ['in an item’s figures', 'the item is deleted', deleteItem],
    ['in an item’s figures', 'the section is deleted', deleteSection],
    ['in an item’s figures', 'the content is replaced', replaceContent([{ title: 'New' }])],
    ['in an item’s figures', 'the issue is deleted', deleteIssue],
    ['in an item’s body', 'the body is replaced', patchItem({ body: 'Words alone.' })],
    ['in an item’s body', 'the content is replaced', replaceContent([])],
    ['in an item’s body, in upper case', 'the body is removed', patchItem({ body: null })],
    ['by a reference-style image in an item’s body', 'the item is deleted', deleteItem],
    ['by a link in its intro', 'the intro is replaced', patchIssue({ intro: 'Words alone.' })],
    ['by a link in its sign-off', 'the sign-off is removed', patchIssue({ signOff: null })],
    ['by a link in a section’s intro', 'the intro is replaced', patchSection({ intro: 'Words alone.' })],
    ['by a link in an item’s body', 'the body is replaced', patchItem({ body: 'Words alone.' })],
    ['by a link in an item’s body', 'the content is replaced', replaceContent([])],
    ['by a reference-style link in an item’s body', 'the item is deleted', deleteItem],
  ])('a media file used %s cannot be deleted until %s', async (place, _until, release) => {
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
    ['a new intro in a section', (issue, id) => patchSection({ intro: image(id) })(issue)],
    ['a new body in an item', (issue, id) => patchItem({ body: image(id) })(issue)],
    ['a new list of figures', (issue, mediaId) => patchItem({ figures: [{ mediaId }] })(issue)],
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
  ])('a media file cannot be deleted once it is used by %s', async (_what, use) => {
    const { id } = await makeMedia(masthead);
    const issue = await makeIssue(masthead, { sections: [{ title: 'A', items: [{ kind: 'note' }] }] });
    await use(issue, id);
    expect(await deleteMedia(id)).toMatchObject({ status: 409, body: { uses: [{ id: issue.id }] } });
  });

  test('a media file stays in use when other fields change', async () => {
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
    // A media file in both the figures and the body of an item counts once.
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

  test('a media file stays with an item that moves to another section, even when the old section is deleted', async () => {
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

  test('a media file in a published edition cannot be deleted, even if the draft no longer uses it', async () => {
    const { id } = await makeMedia(masthead, { alt: 'x' });
    const issue = await makeReadyIssue(masthead, { cover: { mediaId: id } });
    await publish(masthead, issue.id);
    await patchIssue({ cover: null })(issue);
    expect(await deleteMedia(id)).toMatchObject({ status: 409, body: { uses: [{ kind: 'edition' }] } });
    await publish(masthead, issue.id);
    expect((await deleteMedia(id)).status).toBe(204);
  });

  test('a media address in code or escaped text does not count as a use', async () => {
    const { id } = await makeMedia(masthead);
    await makeIssue(masthead, {
      intro: `\`![](media:${id})\`, \`[](media:${id})\`, media:${id} and \\[words](media:${id})`,
    });
    expect((await deleteMedia(id)).status).toBe(204);
  });
});
