import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { beforeEach, describe, expect, test } from 'vitest';
import { systemContext } from '../../../src/context.ts';
import { makeFileName } from '../../../src/modules/media/files/file-name.ts';
import { diskStorage } from '../../../src/modules/media/storage/disk-storage.ts';
import { makeSweepMedia } from '../../../src/modules/media/upkeep/sweep-media.ts';
import { useMasthead } from '../../support/app.ts';
import { makeMedia, makeReadyIssue, publish, sendForm } from '../../support/factories.ts';
import { formOf } from '../forms.ts';
import { drawImage } from '../images.ts';

const masthead = useMasthead();
const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000);

const sweep = (library = masthead.media) =>
  makeSweepMedia(
    systemContext(masthead.database.prisma, 'sweep'),
    library,
    pino({ level: 'silent' }),
  )(new AbortController().signal);
const pathOf = (name: string) => join(masthead.mediaDirectory, name);
const nameOf = ({ url }: { url: string }) => String(url.split('/').at(-1));
const filesOf = async () => (await readdir(masthead.mediaDirectory)).toSorted();

async function putFile(path: string, modifiedAt: Date) {
  await writeFile(path, 'bytes');
  await utimes(path, modifiedAt, modifiedAt);
}

beforeEach(() => mkdir(masthead.media.storage.stagingDirectory, { recursive: true }));

describe('removals by a sweep', () => {
  test('files and renditions without a row are removed after a day, and no others', async () => {
    const media = await makeMedia(masthead);
    await utimes(pathOf(nameOf(media)), twoDaysAgo, twoDaysAgo);
    // The first sweep marks the storage as owned by this database.
    await sweep();
    const stray = makeFileName('a'.repeat(64), 'png');
    await putFile(pathOf(stray), twoDaysAgo);
    await putFile(pathOf(`${stray}.640.avif`), twoDaysAgo);
    const young = makeFileName('b'.repeat(64), 'png');
    await putFile(pathOf(young), new Date());
    await putFile(pathOf('notes.txt'), twoDaysAgo);
    await sweep();
    expect(await filesOf()).toEqual(
      ['.staging', nameOf(media), 'database.txt', 'notes.txt', young].toSorted(),
    );
  });

  test('staged files are removed after a day', async () => {
    const { stagingDirectory } = masthead.media.storage;
    await putFile(join(stagingDirectory, 'old'), twoDaysAgo);
    await putFile(join(stagingDirectory, 'young'), new Date());
    await sweep();
    expect(await readdir(stagingDirectory)).toEqual(['young']);
  });

  test('a replaced file and its renditions are removed a day after no edition uses it', async () => {
    const media = await makeMedia(masthead, { alt: 'A cover' });
    const old = nameOf(media);
    await putFile(pathOf(`${old}.4.avif`), twoDaysAgo);
    const { prisma } = masthead.database;
    const { id: fileId } = await prisma.mediaFile.findUniqueOrThrow({ where: { fileName: old } });
    const facts = { mimeType: 'image/avif', width: 4, height: 3, size: 5, sha256: '0'.repeat(64) };
    await prisma.mediaRendition.create({ data: { fileId, fileName: `${old}.4.avif`, ...facts } });
    const issue = await makeReadyIssue(masthead, { cover: { mediaId: media.id } });
    await publish(masthead, issue.id);
    await replace(media.id, await drawImage('png', 1));

    await sweep();
    await age(fileId);
    await sweep();
    expect(await filesOf()).toContain(old);

    await publish(masthead, issue.id);
    await sweep();
    expect(await filesOf()).toContain(old);
    await age(fileId);
    await sweep();
    expect(await filesOf()).not.toContain(old);
    expect(await filesOf()).not.toContain(`${old}.4.avif`);
    expect(await prisma.mediaFile.findUnique({ where: { id: fileId } })).toBeNull();
  });

  test('a replaced file that is in use again is not removed', async () => {
    const bytes = await drawImage('png', 2);
    const first = await sendForm(masthead.as('author'), '/admin/v1/media', formOf(['file', [bytes]]));
    await replace(first.body.id, await drawImage('png', 3));
    await sweep();
    const again = await sendForm(masthead.as('author'), '/admin/v1/media', formOf(['file', [bytes]]));
    expect(again).toMatchObject({ status: 201, body: { url: first.body.url } });
    const { prisma } = masthead.database;
    const { id } = await prisma.mediaFile.findUniqueOrThrow({ where: { fileName: nameOf(first.body) } });
    await age(id);
    await sweep();
    expect(await filesOf()).toContain(nameOf(first.body));
    expect((await prisma.mediaFile.findUniqueOrThrow({ where: { id } })).releasedAt).toBeNull();
  });
});

describe('stray files in foreign storages', () => {
  const stray = makeFileName('d'.repeat(64), 'png');

  test('orphans stay in a storage that another database has marked', async () => {
    const mark = await readFile(pathOf('database.txt'), 'utf8');
    await writeFile(pathOf('database.txt'), '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11\n');
    await putFile(pathOf(stray), twoDaysAgo);
    await sweep();
    expect(await filesOf()).toContain(stray);
    await writeFile(pathOf('database.txt'), mark);
    await sweep();
    expect(await filesOf()).not.toContain(stray);
  });

  test('strays stay in an unmarked storage that holds no file of this database', async () => {
    const foreign = await mkdtemp(join(tmpdir(), 'masthead-foreign-'));
    await putFile(join(foreign, stray), twoDaysAgo);
    await sweep({ ...masthead.media, storage: diskStorage(foreign) });
    expect(await readdir(foreign)).toEqual([stray]);
    await rm(foreign, { recursive: true });
  });
});

test('a sweep asks to run again in an hour', async () => {
  const next = await sweep();
  expect(next).toBe(3_600_000);
});

/** Sets the release of an unused file to two days ago. */
async function age(id: string) {
  await masthead.database.prisma.mediaFile.updateMany({
    where: { id, releasedAt: { not: null } },
    data: { releasedAt: twoDaysAgo },
  });
}

async function replace(id: string, bytes: Uint8Array<ArrayBuffer>) {
  const encoded = new Response(formOf(['file', [bytes]]));
  const answer = await masthead.as('author').send({
    method: 'PUT',
    url: `/admin/v1/media/${id}/file`,
    payload: Buffer.from(await encoded.arrayBuffer()),
    headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
  });
  expect(answer.status).toBe(200);
}
