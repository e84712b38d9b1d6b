import { describe, expect, it } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeIssue, makeNewsletter, makeReadyIssue, publish } from '../support/factories.ts';

const masthead = useMasthead();
const create = (newsletterId: string, fields: object = {}) =>
  masthead.as('author').post(`/admin/v1/newsletters/${newsletterId}/issues`, fields);

describe('The number and slug of an issue', () => {
  it('are both named when both are taken, in a new issue and in a change', async () => {
    const { id: newsletterId } = await makeNewsletter(masthead);
    await makeIssue(masthead, { newsletterId, number: 7, slug: 'seven' });
    const other = await makeIssue(masthead, { newsletterId, number: 8, slug: 'eight' });
    const taken = { number: 7, slug: 'seven' };
    const change = masthead.as('author').patch(`/admin/v1/issues/${other.id}`, taken, { 'if-match': '*' });
    for (const answer of [await create(newsletterId, taken), await change]) {
      expect(answer).toMatchObject({
        status: 409,
        body: { errors: [{ pointer: '/number' }, { pointer: '/slug' }] },
      });
    }
  });

  it('may be given to the issue that has them', async () => {
    const { id } = await makeIssue(masthead, { number: 7, slug: 'seven' });
    const answer = await masthead
      .as('author')
      .patch(`/admin/v1/issues/${id}`, { number: 7, slug: 'seven' }, { 'if-match': '*' });
    expect(answer).toMatchObject({ status: 200 });
  });

  it('default to ones that are free, also when somebody took the usual slug', async () => {
    const { id: newsletterId } = await makeNewsletter(masthead);
    await makeIssue(masthead, { newsletterId, number: 5, slug: 'issue-6' });
    expect(await create(newsletterId)).toMatchObject({ status: 201, body: { number: 6, slug: 'issue-6-2' } });
  });

  it('default to a number after those that readers know', async () => {
    const { id: newsletterId } = await makeNewsletter(masthead);
    const issue = await makeReadyIssue(masthead, { newsletterId, number: 50 });
    await publish(masthead, issue.id);
    await masthead.as('author').patch(`/admin/v1/issues/${issue.id}`, { number: 2 }, { 'if-match': '*' });
    expect(await create(newsletterId)).toMatchObject({ status: 201, body: { number: 51 } });
  });
});
