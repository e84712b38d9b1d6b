import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { planRenditions } from '../../../src/modules/media/renditions/plan-renditions.ts';
import { useMasthead } from '../../support/app.ts';
import { putMedia, putRendering } from './stored-files.ts';

const masthead = useMasthead();

const get = (url: string, headers = {}) => masthead.app.inject({ url, headers });

describe('existing renditions', () => {
  test.each([
    ['640.avif', 'image/avif'],
    ['1920.webp', 'image/webp'],
    ['320.jpg', 'image/jpeg'],
  ])('the rendition %s is served as immutable %s', async (ending, mimeType) => {
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

  test('a rendition that is no longer planned is still served for old editions', async () => {
    const file = await putMedia(masthead, 'jpg');
    const bytes = await putRendering(masthead, file, `${file.fileName}.800.avif`);
    expect((await get(`${file.path}.800.avif`)).rawPayload.equals(bytes)).toBe(true);
  });

  test('the original is served when the storage has lost the rendition', async () => {
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

  test('a rendition returns 404 once the row of its file is deleted', async () => {
    const file = await putMedia(masthead, 'jpg');
    await putRendering(masthead, file, `${file.fileName}.640.avif`);
    await masthead.database.prisma.media.delete({ where: { id: file.mediaId } });
    await masthead.database.prisma.mediaFile.delete({ where: { id: file.id } });
    expect((await get(`${file.path}.640.avif`)).statusCode).toBe(404);
  });
});

describe('renditions that do not exist yet', () => {
  test('the original is served for a minute in place of every planned rendition', async () => {
    const file = await putMedia(masthead, 'jpg');
    const planned = planRenditions(file);
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

  test('the original is served when rendering the rendition has failed for good', async () => {
    const file = await putMedia(masthead, 'png', {}, { renditionsTries: 5 });
    const answer = await get(`${file.path}.640.avif`);
    expect(answer.statusCode).toBe(200);
    expect(answer.rawPayload.equals(file.bytes)).toBe(true);
  });

  test('a rendition replaces the original as soon as it exists', async () => {
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

describe('renditions that are never made', () => {
  test.each([
    ['a rendition with an unplanned width', 'jpg', '641.avif'],
    ['a rendition that is too wide', 'jpg', '2000.avif'],
    ['a rendition with a width of zero', 'jpg', '0.avif'],
    ['a rendition whose width has a leading zero', 'jpg', '0640.avif'],
    ['a PNG rendition of a JPEG', 'jpg', '640.png'],
    ['a GIF rendition', 'jpg', '640.gif'],
    ['a PDF rendition', 'jpg', '640.pdf'],
    ['a crop requested by its file name', 'jpg', '40x20-50-50.jpg'],
    ['a rendition of a rendition', 'jpg', '640.avif.320.avif'],
    ['a rendition of an SVG', 'svg', '640.avif'],
    ['a rendition of an audio file', 'mp3', '640.avif'],
  ] as const)('%s returns 404', async (_case, extension, ending) => {
    const { path } = await putMedia(masthead, extension);
    expect((await get(path)).statusCode).toBe(200);
    expect((await get(`${path}.${ending}`)).statusCode).toBe(404);
  });

  test('a rendition wider than the image and an AVIF rendition of an animation return 404', async () => {
    const small = await putMedia(masthead, 'png', {}, { width: 500, height: 400 });
    const moving = await putMedia(masthead, 'gif', {}, { frames: 3 });
    expect((await get(`${small.path}.500.avif`)).statusCode).toBe(200);
    expect((await get(`${small.path}.640.avif`)).statusCode).toBe(404);
    expect((await get(`${moving.path}.640.webp`)).statusCode).toBe(200);
    expect((await get(`${moving.path}.640.avif`)).statusCode).toBe(404);
  });
});
