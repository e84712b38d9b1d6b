import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { planVariants } from '../../../src/modules/media/renditions/plan-variants.ts';
import { useMasthead } from '../../support/app.ts';
import { putMedia, putRendering } from './stored-files.ts';

const masthead = useMasthead();

const get = (url: string, headers = {}) => masthead.app.inject({ url, headers });

describe('A variant that is made', () => {
  test.each([
    ['640.avif', 'image/avif'],
    ['1920.webp', 'image/webp'],
    ['320.jpg', 'image/jpeg'],
  ])('is served for ever under its own name: %s', async (ending, mimeType) => {
    const file = await putMedia(masthead, 'jpg');
    const fileName = `${file.fileName}.${ending}`;
    const bytes = await putRendering(masthead, file, fileName);
    const answer = await get(`/media/${fileName}`);
    expect(answer.statusCode).toBe(200);
    expect(answer.rawPayload.equals(bytes)).toBe(true);
    expect(answer.headers).toMatchObject({
      'content-type': mimeType,
      'content-length': '500',
      'cache-control': 'public, max-age=31536000, immutable',
      etag: `"${fileName}"`,
    });
    const known = await get(`/media/${fileName}`, { 'if-none-match': `"${fileName}"` });
    expect(known.statusCode).toBe(304);
  });

  test('is served though it is not planned any more, for the editions that name it', async () => {
    const file = await putMedia(masthead, 'jpg');
    const bytes = await putRendering(masthead, file, `${file.fileName}.800.avif`);
    expect((await get(`${file.path}.800.avif`)).rawPayload.equals(bytes)).toBe(true);
  });

  test('gives way to the file itself where the storage has lost it', async () => {
    const file = await putMedia(masthead, 'jpg');
    const fileName = `${file.fileName}.640.avif`;
    await putRendering(masthead, file, fileName);
    await rm(join(masthead.mediaDirectory, fileName));
    for (const method of ['GET', 'HEAD'] as const) {
      const answer = await masthead.app.inject({ method, url: `/media/${fileName}` });
      expect(answer.statusCode).toBe(200);
      expect(answer.headers).toMatchObject({
        'content-type': 'image/jpeg',
        'cache-control': 'public, max-age=60',
        etag: `"${file.fileName}"`,
      });
    }
  });

  test('is not there once the row of its file is gone', async () => {
    const file = await putMedia(masthead, 'jpg');
    await putRendering(masthead, file, `${file.fileName}.640.avif`);
    await masthead.database.prisma.media.delete({ where: { id: file.mediaId } });
    await masthead.database.prisma.mediaFile.delete({ where: { id: file.id } });
    expect((await get(`${file.path}.640.avif`)).statusCode).toBe(404);
  });
});

describe('A variant that is not made yet', () => {
  test('is never a broken link: the file itself is served, for a minute', async () => {
    const file = await putMedia(masthead, 'jpg');
    const planned = planVariants(file);
    expect(planned).toHaveLength(15);
    for (const { fileName } of planned) {
      const answer = await get(`/media/${fileName}`);
      expect(answer.statusCode).toBe(200);
      expect(answer.rawPayload.equals(file.bytes)).toBe(true);
      expect(answer.headers).toMatchObject({
        'content-type': 'image/jpeg',
        'cache-control': 'public, max-age=60',
        etag: `"${file.fileName}"`,
      });
    }
  });

  test('is never one either when making it failed for good', async () => {
    const file = await putMedia(masthead, 'png', {}, { variantsTries: 5 });
    const answer = await get(`${file.path}.640.avif`);
    expect(answer.statusCode).toBe(200);
    expect(answer.rawPayload.equals(file.bytes)).toBe(true);
  });

  test('takes over from the file as soon as it is made', async () => {
    const file = await putMedia(masthead, 'jpg');
    const address = `${file.path}.640.avif`;
    const etag = String((await get(address)).headers.etag);
    expect((await get(address, { 'if-none-match': etag })).statusCode).toBe(304);
    const bytes = await putRendering(masthead, file, `${file.fileName}.640.avif`);
    const answer = await get(address, { 'if-none-match': etag });
    expect(answer.statusCode).toBe(200);
    expect(answer.rawPayload.equals(bytes)).toBe(true);
  });
});

describe('A variant that never will be', () => {
  test.each([
    ['of a width that nobody planned', 'jpg', '641.avif'],
    ['wider than any', 'jpg', '2000.avif'],
    ['of no width', 'jpg', '0.avif'],
    ['of a width written otherwise', 'jpg', '0640.avif'],
    ['in a format that it is not made in', 'jpg', '640.png'],
    ['in a format of which there are no variants', 'jpg', '640.gif'],
    ['in a format that is no image', 'jpg', '640.pdf'],
    ['a crop by its name', 'jpg', '40x20-50-50.jpg'],
    ['of a variant', 'jpg', '640.avif.320.avif'],
    ['of an SVG', 'svg', '640.avif'],
    ['of a recording', 'mp3', '640.avif'],
  ] as const)('is not found: %s', async (_case, extension, ending) => {
    const { path } = await putMedia(masthead, extension);
    expect((await get(path)).statusCode).toBe(200);
    expect((await get(`${path}.${ending}`)).statusCode).toBe(404);
  });

  test('is not found: wider than the image, or of what moves in a format for stills', async () => {
    const small = await putMedia(masthead, 'png', {}, { width: 500, height: 400 });
    const moving = await putMedia(masthead, 'gif', {}, { frames: 3 });
    expect((await get(`${small.path}.500.avif`)).statusCode).toBe(200);
    expect((await get(`${small.path}.640.avif`)).statusCode).toBe(404);
    expect((await get(`${moving.path}.640.webp`)).statusCode).toBe(200);
    expect((await get(`${moving.path}.640.avif`)).statusCode).toBe(404);
  });
});
