import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeIssue, makeReadyIssue, publish, schedule } from '../support/factories.ts';
import { readIssue } from './outlines.ts';

const masthead = useMasthead();
const remove = (id: string, etag = '*') =>
  masthead.as('author').delete(`/admin/v1/issues/${id}`, { 'if-match': etag });
const eventsOf = (issueId: string) =>
  masthead.database.prisma.event.findMany({ where: { issueId }, orderBy: { id: 'asc' } });

describe('the deletion of an issue', () => {
  test('a deleted draft is gone with its tree, and its events remain', async () => {
    const { id, newsletterId, sections } = await makeReadyIssue(masthead);
    expect(await remove(id, '"1"')).toMatchObject({ status: 204, body: '' });
    expect((await masthead.as('viewer').get(`/admin/v1/issues/${id}`)).status).toBe(404);
    expect((await remove(id)).status).toBe(404);
    expect(await masthead.database.prisma.item.count({ where: { id: sections[0].items[0].id } })).toBe(0);
    expect(await eventsOf(id)).toMatchObject([
      { type: 'issue.created', newsletterId, subjectKind: 'issue', subjectId: id, actorName: 'test author' },
      {
        type: 'issue.deleted',
        newsletterId,
        subjectKind: 'issue',
        subjectId: id,
        details: { number: 1, slug: 'issue-1' },
      },
    ]);
  });

  test('the number and slug of a deleted issue can be used again', async () => {
    const { id, newsletterId } = await makeIssue(masthead);
    await remove(id);
    expect(await makeIssue(masthead, { newsletterId })).toMatchObject({ number: 1, slug: 'issue-1' });
  });

  test.each([
    ['scheduled', schedule],
    ['published', publish],
  ])('a %s issue cannot be deleted', async (status, advance) => {
    const { id } = await makeReadyIssue(masthead);
    const before = await advance(masthead, id);
    const events = await eventsOf(id);
    expect(await remove(id)).toMatchObject({
      status: 409,
      body: { type: 'http://masthead.test/problems/wrong-status', issueStatus: status },
    });
    expect(await readIssue(masthead, id)).toEqual(before);
    expect(await eventsOf(id)).toEqual(events);
  });

  test.each([
    ['publication', publish],
    ['schedule', schedule],
  ])('an issue can be deleted after its %s ends, by editors if it was published', async (what, advance) => {
    const { id } = await makeReadyIssue(masthead);
    await advance(masthead, id);
    await masthead.as('editor').delete(`/admin/v1/issues/${id}/${what}`, { 'if-match': '*' });
    const isOnRecord = what === 'publication';
    expect((await remove(id)).status).toBe(isOnRecord ? 403 : 204);
    if (isOnRecord) {
      const answer = await masthead.as('editor').delete(`/admin/v1/issues/${id}`, { 'if-match': '*' });
      expect(answer.status).toBe(204);
    }
    expect(await masthead.database.prisma.edition.count({ where: { issueId: id } })).toBe(0);
  });
});

describe('a scheduled issue', () => {
  test('a change that would make the issue unready is rejected with the problems of the checklist', async () => {
    const { id, sections } = await makeReadyIssue(masthead);
    const before = await schedule(masthead, id);
    const events = await eventsOf(id);
    const author = masthead.as('author');
    const [section] = sections;
    const answers = [
      await author.patch(`/admin/v1/issues/${id}`, { title: ' ' }, { 'if-match': '*' }),
      await author.delete(`/admin/v1/items/${section.items[0].id}`, { 'if-match': '*' }),
      await author.delete(`/admin/v1/sections/${section.id}`, { 'if-match': '*' }),
      await author.put(`/admin/v1/issues/${id}/content`, { sections: [] }, { 'if-match': '*' }),
      await author.post(`/admin/v1/issues/${id}/sections`, { title: 'Empty' }, { 'if-match': '*' }),
    ];
    expect(
      answers.map(({ status, body }) => [status, body.type, body.errors[0].pointer, body.errors[0].code]),
    ).toEqual(
      [
        ['/title', 'title_missing'],
        ['/sections/0/items', 'items_missing'],
        ['/sections', 'sections_missing'],
        ['/sections', 'sections_missing'],
        ['/sections/1/items', 'items_missing'],
      ].map((place) => [422, 'http://masthead.test/problems/not-ready', ...place]),
    );
    expect(await readIssue(masthead, id)).toEqual(before);
    expect(await eventsOf(id)).toEqual(events);
  });

  test('a change that keeps the issue ready is accepted', async () => {
    const { id } = await makeReadyIssue(masthead);
    const { revision } = await schedule(masthead, id);
    const answer = await masthead
      .as('author')
      .patch(`/admin/v1/issues/${id}`, { title: 'Better' }, { 'if-match': `"${revision}"` });
    expect(answer).toMatchObject({ status: 200, body: { title: 'Better', status: 'scheduled' } });
  });
});
