import { describe, expect, test } from 'vitest';
import { createApiKey } from '../../src/modules/access/api-key.ts';
import { event } from '../../src/modules/events/schemas.ts';
import { EVENT_TYPES } from '../../src/modules/events/types.ts';
import { walkPages } from '../http/walk-pages.ts';
import { useMasthead } from '../support/app.ts';
import {
  asBoundTo,
  makeIssue,
  makeNewsletter,
  makePaper,
  makePerson,
  makeReadyIssue,
  publish,
  schedule,
} from '../support/factories.ts';
import { sendTogether } from '../support/send-together.ts';

const masthead = useMasthead();
const events = '/admin/v1/events';
const unknownId = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11';

async function typesOf(query: string): Promise<string[]> {
  return (await walkPages(masthead.as('viewer'), `${events}?${query}`)).map(({ type }) => type);
}

describe('the events of an issue', () => {
  test('the events of an issue are listed newest first', async () => {
    const issue = await makeReadyIssue(masthead);
    await schedule(masthead, issue.id);
    await masthead.as('editor').delete(`/admin/v1/issues/${issue.id}/schedule`, { 'if-match': '*' });
    await publish(masthead, issue.id);
    await masthead.as('author').patch(`/admin/v1/issues/${issue.id}`, { title: 'New' }, { 'if-match': '*' });
    await publish(masthead, issue.id);
    await masthead.as('editor').delete(`/admin/v1/issues/${issue.id}/publication`, { 'if-match': '*' });
    await masthead.as('editor').delete(`/admin/v1/issues/${issue.id}`, { 'if-match': '*' });
    expect(await typesOf(`issueId=${issue.id}`)).toEqual([
      'issue.deleted',
      'issue.unpublished',
      'issue.published',
      'issue.updated',
      'issue.published',
      'issue.unscheduled',
      'issue.scheduled',
      'issue.created',
    ]);
  });

  test('an event has its actor, its newsletter, its issue and its subject', async () => {
    const issue = await makeIssue(masthead);
    const { body } = await masthead.as('viewer').get(`${events}?issueId=${issue.id}`);
    expect(body.data).toEqual([
      {
        id: expect.any(String),
        type: 'issue.created',
        at: issue.createdAt,
        actor: { kind: 'key', id: expect.any(String), name: 'test author' },
        newsletterId: issue.newsletterId,
        issueId: issue.id,
        subject: { kind: 'issue', id: issue.id },
        details: { number: 1, slug: 'issue-1' },
      },
    ]);
    expect(event.parse(body.data[0])).toEqual(body.data[0]);
  });

  test('a rejected change records no event', async () => {
    const issue = await makeIssue(masthead);
    const before = await typesOf(`newsletterId=${issue.newsletterId}`);
    const refused = await masthead
      .as('editor')
      .put(`/admin/v1/issues/${issue.id}/publication`, {}, { 'if-match': '*' });
    expect(refused.status).toBe(422);
    await masthead.as('author').patch(`/admin/v1/issues/${issue.id}`, { title: 'x' }, { 'if-match': '"9"' });
    expect(await typesOf(`newsletterId=${issue.newsletterId}`)).toEqual(before);
  });

  test('events remain after the deletion of their issue and newsletter', async () => {
    const issue = await makeIssue(masthead);
    await masthead.as('author').delete(`/admin/v1/issues/${issue.id}`, { 'if-match': '*' });
    await masthead.as('admin').delete(`/admin/v1/newsletters/${issue.newsletterId}`);
    expect(await typesOf(`newsletterId=${issue.newsletterId}`)).toEqual([
      'newsletter.deleted',
      'issue.deleted',
      'issue.created',
      'newsletter.created',
    ]);
  });

  test('an event that no key caused has a system actor', async () => {
    await createApiKey(masthead.ctx, { name: 'made at start', role: 'viewer' });
    const { body } = await masthead.as('admin').get(`${events}?limit=1`);
    expect(body.data).toMatchObject([{ actor: { kind: 'system', id: null, name: 'test' } }]);
  });
});

describe('the filters of the events', () => {
  test('filters can be combined', async () => {
    const newsletter = await makeNewsletter(masthead);
    const issues = [
      await makeReadyIssue(masthead, { newsletterId: newsletter.id }),
      await makeReadyIssue(masthead, { newsletterId: newsletter.id }),
    ];
    for (const issue of issues) await publish(masthead, issue.id);
    await publish(masthead, (await makeReadyIssue(masthead)).id);
    const ofNewsletter = `newsletterId=${newsletter.id}`;
    expect(await typesOf(ofNewsletter)).toHaveLength(5);
    expect(await typesOf(`${ofNewsletter}&type=issue.published`)).toHaveLength(2);
    expect(await typesOf(`${ofNewsletter}&type=issue.published&issueId=${issues[0].id}`)).toHaveLength(1);
    expect(await typesOf(`newsletterId=${unknownId}&issueId=${issues[0].id}`)).toEqual([]);
  });

  test.each(EVENT_TYPES)('the filter for %s returns only events of this type', async (type) => {
    const found = await typesOf(`type=${type}`);
    expect(found.filter((each) => each !== type)).toEqual([]);
  });

  test('an id in upper case finds its events', async () => {
    const issue = await makeIssue(masthead);
    expect(await typesOf(`issueId=${issue.id.toUpperCase()}`)).toEqual(['issue.created']);
  });

  test.each([
    'type=issue.vanished',
    'type=ISSUE.CREATED',
    'type=issue.created&type=issue.deleted',
    'type=',
    'issueId=1',
    'newsletterId=null',
    'sectionId=0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11',
    `cursor=${Buffer.from('"not-a-uuid"').toString('base64url')}`,
  ])('the query %s returns 400', async (query) => {
    expect(await masthead.as('viewer').get(`${events}?${query}`)).toMatchObject({
      status: 400,
      body: { errors: [{ in: 'query' }] },
    });
  });
});

describe('the pagination of the events', () => {
  test('pagination returns each event once while others are recorded', async () => {
    const newsletter = await makeNewsletter(masthead);
    for (let count = 0; count < 6; count += 1) await makeIssue(masthead, { newsletterId: newsletter.id });
    const url = `${events}?newsletterId=${newsletter.id}`;
    const { body } = await masthead.as('viewer').get(`${url}&limit=100`);
    const walked = await walkPages(masthead.as('viewer'), `${url}&limit=2`, () =>
      makeIssue(masthead, { newsletterId: newsletter.id }),
    );
    expect(walked).toEqual(body.data);
    expect(walked).toHaveLength(7);
  });

  test('pagination returns each of fifty concurrent events once', async () => {
    const newsletter = await makeNewsletter(masthead);
    const answers = await sendTogether(50, (count) =>
      masthead.as('admin').patch(`/admin/v1/newsletters/${newsletter.id}`, { tagline: `${count}` }),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
    const url = `${events}?newsletterId=${newsletter.id}`;
    const walked = await walkPages(masthead.as('viewer'), `${url}&limit=7`);
    const stored = await masthead.database.prisma.event.count({ where: { newsletterId: newsletter.id } });
    expect(new Set(walked.map(({ id }) => id)).size).toBe(51);
    expect(walked).toHaveLength(stored);
  });
});

describe('events about API keys', () => {
  test.each(['viewer', 'author', 'editor'] as const)('a key of role %s sees no key events', async (role) => {
    await masthead.as('admin').post('/admin/v1/api-keys', { name: 'unseen', role: 'viewer' });
    const seen = await walkPages(masthead.as(role), `${events}?limit=100`);
    expect(seen.filter(({ subject }) => subject.kind === 'api_key')).toEqual([]);
    expect(await walkPages(masthead.as(role), `${events}?type=api_key.created`)).toEqual([]);
    expect(JSON.stringify(seen)).not.toContain('unseen');
  });

  test('an admin sees events about API keys', async () => {
    const { body } = await masthead.as('admin').post('/admin/v1/api-keys', { name: 'seen', role: 'viewer' });
    await masthead.as('admin').delete(`/admin/v1/api-keys/${body.id}`);
    const [deleted, created] = (await masthead.as('admin').get(`${events}?limit=2`)).body.data;
    const subject = { kind: 'api_key', id: body.id };
    const details = { name: 'seen', role: 'viewer' };
    expect(deleted).toMatchObject({ type: 'api_key.deleted', subject, details });
    expect(created).toMatchObject({ type: 'api_key.created', subject, details });
  });

  test('an admin key that is bound to newsletters does not see events about API keys', async () => {
    const { id } = await makeNewsletter(masthead);
    const bound = await asBoundTo(masthead, 'admin', [id]);
    expect(await walkPages(bound, `${events}?limit=100`)).toMatchObject([{ type: 'newsletter.created' }]);
  });
});

test('every key that is not bound to newsletters sees events about people and papers', async () => {
  const paper = await makePaper(masthead);
  const person = await makePerson(masthead);
  const seen = await walkPages(masthead.as('viewer'), `${events}?limit=100`);
  expect(seen.filter(({ subject }) => [paper.id, person.id].includes(subject.id))).toMatchObject([
    { type: 'person.created', newsletterId: null, issueId: null },
    { type: 'paper.created', newsletterId: null, issueId: null },
  ]);
});
