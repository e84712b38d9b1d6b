import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeMedia, makeReadyIssue, publish, sendForm } from '../support/factories.ts';
import { formOf } from './forms.ts';
import { drawImage } from './images.ts';

const masthead = useMasthead();
const url = '/admin/v1/media';

const upload = (bytes: Uint8Array<ArrayBuffer>, ...words: [string, string][]) =>
  sendForm(masthead.as('author'), url, formOf(['file', [bytes, 'a.png']], ...words));
const filesOf = async () => (await readdir(masthead.mediaDirectory)).filter((name) => name !== '.staging');
const stagedFiles = () => readdir(join(masthead.mediaDirectory, '.staging'));

describe('uploads of the same bytes', () => {
  test('a second upload of the same bytes returns the existing media file unchanged', async () => {
    const bytes = await drawImage('png', 1);
    const first = await upload(bytes, ['alt', 'A pattern'], ['creditText', 'Ada']);
    expect(first.status).toBe(201);
    const events = await masthead.database.prisma.event.count();
    const files = await filesOf();
    const second = await upload(bytes, ['alt', 'Other words'], ['caption', 'More']);
    expect(second).toMatchObject({
      status: 200,
      headers: { etag: first.headers.etag, location: `${url}/${first.body.id}` },
      body: first.body,
    });
    expect(await filesOf()).toEqual(files);
    expect(await stagedFiles()).toEqual([]);
    expect(await masthead.database.prisma.event.count()).toBe(events);
  });

  test('an upload of the served bytes returns the existing media file', async () => {
    const { body } = await upload(await drawImage('jpeg', 2));
    const served = await readFile(join(masthead.mediaDirectory, String(body.url.split('/').at(-1))));
    expect(await upload(Buffer.from(served))).toMatchObject({ status: 200, body: { id: body.id } });
  });

  test('six simultaneous uploads of the same bytes create one media file', async () => {
    const bytes = await drawImage('webp', 3);
    const answers = await Promise.all(Array.from({ length: 6 }, () => upload(bytes)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 200, 200, 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const [row] = await masthead.database.prisma.mediaFile.findMany({
      where: { sourceSha256: answers[0]?.body.sourceSha256 },
    });
    const halfName = String(row?.sha256.slice(0, 16));
    expect((await filesOf()).filter((name) => name.startsWith(halfName))).toEqual([row?.fileName]);
    expect(await stagedFiles()).toEqual([]);
  });

  test('an upload of the bytes of a deleted media file creates a new one', async () => {
    const bytes = await drawImage('png', 4);
    const first = await upload(bytes);
    await masthead.as('author').delete(`${url}/${first.body.id}`);
    const second = await upload(bytes);
    expect(second.status).toBe(201);
    expect(second.body.id).not.toBe(first.body.id);
    expect(second.body.url).not.toBe(first.body.url);
    expect((await masthead.anonymous.get(new URL(second.body.url).pathname)).status).toBe(200);
  });

  test('the URL cannot be guessed by somebody who has the same bytes', async () => {
    const media = await makeMedia(masthead);
    const name = String(media.url.split('/').at(-1));
    expect(name.startsWith(media.sha256.slice(0, 16))).toBe(true);
    expect(name.slice(17, 41)).toMatch(/^[0-9a-f]{24}$/);
    expect(media.sha256).not.toContain(name.slice(17, 41));
    const guess = name.replace(/-[0-9a-f]{24}/, `-${'0'.repeat(24)}`);
    expect((await masthead.anonymous.get(`/media/${guess}`)).status).toBe(404);
  });
});

describe('replacing the file of a media', () => {
  const replace = (id: string, bytes: Uint8Array<ArrayBuffer>, headers = {}) => {
    const encoded = new Response(formOf(['file', [bytes, 'new name.png']]));
    return encoded.arrayBuffer().then((payload) =>
      masthead.as('author').send({
        method: 'PUT',
        url: `${url}/${id}/file`,
        payload: Buffer.from(payload),
        headers: { 'content-type': encoded.headers.get('content-type') ?? '', ...headers },
      }),
    );
  };

  test('a replacement keeps the id, the texts and the uses and changes the URL', async () => {
    const media = await makeMedia(masthead, { alt: 'Old words', creditText: 'Ada' });
    const issue = await makeReadyIssue(masthead, { cover: { mediaId: media.id } });
    const answer = await replace(media.id, await drawImage('png', 5), { 'if-match': '"1"' });
    expect(answer).toMatchObject({
      status: 200,
      headers: { etag: '"2"' },
      body: { id: media.id, alt: 'Old words', width: 60, originalName: 'new name.png', revision: 2 },
    });
    expect(answer.body.url).not.toBe(media.url);
    expect((await masthead.as('viewer').get(`/admin/v1/issues/${issue.id}`)).body.cover.mediaId).toBe(
      media.id,
    );
    const events = await masthead.database.prisma.event.findMany({
      where: { subjectId: media.id, type: 'media.replaced' },
    });
    expect(events).toMatchObject([
      { details: { from: media.url.split('/').at(-1), to: answer.body.url.split('/').at(-1) } },
    ]);
  });

  test('readers see a replaced file only after the issue is published again', async () => {
    const media = await makeMedia(masthead, { alt: 'A cover' });
    const issue = await makeReadyIssue(masthead, { cover: { mediaId: media.id } });
    await publish(masthead, issue.id);
    const newsletter = await masthead.database.prisma.newsletter.findUniqueOrThrow({
      where: { id: issue.newsletterId },
    });
    const readCover = async () =>
      (await masthead.anonymous.get(`/content/v1/newsletters/${newsletter.slug}/issues/latest`)).body.cover;
    const replaced = (await replace(media.id, await drawImage('png', 6))).body;

    expect((await readCover()).url).toBe(media.url);
    expect((await masthead.anonymous.get(new URL(media.url).pathname)).status).toBe(200);
    await publish(masthead, issue.id);
    expect((await readCover()).url).toBe(replaced.url);
    expect((await masthead.anonymous.get(new URL(replaced.url).pathname)).status).toBe(200);
  });

  test('a replacement with the same bytes changes nothing', async () => {
    const bytes = await drawImage('png', 7);
    const media = (await upload(bytes)).body;
    expect(await replace(media.id, bytes)).toMatchObject({ status: 200, body: media });
  });

  test('a replacement can be undone, and media with the same bytes share a file', async () => {
    const [own, other] = [await drawImage('png', 8), await drawImage('png', 9)];
    const [first, second] = [(await upload(own)).body, (await upload(other)).body];
    expect((await replace(first.id, other)).body.url).toBe(second.url);
    expect((await replace(first.id, own)).body.url).toBe(first.url);
    await replace(first.id, other);
    expect((await masthead.as('author').delete(`${url}/${second.id}`)).status).toBe(204);
    expect((await masthead.anonymous.get(new URL(second.url).pathname)).status).toBe(200);
  });

  test('a replacement with a stale ETag, an unknown id or another kind of file is refused', async () => {
    const media = await makeMedia(masthead);
    const before = await filesOf();
    const bytes = await drawImage('png', 10);
    expect((await replace(media.id, bytes, { 'if-match': '"7"' })).status).toBe(412);
    expect((await replace('0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11', bytes)).status).toBe(404);
    expect((await replace('passwd', bytes)).status).toBe(400);
    expect(await replace(media.id, Buffer.from('%PDF-1.7\n%âãÏÓ\n'))).toMatchObject({
      status: 409,
      body: { type: 'http://masthead.test/problems/other-kind-of-file' },
    });
    expect(await filesOf()).toEqual(before);
    expect(await stagedFiles()).toEqual([]);
  });
});
