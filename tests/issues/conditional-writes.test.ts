import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { asBoundTo, makeIssue, makeNewsletter } from '../support/factories.ts';
import { readIssue, sectionsOf } from './outlines.ts';
import { sendWrite, TREE, TREE_WRITES } from './tree-writes.ts';

const masthead = useMasthead();
const makeTree = () => makeIssue(masthead, { sections: sectionsOf(TREE) });
const UNKNOWN = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11';
const UNKNOWN_TREE = { id: UNKNOWN, sections: [{ id: UNKNOWN, items: [{ id: UNKNOWN }] }] };
const eventsOf = (issueId: string) =>
  masthead.database.prisma.event.findMany({ where: { issueId }, orderBy: { id: 'asc' } });

describe.each(TREE_WRITES)('$name', (write) => {
  test('a write with a missing, stale or malformed If-Match is rejected and changes nothing', async () => {
    const { id } = await makeTree();
    const author = masthead.as('author');
    await author.patch(`/admin/v1/issues/${id}`, { subtitle: 'Seen by nobody yet' }, { 'if-match': '"1"' });
    const issue = await readIssue(masthead, id);
    const events = await eventsOf(id);

    expect(await sendWrite(author, write, issue)).toMatchObject({
      status: 428,
      body: { type: 'http://masthead.test/problems/if-match-needed' },
    });
    for (const stale of ['"1"', '"3"', 'W/"2"', '""', '"1", "3"']) {
      expect(await sendWrite(author, write, issue, { 'if-match': stale })).toMatchObject({
        status: 412,
        body: { type: 'http://masthead.test/problems/stale-revision', revision: 2 },
      });
    }
    for (const malformed of ['2', 'garbage', '"2', '"2","x" y']) {
      expect(await sendWrite(author, write, issue, { 'if-match': malformed })).toMatchObject({
        status: 400,
        body: { errors: [{ in: 'headers', pointer: '/if-match' }] },
      });
    }
    expect(await readIssue(masthead, id)).toEqual(issue);
    expect(await eventsOf(id)).toEqual(events);
  });

  test('a write raises the revision, returns the new ETag of the issue and records one event', async () => {
    const issue = await makeTree();
    const answer = await sendWrite(masthead.as('author'), write, issue, { 'if-match': '"1"' });
    expect([200, 201, 204]).toContain(answer.status);
    expect(answer.headers.etag).toBe('"2"');
    const read = await masthead.as('viewer').get(`/admin/v1/issues/${issue.id}`);
    expect(read).toMatchObject({ headers: { etag: '"2"' }, body: { revision: 2 } });
    expect(read.body.updatedAt > issue.updatedAt).toBe(true);

    const { subject } = write.target(issue);
    const [, event, ...others] = await eventsOf(issue.id);
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      type: 'issue.updated',
      newsletterId: issue.newsletterId,
      actorKind: 'key',
      actorName: 'test author',
      subjectKind: subject.kind,
      subjectId: subject.id ?? answer.body.id,
      details: { change: write.change },
    });
  });

  test('a write with If-Match: * succeeds at any revision', async () => {
    const issue = await makeTree();
    for (const title of ['One', 'Two'])
      await masthead.as('author').patch(`/admin/v1/issues/${issue.id}`, { title }, { 'if-match': '*' });
    const answer = await sendWrite(masthead.as('author'), write, issue, { 'if-match': '*' });
    expect(answer.headers.etag).toBe('"4"');
  });

  test('a key of another newsletter gets the same 404 as for an unknown id, and changes nothing', async () => {
    const issue = await makeTree();
    const stranger = await asBoundTo(masthead, 'admin', [(await makeNewsletter(masthead)).id]);
    const unknown = await sendWrite(stranger, write, UNKNOWN_TREE, { 'if-match': '*' });
    expect(unknown.status).toBe(404);
    for (const etag of ['*', '"1"', '"9"']) {
      const answer = await sendWrite(stranger, write, issue, { 'if-match': etag });
      expect({ status: answer.status, body: answer.body }).toEqual({ status: 404, body: unknown.body });
    }
    expect(await readIssue(masthead, issue.id)).toEqual(issue);
    const owner = await asBoundTo(masthead, 'author', [issue.newsletterId]);
    expect((await sendWrite(owner, write, issue, { 'if-match': '"1"' })).headers.etag).toBe('"2"');
  });
});

describe('concurrent writes to one issue', () => {
  test('of concurrent writes with the same ETag, one succeeds and the others return 412 or 404', async () => {
    const issue = await makeTree();
    const attempts = TREE_WRITES.map((write) =>
      sendWrite(masthead.as('author'), write, issue, { 'if-match': '"1"' }),
    );
    const statuses = (await Promise.all(attempts)).map(({ status }) => status);
    expect(statuses.filter((status) => status < 300)).toHaveLength(1);
    expect(statuses.filter((status) => status >= 300 && status !== 412 && status !== 404)).toEqual([]);
    expect((await readIssue(masthead, issue.id)).revision).toBe(2);
    expect(await eventsOf(issue.id)).toHaveLength(2);
  });

  test('concurrent writes with If-Match: * all succeed, one after another', async () => {
    const issue = await makeTree();
    const post = (title: string) =>
      masthead.as('author').post(`/admin/v1/issues/${issue.id}/sections`, { title }, { 'if-match': '*' });
    const answers = await Promise.all(['p', 'q', 'r', 's', 't', 'u'].map(post));
    expect(answers.map(({ headers }) => headers.etag).sort()).toEqual([
      '"2"',
      '"3"',
      '"4"',
      '"5"',
      '"6"',
      '"7"',
    ]);
    const { sections } = await readIssue(masthead, issue.id);
    expect(sections.map(({ title }: { title: string }) => title).sort()).toEqual([
      'First',
      'Second',
      'p',
      'q',
      'r',
      's',
      't',
      'u',
    ]);
  });
});

describe('a key that is bound to another newsletter', () => {
  test('reading, listing, creating and deleting an issue all return 404', async () => {
    const issue = await makeTree();
    const stranger = await asBoundTo(masthead, 'admin', [(await makeNewsletter(masthead)).id]);
    const list = `/admin/v1/newsletters/${issue.newsletterId}/issues`;
    const anyRevision = { 'if-match': '*' };
    const answers = [
      await stranger.get(`/admin/v1/issues/${issue.id}`),
      await stranger.get(`/admin/v1/issues/${issue.id}/readiness`),
      await stranger.get(list),
      await stranger.post(list, { title: 'Mine' }),
      await stranger.delete(`/admin/v1/issues/${issue.id}`, anyRevision),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    const unknown = await stranger.get(`/admin/v1/issues/${UNKNOWN}`);
    expect(answers[0]?.body).toEqual(unknown.body);
    expect((await masthead.as('viewer').get(list)).body.data).toHaveLength(1);
  });

  test('an item cannot be moved into a section that the key cannot see', async () => {
    const hidden = await makeTree();
    const issue = await makeTree();
    const owner = await asBoundTo(masthead, 'author', [issue.newsletterId]);
    const answer = await owner.put(
      `/admin/v1/items/${issue.sections[0].items[0].id}/position`,
      { sectionId: hidden.sections[0].id, index: 0 },
      { 'if-match': '*' },
    );
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/sectionId' }] } });
    expect(await readIssue(masthead, hidden.id)).toEqual(hidden);
  });
});
