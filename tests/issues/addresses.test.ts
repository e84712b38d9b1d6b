import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeIssue, makeNewsletter, makeReadyIssue, publish } from '../support/factories.ts';

const masthead = useMasthead();
const create = (newsletterId: string, fields: object = {}) =>
  masthead.as('author').post(`/admin/v1/newsletters/${newsletterId}/issues`, fields);

describe('the number and slug of an issue', () => {
  test('a number and a slug that are both taken are both reported, for a new issue and for a change', async () => {
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

  test('a patch may set an issue’s number and slug to their current values', async () => {
    const { id } = await makeIssue(masthead, { number: 7, slug: 'seven' });
    const answer = await masthead
      .as('author')
      .patch(`/admin/v1/issues/${id}`, { number: 7, slug: 'seven' }, { 'if-match': '*' });
    expect(answer).toMatchObject({ status: 200 });
  });

  test('the default slug gets a suffix if another issue already has it', async () => {
    const { id: newsletterId } = await makeNewsletter(masthead);
    await makeIssue(masthead, { newsletterId, number: 5, slug: 'issue-6' });
    expect(await create(newsletterId)).toMatchObject({ status: 201, body: { number: 6, slug: 'issue-6-2' } });
  });

  test('the default number is higher than every published number, even one that the draft has changed since', async () => {
    const { id: newsletterId } = await makeNewsletter(masthead);
    const issue = await makeReadyIssue(masthead, { newsletterId, number: 50 });
    await publish(masthead, issue.id);
    await masthead.as('author').patch(`/admin/v1/issues/${issue.id}`, { number: 2 }, { 'if-match': '*' });
    expect(await create(newsletterId)).toMatchObject({ status: 201, body: { number: 51 } });
  });
});
