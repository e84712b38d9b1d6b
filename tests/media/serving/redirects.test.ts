import { afterEach, describe, expect, test, vi } from 'vitest';
import { useMasthead } from '../../support/app.ts';
import { putBytes, putFile, putMedia, putRendering } from './stored-files.ts';

const masthead = useMasthead();

const get = (url: string, headers = {}, method: 'GET' | 'HEAD' = 'GET') =>
  masthead.app.inject({ method, url, headers });

const addressOf = (fileName: string) => `https://cdn.example.com/${fileName}?signed`;

/** Makes the storage offer public URLs that are valid for `seconds`. */
function offerUrls(seconds = 900) {
  const { storage } = masthead.media;
  vi.spyOn(storage, 'directUrlOf').mockImplementation(async (fileName) => ({
    url: addressOf(fileName),
    seconds,
  }));
  return { open: vi.spyOn(storage, 'open'), stat: vi.spyOn(storage, 'stat') };
}

afterEach(() => vi.restoreAllMocks());

describe('redirects to the storage', () => {
  test.each(['png', 'jpg', 'webp', 'gif', 'avif', 'mp3', 'm4a', 'pdf'] as const)(
    'a %s file is redirected to the storage',
    async (extension) => {
      const { path, fileName } = await putMedia(masthead, extension);
      const { open, stat } = offerUrls();
      const answer = await get(path);
      expect(answer.statusCode).toBe(302);
      expect(answer.rawPayload).toHaveLength(0);
      expect(answer.headers).toMatchObject({
        location: addressOf(fileName),
        'cache-control': 'public, max-age=450',
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
      });
      expect(answer.headers).not.toHaveProperty('etag');
      expect(open).not.toHaveBeenCalled();
      expect(stat).not.toHaveBeenCalled();
      // The URL is signed for GET only.
      const head = await get(path, {}, 'HEAD');
      expect(head.statusCode).toBe(200);
      expect(head.headers.etag).toBe(`"${fileName}"`);
    },
  );

  test('an SVG is not redirected but served with its content security policy', async () => {
    const { path, bytes } = await putMedia(masthead, 'svg');
    offerUrls();
    const answer = await get(path);
    expect(answer.statusCode).toBe(200);
    expect(answer.rawPayload.equals(bytes)).toBe(true);
    expect(answer.headers['content-security-policy']).toContain('sandbox');
  });

  test.each([
    [10, 5],
    [1, 0],
    [3_600, 1_800],
    [604_800, 3_600],
  ])('a redirect to a URL valid for %i s is cached for %i s', async (seconds, maxAge) => {
    const { path } = await putMedia(masthead, 'png');
    offerUrls(seconds);
    expect((await get(path)).headers['cache-control']).toBe(`public, max-age=${maxAge}`);
  });

  test('requests with conditions and ranges are redirected', async () => {
    const { path } = await putMedia(masthead, 'mp3');
    offerUrls();
    for (const headers of [{ 'if-none-match': '*' }, { range: 'bytes=0-9' }, { range: 'bytes=5000-' }]) {
      expect((await get(path, headers)).statusCode).toBe(302);
    }
  });

  test('a rendition is redirected to itself once it exists, and to the original until then', async () => {
    const file = await putMedia(masthead, 'jpg');
    const fileName = `${file.fileName}.640.avif`;
    offerUrls();
    const before = await get(`/media/${fileName}`);
    expect(before.headers).toMatchObject({
      location: addressOf(file.fileName),
      'cache-control': 'public, max-age=60',
    });
    await putRendering(masthead, file, fileName);
    const after = await get(`/media/${fileName}`);
    expect(after.headers).toMatchObject({
      location: addressOf(fileName),
      'cache-control': 'public, max-age=450',
    });
  });

  test('a crop is not redirected, because it is removed when the focal point moves', async () => {
    const file = await putMedia(masthead, 'jpg');
    const fileName = `${file.fileName}.40x20-50-50`;
    for (const extension of ['avif', 'jpg']) await putRendering(masthead, file, `${fileName}.${extension}`);
    offerUrls();
    const crop = `${file.path}?w=40&h=20&fit=cover`;
    const plain = await get(crop);
    expect(plain.statusCode).toBe(200);
    expect(plain.headers).toMatchObject({ etag: `"${fileName}.jpg"`, vary: 'Accept' });
    const named = await get(crop, { accept: 'image/avif' });
    expect(named.headers).toMatchObject({ etag: `"${fileName}.avif"`, vary: 'Accept' });
  });

  test('a file without a row, an unplanned rendition and an unknown crop are not redirected', async () => {
    const { path } = await putMedia(masthead, 'jpg');
    const { fileName, id, bytes } = await putFile(masthead, 'png');
    await masthead.database.prisma.mediaFile.delete({ where: { id } });
    await putBytes(masthead, fileName, bytes);
    offerUrls();
    expect((await get(`/media/${fileName}`)).statusCode).toBe(404);
    expect((await get(`${path}.641.avif`)).statusCode).toBe(404);
    expect((await get(`${path}?w=1&h=1&fit=cover`)).statusCode).toBe(400);
  });
});
