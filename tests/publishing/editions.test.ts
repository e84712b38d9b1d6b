import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { publishedIssue } from '../../src/modules/delivery/schemas.ts';
import { useMasthead } from '../support/app.ts';
import { makeMedia, makeNewsletter } from '../support/factories.ts';
import { anyRevision, makeIssueIn, workflowOf } from './workflow.ts';

const masthead = useMasthead();
const viewer = () => masthead.as('viewer');

let issueId: string;
let slug: string;

/** Publishes three versions. The last one is live. */
beforeAll(async () => {
  const newsletter = await makeNewsletter(masthead);
  slug = newsletter.slug;
  const fields = { newsletterId: newsletter.id, title: 'Version 1' };
  ({ id: issueId } = await makeIssueIn(masthead, 'published', fields));
  for (const version of [2, 3]) {
    await masthead
      .as('author')
      .patch(`/admin/v1/issues/${issueId}`, { title: `Version ${version}` }, anyRevision);
    await workflowOf(masthead).publish(issueId);
  }
});

describe('the editions of an issue', () => {
  test('the list of editions starts with the newest and marks the live one', async () => {
    const { body } = await viewer().get(`/admin/v1/issues/${issueId}/editions`);
    expect(body.data).toMatchObject([
      { version: 3, isLive: true, issueId },
      { version: 2, isLive: false },
      { version: 1, isLive: false },
    ]);
    expect(body.data[0]).not.toHaveProperty('document');
  });

  test('each edition holds the document that readers were shown', async () => {
    const { body } = await viewer().get(`/admin/v1/issues/${issueId}/editions`);
    const whole = await Promise.all(
      body.data.map(async ({ id }: { id: string }) => (await viewer().get(`/admin/v1/editions/${id}`)).body),
    );
    expect(whole.map(({ document }) => document.title)).toEqual(['Version 3', 'Version 2', 'Version 1']);
    const { body: read } = await masthead.anonymous.get(`/content/v1/newsletters/${slug}/issues/1`);
    const { previous: _previous, next: _next, paperStatuses: _statuses, ...shown } = read;
    expect(whole[0].document).toEqual(shown);
  });

  test('each edition stores the SHA-256 of its document', async () => {
    const stored = await masthead.database.prisma.edition.findMany({ where: { issueId } });
    for (const { document, hash } of stored) {
      expect(hash).toBe(createHash('sha256').update(document).digest('hex'));
    }
  });

  test('the database refuses to change an edition', async () => {
    const { pool, prisma } = masthead.database;
    const before = await prisma.edition.findMany({ where: { issueId }, orderBy: { version: 'asc' } });
    await expect(pool.query("UPDATE editions SET document = '{}'")).rejects.toThrow('never changes');
    await expect(prisma.edition.updateMany({ data: { version: 9 } })).rejects.toThrow();
    expect(await prisma.edition.findMany({ where: { issueId }, orderBy: { version: 'asc' } })).toEqual(
      before,
    );
  });

  test('deleting a withdrawn issue deletes its editions', async () => {
    const { id } = await makeIssueIn(masthead, 'published');
    await workflowOf(masthead).unpublish(id);
    const { body } = await viewer().get(`/admin/v1/issues/${id}/editions`);
    expect(await masthead.as('editor').delete(`/admin/v1/issues/${id}`, anyRevision)).toMatchObject({
      status: 204,
    });
    expect(await viewer().get(`/admin/v1/editions/${body.data[0].id}`)).toMatchObject({ status: 404 });
  });
});

describe('editions published before renditions existed', () => {
  /** Makes an edition without the fields that were added later the live edition of the issue. */
  async function replaceByOldEdition(issueId: string) {
    const { prisma } = masthead.database;
    const { edition } = await prisma.publication.findUniqueOrThrow({
      where: { issueId },
      include: { edition: true },
    });
    const withoutNewFields = (name: string, value: unknown) =>
      ['sources', 'thumbhash', 'placeholder', 'focalPoint', 'attachments'].includes(name) ? undefined : value;
    const toOld = (text: string) => JSON.stringify(JSON.parse(text), withoutNewFields);
    const { id: _id, document, summary, ...rest } = edition;
    const old = await prisma.edition.create({
      data: { ...rest, version: 2, document: toOld(document), summary: toOld(summary) },
    });
    await prisma.publication.update({ where: { issueId }, data: { editionId: old.id } });
    return old.id;
  }

  test('editors and readers get an old edition unchanged', async () => {
    const media = await makeMedia(masthead, { alt: 'x' });
    const newsletter = await makeNewsletter(masthead);
    const fields = { newsletterId: newsletter.id, cover: { mediaId: media.id } };
    const { id } = await makeIssueIn(masthead, 'published', fields);
    const editionId = await replaceByOldEdition(id);

    const cover = {
      ...{ mediaId: media.id, url: media.url, width: 4, height: 3, mimeType: 'image/png' },
      ...{ alt: 'x', caption: null, credit: null },
    };
    const { status, body } = await viewer().get(`/admin/v1/editions/${editionId}`);
    expect({ status, cover: body.document.cover }).toEqual({ status: 200, cover });
    const issues = `/content/v1/newsletters/${newsletter.slug}/issues`;
    const { body: read } = await masthead.anonymous.get(`${issues}/latest`);
    expect(read.cover).toEqual(cover);
    expect(publishedIssue.parse(read)).toEqual(read);
    const { body: archive } = await masthead.anonymous.get(issues);
    expect(archive.data).toMatchObject([{ cover }]);
  });
});
