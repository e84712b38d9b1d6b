import { beforeAll, describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter, makePaper } from '../support/factories.ts';

const masthead = useMasthead();

describe('deletion of papers that issues feature', () => {
  let newsletterId = '';
  beforeAll(async () => {
    newsletterId = (await makeNewsletter(masthead)).id;
  });

  test('a paper can be deleted once no issue features it', async () => {
    const { id } = await makePaper(masthead);
    await makeIssue(newsletterId, { number: 27 }, [id]);
    expect((await masthead.as('author').delete(`/admin/v1/papers/${id}`)).status).toBe(409);
    await masthead.database.prisma.item.deleteMany({ where: { paperId: id } });
    expect((await masthead.as('author').delete(`/admin/v1/papers/${id}`)).status).toBe(204);
  });

  test('a paper in a live edition is not deleted even when the draft no longer features it', async () => {
    const { id } = await makePaper(masthead);
    const issue = await makeIssue(newsletterId, { number: 28 }, []);
    await publish(issue, newsletterId, id);
    const answer = await masthead.as('author').delete(`/admin/v1/papers/${id}`);
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ uses: [{ kind: 'issue', id: issue, number: 28 }], total: 1 });
  });

  test('the refusal names the 20 newest issues and counts all of them', async () => {
    const { id } = await makePaper(masthead);
    const issues: string[] = [];
    for (let number = 101; number <= 122; number += 1)
      issues.push(await makeIssue(newsletterId, { number }, [id]));
    const { body } = await masthead.as('author').delete(`/admin/v1/papers/${id}`);
    expect(body.total).toBe(22);
    expect(body.uses.map((use: { id: string }) => use.id)).toEqual(issues.sort().reverse().slice(0, 20));
  });
});

async function makeIssue(
  newsletterId: string,
  fields: { number: number; title?: string },
  paperIds: string[],
): Promise<string> {
  const items = paperIds.map((paperId, position) => ({ kind: 'paper' as const, position, paperId }));
  const section = { position: 0, title: 'Papers', items: { create: items } };
  const { id } = await masthead.database.prisma.issue.create({
    data: { newsletterId, slug: `issue-${fields.number}`, ...fields, sections: { create: section } },
  });
  return id;
}

/** Stores a live edition that shows the paper in an item that the draft no longer has. */
async function publish(issueId: string, newsletterId: string, paperId: string): Promise<void> {
  const { prisma } = masthead.database;
  const publishedAt = new Date();
  const edition = await prisma.edition.create({
    data: {
      issueId,
      version: 1,
      revision: 1,
      document: '{}',
      summary: '{}',
      hash: '0'.repeat(64),
      publishedAt,
    },
  });
  const place = { newsletterId, publishedAt, number: 28 };
  const entry = { itemId: crypto.randomUUID(), paperId, title: 'BLIP', anchor: 'blip' };
  await prisma.issue.update({ where: { id: issueId }, data: { status: 'published' } });
  await prisma.publication.create({
    data: {
      ...place,
      issueId,
      editionId: edition.id,
      slug: 'issue-28',
      title: 'What you missed',
      papers: { create: { ...entry, ...place } },
    },
  });
}
