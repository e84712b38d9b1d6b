import { describe, expect, test } from 'vitest';
import { useMasthead } from '../../support/app.ts';
import { putMedia, putRendering, type StoredFile } from './stored-files.ts';

const masthead = useMasthead();

const get = (url: string, headers = {}) => masthead.app.inject({ url, headers });

/** The crop size that the test app is configured with. */
const CROP = '?w=40&h=20&fit=cover';

async function putCrops(file: StoredFile, focal: string, extensions: string[]) {
  const crops: Record<string, Buffer> = {};
  for (const extension of extensions) {
    crops[extension] = await putRendering(masthead, file, `${file.fileName}.40x20-${focal}.${extension}`);
  }
  return crops;
}

describe('crops', () => {
  test.each([
    [undefined, 'jpg'],
    ['*/*', 'jpg'],
    ['image/*,*/*;q=0.8', 'jpg'],
    ['image/png,image/svg+xml', 'jpg'],
    ['image/avif,image/webp,image/apng,image/*,*/*;q=0.8', 'avif'],
    ['image/webp,*/*', 'webp'],
    ['image/webp,image/avif;q=0.5', 'avif'],
    ['image/AVIF', 'avif'],
    ['image/avif;q=0, image/webp', 'webp'],
    ['image/avif;q=0.000,image/webp ; q=0', 'jpg'],
    ['image/avifx', 'jpg'],
  ])('with "Accept: %s" a crop is served as %s', async (accept, extension) => {
    const file = await putMedia(masthead, 'jpg');
    const crops = await putCrops(file, '50-50', ['avif', 'webp', 'jpg']);
    const answer = await get(`${file.path}${CROP}`, accept === undefined ? {} : { accept });
    expect(answer.statusCode).toBe(200);
    expect(answer.rawPayload).toEqual(crops[extension]);
    expect(answer.headers).toMatchObject({
      'content-type': `image/${extension === 'jpg' ? 'jpeg' : extension}`,
      'cache-control': 'public, max-age=3600',
      vary: 'Accept',
      etag: `"${file.fileName}.40x20-50-50.${extension}"`,
    });
  });

  test('a crop of a transparent image is served as PNG by default', async () => {
    const file = await putMedia(masthead, 'webp', {}, { hasAlpha: true });
    const { png } = await putCrops(file, '50-50', ['avif', 'webp', 'png']);
    expect((await get(`${file.path}${CROP}`)).rawPayload).toEqual(png);
  });

  test('a crop uses the focal point of the oldest media that share the file', async () => {
    const file = await putMedia(masthead, 'jpg', { focalX: 40, focalY: 25 });
    const { prisma } = masthead.database;
    await prisma.media.create({ data: { fileId: file.id, focalX: 90, focalY: 90 } });
    const { jpg } = await putCrops(file, '40-25', ['jpg']);
    await putCrops(file, '90-90', ['jpg']);
    await putCrops(file, '50-50', ['jpg']);
    expect((await get(`${file.path}${CROP}`)).rawPayload).toEqual(jpg);
  });

  test('the original is served for a minute while the crop around a new focal point is missing', async () => {
    const file = await putMedia(masthead, 'jpg', { focalX: 40, focalY: 25 });
    await putCrops(file, '40-25', ['jpg']);
    const client = masthead.as('author');
    const moved = await client.patch(`/admin/v1/media/${file.mediaId}`, { focalPoint: { x: 0.1, y: 0.2 } });
    expect(moved.status).toBe(200);
    const before = await get(`${file.path}${CROP}`);
    expect(before.rawPayload.equals(file.bytes)).toBe(true);
    expect(before.headers).toMatchObject({
      'cache-control': 'public, max-age=60',
      'content-type': 'image/jpeg',
      etag: `"${file.fileName}"`,
      vary: 'Accept',
    });
    const { jpg } = await putCrops(file, '10-20', ['jpg']);
    expect((await get(`${file.path}${CROP}`)).rawPayload).toEqual(jpg);
  });

  test('a crop is served in the next best format when the best one is missing', async () => {
    const file = await putMedia(masthead, 'jpg');
    const { webp } = await putCrops(file, '50-50', ['webp', 'jpg']);
    const answer = await get(`${file.path}${CROP}`, { accept: 'image/avif,image/webp' });
    expect(answer.rawPayload).toEqual(webp);
  });

  test('a crop supports If-None-Match, Range and HEAD', async () => {
    const file = await putMedia(masthead, 'jpg');
    const { jpg } = await putCrops(file, '50-50', ['jpg']);
    const address = `${file.path}${CROP}`;
    const etag = String((await get(address)).headers.etag);
    const known = await get(address, { 'if-none-match': etag });
    expect(known.statusCode).toBe(304);
    expect(known.headers).toMatchObject({ etag, vary: 'Accept', 'cache-control': 'public, max-age=3600' });
    const part = await get(address, { range: 'bytes=100-199', 'if-range': etag });
    expect(part.statusCode).toBe(206);
    expect(part.rawPayload).toEqual(jpg?.subarray(100, 200));
    const described = await masthead.app.inject({ method: 'HEAD', url: address });
    expect(described.headers).toMatchObject({ etag, 'content-length': '500', vary: 'Accept' });
  });

  test('unknown query parameters are ignored, beside a crop and alone', async () => {
    const file = await putMedia(masthead, 'jpg');
    const { jpg } = await putCrops(file, '50-50', ['jpg']);
    expect((await get(`${file.path}${CROP}&quality=1&v=2`)).rawPayload).toEqual(jpg);
    expect((await get(`${file.path}?x=1&v=2`)).rawPayload).toEqual(file.bytes);
    const described = await masthead.app.inject({ method: 'HEAD', url: `${file.path}?x=1` });
    expect(described.headers['content-length']).toBe(String(file.bytes.length));
  });

  test('the query parameters of a crop may come in any order', async () => {
    const { path } = await putMedia(masthead, 'jpg');
    expect((await get(`${path}?fit=cover&h=20&w=40`)).statusCode).toBe(200);
  });
});

describe('files that are not cropped', () => {
  test.each([
    ['an SVG', 'svg', {}],
    ['an animation', 'gif', { frames: 2 }],
    ['an audio file', 'm4a', {}],
    ['a PDF', 'pdf', {}],
  ] as const)('the crop query serves %s unchanged', async (_case, extension, facts) => {
    const { path, bytes, fileName } = await putMedia(masthead, extension, {}, facts);
    const answer = await get(`${path}${CROP}`);
    expect(answer.statusCode).toBe(200);
    expect(answer.rawPayload.equals(bytes)).toBe(true);
    expect(answer.headers).toMatchObject({
      'cache-control': 'public, max-age=3600',
      etag: `"${fileName}"`,
    });
  });
});

describe('refused crop queries', () => {
  test.each([
    ['a size that is not configured', 'w=41&h=20&fit=cover', '/w'],
    ['a size with width and height swapped', 'w=20&h=40&fit=cover', '/w'],
    ['only a width', 'w=40', '/w'],
    ['a size without a fit', 'w=40&h=20', '/w'],
    ['a fit without a size', 'fit=cover', '/w'],
    ['an unknown fit', 'w=40&h=20&fit=contain', '/fit'],
    ['a size in exponent notation', 'w=4e1&h=20&fit=cover', '/w'],
    ['a size with a leading zero', 'w=040&h=20&fit=cover', '/w'],
    ['a negative size', 'w=-40&h=20&fit=cover', '/w'],
    ['a repeated width', 'w=40&w=40&h=20&fit=cover', '/w'],
  ])('a query with %s is refused', async (_case, query, pointer) => {
    const { path } = await putMedia(masthead, 'jpg');
    for (const method of ['GET', 'HEAD'] as const) {
      const answer = await masthead.app.inject({ method, url: `${path}?${query}` });
      expect(answer.statusCode).toBe(400);
      expect(answer.headers['cache-control']).toBe('no-store');
    }
    expect((await get(`${path}?${query}`)).json().errors).toMatchObject([{ pointer, in: 'query' }]);
  });

  test('a crop of a rendition returns 404', async () => {
    const file = await putMedia(masthead, 'jpg');
    await putRendering(masthead, file, `${file.fileName}.640.avif`);
    expect((await get(`${file.path}.640.avif${CROP}`)).statusCode).toBe(404);
  });
});
