import { readdir } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { createApiKey } from '../../src/modules/access/api-key.ts';
import { useMasthead } from '../support/app.ts';
import { makeMedia, makeNewsletter, makePerson } from '../support/factories.ts';

const masthead = useMasthead();
const remove = (id: string, headers = {}) => masthead.as('author').delete(`/admin/v1/media/${id}`, headers);
const fileNameOf = ({ url }: { url: string }) => String(url.split('/').at(-1));

describe('deletion of unused media', () => {
  test('an unused media file is deleted from the storage, and one event is recorded', async () => {
    const stored = await makeMedia(masthead);
    expect(await readdir(masthead.mediaDirectory)).toContain(fileNameOf(stored));
    expect((await remove(stored.id)).status).toBe(204);
    expect(await readdir(masthead.mediaDirectory)).not.toContain(fileNameOf(stored));
    expect((await remove(stored.id)).status).toBe(404);
    const events = await masthead.database.prisma.event.findMany({
      where: { subjectId: stored.id, type: 'media.deleted' },
    });
    expect(events).toMatchObject([{ details: { fileName: fileNameOf(stored) } }]);
  });

  test('a deletion with a stale ETag is refused', async () => {
    const { id, ...stored } = await makeMedia(masthead);
    await masthead.as('author').patch(`/admin/v1/media/${id}`, { alt: '' });
    expect((await remove(id, { 'if-match': '"1"' })).status).toBe(412);
    expect(await readdir(masthead.mediaDirectory)).toContain(fileNameOf({ url: stored.url }));
    expect((await remove(id, { 'if-match': '"2"' })).status).toBe(204);
  });
});

describe('deletion of media in use', () => {
  let newsletterId = '';
  beforeAll(async () => {
    newsletterId = (await makeNewsletter(masthead)).id;
  });

  test('a media file in use is not deleted, and the refusal names every kind of use', async () => {
    const stored = await makeMedia(masthead);
    const person = await makePerson(masthead, { name: 'Ada', avatarId: stored.id });
    const { issueId, itemId } = await makeIssue(newsletterId, 26, stored.id);
    await publish(issueId, newsletterId, 26, stored.id);
    const events = await masthead.database.prisma.event.count();

    const answer = await remove(stored.id);
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ type: 'http://masthead.test/problems/in-use', total: 4 });
    const issue = { kind: 'issue', id: issueId, number: 26, title: 'What you missed', newsletterId };
    expect(answer.body.uses).toEqual([
      { ...issue, sectionId: null, item: null },
      { ...issue, sectionId: expect.any(String), item: { id: itemId, title: 'BLIP' } },
      { ...issue, kind: 'edition', title: 'As readers know it' },
      { kind: 'person', id: person.id, name: 'Ada' },
    ]);
    expect(await readdir(masthead.mediaDirectory)).toContain(fileNameOf(stored));
    expect(await masthead.database.prisma.event.count()).toBe(events);
  });

  test('a media file can be deleted once its last use is gone', async () => {
    const { id } = await makeMedia(masthead);
    const { issueId } = await makeIssue(newsletterId, 27, id);
    expect((await remove(id)).status).toBe(409);
    await masthead.database.prisma.figure.deleteMany({ where: { issueId } });
    expect((await remove(id)).status).toBe(204);
  });

  test('the refusal names 20 uses and counts all of them', async () => {
    const { id } = await makeMedia(masthead);
    for (let number = 101; number <= 111; number += 1) await makeIssue(newsletterId, number, id);
    const { body } = await remove(id);
    expect(body.total).toBe(22);
    expect(body.uses).toHaveLength(20);
  });

  test('the refusal names only issues of the key’s newsletters and also counts the others', async () => {
    const { id } = await makeMedia(masthead);
    const hidden = await makeNewsletter(masthead);
    const { issueId } = await makeIssue(newsletterId, 200, id);
    const other = await makeIssue(hidden.id, 1, id);
    await publish(other.issueId, hidden.id, 1, id);
    const key = await createApiKey(masthead.ctx, {
      name: 'bound',
      role: 'author',
      newsletterIds: [newsletterId],
    });
    const { status, body } = await masthead.withKey(key.secret).delete(`/admin/v1/media/${id}`);
    expect(status).toBe(409);
    expect(body.uses).toMatchObject([{ id: issueId }, { id: issueId }]);
    expect(body.total).toBe(5);
    expect(JSON.stringify(body)).not.toContain(hidden.id);
  });

  test('a media file that an issue starts to use during the deletion is not deleted', async () => {
    const stored = await makeMedia(masthead);
    const { issueId } = await makeIssue(newsletterId, 300, (await makeMedia(masthead)).id);
    const answer = await masthead.database.prisma.$transaction(async (tx) => {
      await tx.figure.create({ data: { issueId, mediaId: stored.id, place: 'body', position: 0 } });
      const deletion = remove(stored.id);
      await waitForBlockedDelete();
      return { deletion };
    });
    expect(await answer.deletion).toMatchObject({
      status: 409,
      body: { type: 'http://masthead.test/problems/in-use' },
    });
    expect(await readdir(masthead.mediaDirectory)).toContain(fileNameOf(stored));
  });
});

/** Makes an issue that uses the media file as its cover and in an item. */
async function makeIssue(newsletterId: string, number: number, mediaId: string) {
  const { prisma } = masthead.database;
  const items = { create: [{ kind: 'note' as const, position: 0, title: 'BLIP' }] };
  const issue = await prisma.issue.create({
    data: {
      newsletterId,
      number,
      slug: `issue-${number}`,
      title: 'What you missed',
      sections: { create: { position: 0, title: 'Papers', items } },
      figures: { create: { mediaId, place: 'cover', position: 0 } },
    },
    include: { sections: { include: { items: true } } },
  });
  const itemId = issue.sections[0]?.items[0]?.id ?? '';
  await prisma.figure.create({ data: { issueId: issue.id, itemId, mediaId, place: 'item', position: 0 } });
  return { issueId: issue.id, itemId };
}

async function publish(issueId: string, newsletterId: string, number: number, mediaId: string) {
  const { prisma } = masthead.database;
  const publishedAt = new Date();
  const text = { document: '{}', summary: '{}', hash: '0'.repeat(64) };
  const edition = await prisma.edition.create({
    data: { issueId, version: 1, revision: 1, publishedAt, ...text },
  });
  await prisma.issue.update({ where: { id: issueId }, data: { status: 'published' } });
  const { fileId } = await prisma.media.findUniqueOrThrow({ where: { id: mediaId } });
  const known = { number, slug: `issue-${number}`, title: 'As readers know it', publishedAt };
  await prisma.publication.create({
    data: { issueId, newsletterId, editionId: edition.id, ...known, media: { create: { mediaId, fileId } } },
  });
}

async function waitForBlockedDelete(): Promise<void> {
  await expect
    .poll(async () => {
      const { rows } = await masthead.database.pool.query(
        `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'DELETE FROM%media%'`,
      );
      return rows.length;
    })
    .toBe(1);
}
