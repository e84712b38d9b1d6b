import { describe, expect, test } from 'vitest';
import { type Answer, useMasthead } from '../support/app.ts';
import {
  anyRevision,
  eventsOf,
  lastEventOf,
  makeIssueIn,
  minutesAhead,
  type State,
  storedIssue,
  workflowOf,
} from './workflow.ts';

const masthead = useMasthead();
const workflow = workflowOf(masthead);

type Headers = Record<string, string>;
const operations = {
  schedule: (id: string, headers?: Headers) => workflow.schedule(id, { at: minutesAhead(5) }, headers),
  unschedule: workflow.unschedule,
  publish: workflow.publish,
  unpublish: workflow.unpublish,
} satisfies Record<string, (id: string, headers?: Headers) => Promise<Answer>>;
type Operation = keyof typeof operations;

const allowed: [Operation, State, State, string][] = [
  ['schedule', 'draft', 'scheduled', 'issue.scheduled'],
  ['schedule', 'scheduled', 'scheduled', 'issue.scheduled'],
  ['unschedule', 'scheduled', 'draft', 'issue.unscheduled'],
  ['publish', 'draft', 'published', 'issue.published'],
  ['publish', 'scheduled', 'published', 'issue.published'],
  ['publish', 'published', 'published', 'issue.published'],
  ['unpublish', 'published', 'draft', 'issue.unpublished'],
];

const refused: [Operation, State, State[]][] = [
  ['schedule', 'published', ['draft', 'scheduled']],
  ['unschedule', 'draft', ['scheduled']],
  ['unschedule', 'published', ['scheduled']],
  ['unpublish', 'draft', ['published']],
  ['unpublish', 'scheduled', ['published']],
];

describe('status transitions of an issue', () => {
  test.each(allowed)('%s turns a %s issue into a %s issue', async (operation, from, to, eventType) => {
    const { id } = await makeIssueIn(masthead, from);
    await masthead.as('author').patch(`/admin/v1/issues/${id}`, { subtitle: 'New' }, anyRevision);
    const before = await storedIssue(masthead, id);

    const answer = await operations[operation](id);
    const revision = before.issue.revision + 1;
    expect(answer).toMatchObject({
      status: 200,
      headers: { etag: `"${revision}"` },
      body: { status: to, revision, schedule: to === 'scheduled' ? { timeZone: 'UTC' } : null },
    });
    expect(answer.body).toEqual((await masthead.as('viewer').get(`/admin/v1/issues/${id}`)).body);
    expect(await eventsOf(masthead, id)).toHaveLength(before.events + 1);
    expect(await lastEventOf(masthead, id)).toMatchObject({
      type: eventType,
      actorName: 'test editor',
      subjectKind: 'issue',
      subjectId: id,
      newsletterId: before.issue.newsletterId,
    });
  });

  test.each(refused)('%s is refused with 409 for a %s issue', async (operation, from, allowedFrom) => {
    const { id } = await makeIssueIn(masthead, from);
    const before = await storedIssue(masthead, id);
    const answer = await operations[operation](id);
    expect(answer).toMatchObject({
      status: 409,
      body: { type: 'http://masthead.test/problems/wrong-status', issueStatus: from, allowedFrom },
    });
    expect(answer.body.detail).toContain(from);
    expect(await storedIssue(masthead, id)).toEqual(before);
  });

  test.each(allowed)('%s on a %s issue requires the current ETag', async (operation, from) => {
    const { id, revision } = await makeIssueIn(masthead, from);
    const before = await storedIssue(masthead, id);
    expect(await operations[operation](id, {})).toMatchObject({ status: 428 });
    expect(await operations[operation](id, { 'if-match': `"${revision - 1}"` })).toMatchObject({
      status: 412,
      body: { revision },
    });
    expect(await storedIssue(masthead, id)).toEqual(before);
    expect(await operations[operation](id, { 'if-match': `"${revision}"` })).toMatchObject({ status: 200 });
  });

  test.each(Object.entries(operations))('%s returns 404 for an unknown issue', async (_name, operate) => {
    expect(await operate('0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11')).toMatchObject({ status: 404 });
  });
});

describe('issues that are not ready', () => {
  test.each(['schedule', 'publish'] as const)('%s refuses an issue that is not ready', async (operation) => {
    const { id } = await makeIssueIn(masthead, 'draft', {
      title: ' ',
      sections: [
        { title: 'Empty', items: [] },
        { title: 'Bare', items: [{ kind: 'paper', title: 'No paper', body: 'Words' }] },
      ],
    });
    const before = await storedIssue(masthead, id);
    const answer = await operations[operation](id);
    const { body: checklist } = await masthead.as('viewer').get(`/admin/v1/issues/${id}/readiness`);
    expect(answer).toMatchObject({ status: 422, body: { type: 'http://masthead.test/problems/not-ready' } });
    expect(answer.body.errors).toEqual(
      checklist.problems.map((problem: object) => ({ ...problem, in: 'issue' })),
    );
    expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/title',
      '/sections/0/items',
      '/sections/1/items/0/paperId',
    ]);
    expect(await storedIssue(masthead, id)).toEqual(before);
  });
});

test('the refusal to schedule a published issue says that corrections go out at once', async () => {
  const { id } = await makeIssueIn(masthead, 'published');
  await masthead.as('author').patch(`/admin/v1/issues/${id}`, { title: 'Corrected' }, anyRevision);
  const { status, body } = await workflow.schedule(id, { at: minutesAhead(5) });
  expect({ status, code: body.code }).toEqual({ status: 409, code: 'wrong_status' });
  expect(body.detail).toMatch(/must be draft or scheduled.*publish it, and readers see it at once/);
  expect((await workflow.unschedule(id)).body.detail).toBe('The issue is published, but must be scheduled.');
});
