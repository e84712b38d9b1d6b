import { beforeAll, describe, expect, test } from 'vitest';
import { createApiKey } from '../../src/modules/access/api-key.ts';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter, makePerson } from '../support/factories.ts';

const masthead = useMasthead();

describe('deletion of people who are authors', () => {
  let newsletterId = '';
  beforeAll(async () => {
    newsletterId = (await makeNewsletter(masthead)).id;
  });

  test('the author of an issue is not deleted, and the refusal names the issue', async () => {
    const { id } = await makePerson(masthead);
    const issue = await makeIssue(newsletterId, { number: 26, title: 'What you missed' }, [id]);
    const events = await masthead.database.prisma.event.count();
    const answer = await masthead.as('admin').delete(`/admin/v1/people/${id}`);
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({
      type: 'http://masthead.test/problems/in-use',
      uses: [{ kind: 'issue', id: issue, title: 'What you missed', number: 26, newsletterId }],
      total: 1,
    });
    expect((await masthead.as('viewer').get(`/admin/v1/people/${id}`)).status).toBe(200);
    expect(await masthead.database.prisma.event.count()).toBe(events);
  });

  test('a person can be deleted once no issue names them as an author', async () => {
    const [author, other] = [await makePerson(masthead), await makePerson(masthead)];
    const issue = await makeIssue(newsletterId, { number: 27 }, [author.id, other.id]);
    expect((await masthead.as('admin').delete(`/admin/v1/people/${author.id}`)).status).toBe(409);
    await masthead.database.prisma.issueAuthor.deleteMany({ where: { issueId: issue, personId: author.id } });
    expect((await masthead.as('admin').delete(`/admin/v1/people/${author.id}`)).status).toBe(204);
  });

  test('the refusal names the 20 newest issues and counts all of them', async () => {
    const { id } = await makePerson(masthead);
    const issues: string[] = [];
    for (let number = 101; number <= 122; number += 1)
      issues.push(await makeIssue(newsletterId, { number }, [id]));
    const { body } = await masthead.as('admin').delete(`/admin/v1/people/${id}`);
    expect(body.total).toBe(22);
    expect(body.uses.map((use: { id: string }) => use.id)).toEqual(issues.sort().reverse().slice(0, 20));
  });

  test('the refusal names only issues of the key’s newsletters and also counts the others', async () => {
    const { id } = await makePerson(masthead);
    const hidden = await makeNewsletter(masthead);
    const seen = await makeIssue(newsletterId, { number: 200 }, [id]);
    await makeIssue(hidden.id, { number: 1, title: 'Not for all eyes' }, [id]);
    const key = await createApiKey(masthead.ctx, {
      name: 'bound',
      role: 'admin',
      newsletterIds: [newsletterId],
    });
    const client = masthead.withKey(key.secret);

    const { status, body } = await client.delete(`/admin/v1/people/${id}`);
    expect(status).toBe(409);
    expect(body.uses).toMatchObject([{ id: seen }]);
    expect(body.total).toBe(2);
    expect(JSON.stringify(body)).not.toContain(hidden.id);
    expect((await client.get(`/admin/v1/people/${id}`)).status).toBe(200);
  });
});

async function makeIssue(
  newsletterId: string,
  fields: { number: number; title?: string },
  authorIds: string[],
): Promise<string> {
  const authors = authorIds.map((personId, position) => ({ personId, position }));
  const { id } = await masthead.database.prisma.issue.create({
    data: { newsletterId, slug: `issue-${fields.number}`, ...fields, authors: { create: authors } },
  });
  return id;
}
