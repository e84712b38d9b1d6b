import { beforeAll, describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter, makePerson } from '../support/factories.ts';

const masthead = useMasthead();

describe('deletion of people who are authors', () => {
  let newsletterId = '';
  beforeAll(async () => {
    newsletterId = (await makeNewsletter(masthead)).id;
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
