import { describe, expect, test } from 'vitest';
import { isUnavailable } from '../../src/database/errors.ts';
import { makePublishDueIssues } from '../../src/modules/publishing/schedule/publish-due-issues.ts';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter, makePaper } from '../support/factories.ts';
import { anyRevision, lastEventOf, makeIssueIn, minutesAhead, storedIssue, workflowOf } from './workflow.ts';

const masthead = useMasthead();
const { schedule } = workflowOf(masthead);

/** The tests use Brisbane, which has no daylight saving time, and Berlin, which has. */
async function makeDraft(timeZone: string) {
  const newsletter = await makeNewsletter(masthead, { timeZone });
  return makeIssueIn(masthead, 'draft', { newsletterId: newsletter.id });
}

describe('scheduling an issue', () => {
  test('scheduling by an instant stores the local time in the newsletter’s zone', async () => {
    const { id } = await makeDraft('Australia/Brisbane');
    const answer = await schedule(id, { at: '2097-12-01T01:00:00+02:00' });
    const kept = {
      at: '2097-11-30T23:00:00.000Z',
      local: '2097-12-01T09:00',
      timeZone: 'Australia/Brisbane',
    };
    expect(answer).toMatchObject({ status: 200, body: { schedule: kept, publication: null } });
    expect(await lastEventOf(masthead, id)).toMatchObject({ type: 'issue.scheduled', details: kept });
  });

  test('scheduling by a local time with a zone uses that zone', async () => {
    const { id } = await makeDraft('Australia/Brisbane');
    const answer = await schedule(id, { local: '2097-07-01T09:00', timeZone: 'Europe/Berlin' });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        schedule: { at: '2097-07-01T07:00:00.000Z', local: '2097-07-01T09:00', timeZone: 'Europe/Berlin' },
      },
    });
  });

  test('scheduling by a local time alone uses the newsletter’s zone', async () => {
    const { id } = await makeDraft('Australia/Brisbane');
    const answer = await schedule(id, { local: '2097-07-01T09:00:30' });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        schedule: {
          at: '2097-06-30T23:00:30.000Z',
          local: '2097-07-01T09:00:30',
          timeZone: 'Australia/Brisbane',
        },
      },
    });
  });

  test('scheduling a scheduled issue replaces its time', async () => {
    const { id } = await makeDraft('UTC');
    await schedule(id, { at: '2097-12-01T09:00:00Z' });
    const answer = await schedule(id, { local: '2098-01-01T00:00' });
    expect(answer).toMatchObject({
      status: 200,
      body: { schedule: { at: '2098-01-01T00:00:00.000Z' }, revision: 3 },
    });
  });

  test.each([
    ['skips', '2097-03-31T02:30', 'skipped', ['2097-03-31T01:30:00+01:00', '2097-03-31T03:30:00+02:00']],
    ['repeats', '2097-10-27T02:30', 'repeated', ['2097-10-27T02:30:00+02:00', '2097-10-27T02:30:00+01:00']],
  ])('a local time that the clock %s is refused with valid choices', async (_how, local, code, choices) => {
    const { id } = await makeDraft('Europe/Berlin');
    const before = await storedIssue(masthead, id);
    const answer = await schedule(id, { local });
    expect(answer).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/local', code }], choices },
    });
    expect(await storedIssue(masthead, id)).toEqual(before);
    expect(await schedule(id, { at: choices[1] })).toMatchObject({ status: 200 });
  });

  test.each([
    ['/at', { at: '2020-12-01T09:00:00Z' }],
    ['/local', { local: '2020-12-01T09:00' }],
    ['/at', { at: new Date().toISOString() }],
  ])('a time in the past returns 422 at %s', async (pointer, time) => {
    const { id } = await makeIssueIn(masthead, 'draft');
    const before = await storedIssue(masthead, id);
    expect(await schedule(id, time)).toMatchObject({
      status: 422,
      body: { type: 'http://masthead.test/problems/past-time', errors: [{ pointer, code: 'past_time' }] },
    });
    expect(await storedIssue(masthead, id)).toEqual(before);
  });

  test('a time 20 seconds ahead of the database’s clock is accepted', async () => {
    const { id } = await makeIssueIn(masthead, 'draft');
    const [clock] = await masthead.database.prisma.$queryRaw<[{ now: Date }]>`SELECT now() AS now`;
    const at = new Date(clock.now.getTime() + 20_000).toISOString();
    expect(await schedule(id, { at })).toMatchObject({ status: 200, body: { schedule: { at } } });
  });

  test.each([
    ['both forms', { at: '2097-12-01T09:00:00Z', local: '2097-12-01T09:00' }, ''],
    ['neither form', {}, ''],
    ['a zone alone', { timeZone: 'UTC' }, ''],
    ['an instant with a zone', { at: '2097-12-01T09:00:00Z', timeZone: 'UTC' }, '/timeZone'],
    ['an instant without an offset', { at: '2097-12-01T09:00:00' }, '/at'],
    ['a date that does not exist', { at: '2097-02-29T09:00:00Z' }, '/at'],
    ['a local time with an offset', { local: '2097-12-01T09:00+10:00' }, '/local'],
    ['an unknown zone', { local: '2097-12-01T09:00', timeZone: 'Mars/Olympus' }, '/timeZone'],
    ['an offset as the zone', { local: '2097-12-01T09:00', timeZone: '+10:00' }, '/timeZone'],
    ['an unknown field', { at: '2097-12-01T09:00:00Z', when: 'soon' }, '/when'],
    ['a number', { at: 4_000_000_000 }, '/at'],
  ])('scheduling by %s returns 400', async (_what, time, pointer) => {
    const { id } = await makeIssueIn(masthead, 'draft');
    const answer = await schedule(id, time);
    expect(answer).toMatchObject({ status: 400 });
    expect(answer.body.errors.map((fault: { pointer: string }) => fault.pointer)).toContain(pointer);
  });

  test.each([
    ['an instant in the year 10000', { at: '9999-12-31T23:59:59-10:00' }],
    ['an instant in the year 9999', { at: '9999-06-01T00:00:00Z' }],
    ['a local time in the year 9999', { local: '9999-12-31T23:59' }],
    ['a local date that does not exist', { local: '2097-02-29T09:00' }],
    ['a local hour that does not exist', { local: '2097-02-28T25:00' }],
  ])('scheduling by %s is refused with one fault', async (_what, time) => {
    const { id } = await makeDraft('Pacific/Kiritimati');
    const before = await storedIssue(masthead, id);
    const answer = await schedule(id, time);
    expect([400, 422]).toContain(answer.status);
    expect(answer.body.errors).toHaveLength(1);
    expect(await storedIssue(masthead, id)).toEqual(before);
  });
});

describe('scheduled issues', () => {
  const author = () => masthead.as('author');
  const scheduled = async () => {
    const issue = await makeIssueIn(masthead, 'scheduled');
    const [section] = issue.sections;
    return { issue, section, item: section.items[0] };
  };
  type Scheduled = Awaited<ReturnType<typeof scheduled>>;

  const breakingEdits: [string, string, (made: Scheduled) => Promise<{ status: number; body: unknown }>][] = [
    [
      'its title is emptied',
      '/title',
      ({ issue }) => author().patch(`/admin/v1/issues/${issue.id}`, { title: '' }, anyRevision),
    ],
    [
      'its only section is deleted',
      '/sections',
      ({ section }) => author().delete(`/admin/v1/sections/${section.id}`, anyRevision),
    ],
    [
      'its only item is deleted',
      '/sections/0/items',
      ({ item }) => author().delete(`/admin/v1/items/${item.id}`, anyRevision),
    ],
    [
      'its item is left without a body and links',
      '/sections/0/items/0/body',
      ({ item }) => author().patch(`/admin/v1/items/${item.id}`, { body: null }, anyRevision),
    ],
    [
      'an empty section is added',
      '/sections/1/items',
      ({ issue }) => author().post(`/admin/v1/issues/${issue.id}/sections`, { title: 'More' }, anyRevision),
    ],
    [
      'an item with a malformed link is added',
      '/sections/0/items/1/links/0/url',
      ({ section }) =>
        author().post(
          `/admin/v1/sections/${section.id}/items`,
          { kind: 'link', title: 'x', links: [{ label: 'x', url: 'nowhere', rel: 'other' }] },
          anyRevision,
        ),
    ],
    [
      'its tree is replaced by an empty one',
      '/sections',
      ({ issue }) => author().put(`/admin/v1/issues/${issue.id}/content`, { sections: [] }, anyRevision),
    ],
  ];

  test.each(breakingEdits)('a scheduled issue rejects an edit when %s', async (_what, pointer, edit) => {
    const made = await scheduled();
    const before = await storedIssue(masthead, made.issue.id);
    expect(await edit(made)).toMatchObject({
      status: 422,
      body: {
        type: 'http://masthead.test/problems/not-ready',
        errors: [{ pointer, remedy: expect.any(String) }],
      },
    });
    expect(await storedIssue(masthead, made.issue.id)).toEqual(before);
  });

  test('an edit that leaves a scheduled issue ready is accepted and keeps its schedule', async () => {
    const { issue, item } = await scheduled();
    const edit = await author().patch(`/admin/v1/items/${item.id}`, { body: 'Better words.' }, anyRevision);
    expect(edit).toMatchObject({ status: 200, headers: { etag: `"${issue.revision + 1}"` } });
    const { body } = await masthead.as('viewer').get(`/admin/v1/issues/${issue.id}`);
    expect(body).toMatchObject({ status: 'scheduled', schedule: issue.schedule });
  });

  test('an issue is published with its content and papers as they are at its due time', async () => {
    const { database, ctx, app } = masthead;
    const paper = await makePaper(masthead, { title: 'As first written' });
    const newsletter = await makeNewsletter(masthead);
    const sections = [
      { title: 'Papers', items: [{ kind: 'paper', title: 'It', body: 'Old.', paperId: paper.id }] },
    ];
    const issue = await makeIssueIn(masthead, 'scheduled', { newsletterId: newsletter.id, sections });
    await author().patch(
      `/admin/v1/items/${issue.sections[0].items[0].id}`,
      { body: 'New **words**.' },
      anyRevision,
    );
    await author().patch(`/admin/v1/papers/${paper.id}`, { title: 'As it is now' });
    await database.prisma.$executeRaw`UPDATE issues SET scheduled_at = now() WHERE id = ${issue.id}::uuid`;

    await makePublishDueIssues(ctx, { log: app.log, isUnavailable })(new AbortController().signal);
    const read = await masthead.anonymous.get(`/content/v1/newsletters/${newsletter.slug}/issues/latest`);
    expect(read.body.sections[0].items[0]).toMatchObject({
      body: { html: '<p>New <strong>words</strong>.</p>' },
      paper: { title: 'As it is now' },
    });
  });

  test('a scheduled issue cannot be deleted', async () => {
    const { issue } = await scheduled();
    expect(await author().delete(`/admin/v1/issues/${issue.id}`, anyRevision)).toMatchObject({
      status: 409,
      body: { issueStatus: 'scheduled' },
    });
  });

  test('an unscheduled issue has no schedule and accepts edits that make it unready', async () => {
    const { issue } = await scheduled();
    await workflowOf(masthead).unschedule(issue.id);
    expect(await lastEventOf(masthead, issue.id)).toMatchObject({
      type: 'issue.unscheduled',
      details: { at: issue.schedule.at },
    });
    const edit = await author().patch(`/admin/v1/issues/${issue.id}`, { title: '' }, anyRevision);
    expect(edit).toMatchObject({ status: 200, body: { status: 'draft', schedule: null } });
  });

  test('one of two simultaneous reschedulings with the same ETag is refused with 412', async () => {
    const { issue } = await scheduled();
    const match = { 'if-match': `"${issue.revision}"` };
    const answers = await Promise.all(
      [10, 20].map((minutes) => schedule(issue.id, { at: minutesAhead(minutes) }, match)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });
});
