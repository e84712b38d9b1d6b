import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { diskStorage } from '../../src/modules/media/storage/disk-storage.ts';
import { useMasthead } from '../support/app.ts';
import { makeMedia, makeNewsletter, sendForm } from '../support/factories.ts';
import { mountSmallDisk } from '../support/small-disk.ts';
import { formOf } from './forms.ts';
import { drawImage } from './images.ts';

/** The size of the file system that holds the media of these tests. */
const DISK_BYTES = 512 * 1024;

const disk = mountSmallDisk(DISK_BYTES);
const masthead = useMasthead({ openStorage: () => diskStorage(disk.directory) });

describe.skipIf(!disk.isMounted)('a full disk (needs permission to mount a tmpfs)', () => {
  const filler = join(disk.directory, 'filler');
  const upload = (bytes: Uint8Array<ArrayBuffer>) =>
    sendForm(masthead.as('author'), '/admin/v1/media', formOf(['file', [bytes, 'a']]));
  const traces = async () => ({
    files: (await readdir(disk.directory, { recursive: true })).toSorted(),
    rows: await masthead.database.prisma.mediaFile.count(),
  });
  const full = {
    status: 507,
    body: { type: 'http://masthead.test/problems/storage-full', title: 'Storage full' },
  };

  afterEach(() => rm(filler, { force: true }));

  test('an upload that does not fit returns 507 and leaves no file and no row', async () => {
    await makeMedia(masthead);
    const before = await traces();
    const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n%âãÏÓ\n'), Buffer.alloc(DISK_BYTES)]);
    expect(await upload(pdf)).toMatchObject(full);
    expect(await traces()).toEqual(before);
  });

  test('an upload whose cleaned copy does not fit returns 507', async () => {
    await makeMedia(masthead);
    const image = await drawImage('png', 1);
    await writeFile(filler, Buffer.alloc(DISK_BYTES - (await usedBytes()) - image.length - 8192));
    const before = await traces();
    const slides = Buffer.concat([Buffer.from('%PDF-1.7\n%âãÏÓ\n'), Buffer.alloc(image.length + 4096)]);
    expect(await upload(slides)).toMatchObject(full);
    expect(await traces()).toEqual(before);
  });

  test('other writes and reads of stored files succeed while the disk is full', async () => {
    const media = await makeMedia(masthead);
    await writeFile(filler, Buffer.alloc(DISK_BYTES)).catch(() => {});
    expect(await upload(await drawImage('png', 2))).toMatchObject(full);
    expect(await masthead.as('author').patch(`/admin/v1/media/${media.id}`, { alt: 'x' })).toMatchObject({
      status: 200,
    });
    expect((await makeNewsletter(masthead)).id).toEqual(expect.any(String));
    expect((await masthead.anonymous.get(new URL(media.url).pathname)).status).toBe(200);
    expect((await masthead.as('author').delete(`/admin/v1/media/${media.id}`)).status).toBe(204);
  });

  test('an upload succeeds once there is free space again', async () => {
    await writeFile(filler, Buffer.alloc(DISK_BYTES)).catch(() => {});
    const bytes = await drawImage('png', 3);
    expect(await upload(bytes)).toMatchObject(full);
    await rm(filler);
    expect((await upload(bytes)).status).toBe(201);
  });

  async function usedBytes(): Promise<number> {
    const names = await readdir(disk.directory, { recursive: true, withFileTypes: true });
    const files = names.filter((entry) => entry.isFile());
    const sizes = await Promise.all(
      files.map(async (entry) => (await readFile(join(entry.parentPath, entry.name))).length),
    );
    return sizes.reduce((sum, size) => sum + Math.ceil(size / 4096) * 4096, 0);
  }
});
