import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { chooseRange } from '../../../src/modules/media/serving/choose-range.ts';
import { useMasthead } from '../../support/app.ts';
import { putMedia, putRendering } from './stored-files.ts';

const masthead = useMasthead();

const get = (url: string, headers = {}) => masthead.app.inject({ url, headers });

/** The files of these tests have 1000 bytes. */
describe('ranges of files', () => {
  test.each([
    ['bytes=0-0', 0, 0],
    ['bytes=0-499', 0, 499],
    ['bytes=500-', 500, 999],
    ['bytes=999-', 999, 999],
    ['bytes=0-', 0, 999],
    ['bytes=-1', 999, 999],
    ['bytes=-300', 700, 999],
    ['bytes=-1000', 0, 999],
    ['bytes=-5000', 0, 999],
    [`bytes=-${'9'.repeat(400)}`, 0, 999],
    ['bytes=900-5000', 900, 999],
    [`bytes=900-${'9'.repeat(400)}`, 900, 999],
    ['bytes= 10-19', 10, 19],
    ['BYTES=10-19', 10, 19],
  ])('"Range: %s" returns the bytes %i to %i', async (range, start, end) => {
    const { path, bytes, fileName } = await putMedia(masthead, 'mp3');
    const answer = await get(path, { range });
    expect(answer.statusCode).toBe(206);
    expect(answer.rawPayload.equals(bytes.subarray(start, end + 1))).toBe(true);
    expect(answer.headers).toMatchObject({
      'content-range': `bytes ${start}-${end}/1000`,
      'content-length': String(end - start + 1),
      'content-type': 'audio/mpeg',
      'cache-control': 'public, max-age=31536000, immutable',
      etag: `"${fileName}"`,
      'accept-ranges': 'bytes',
    });
  });

  test.each(['bytes=1000-', 'bytes=1000-1001', 'bytes=-0', `bytes=${'9'.repeat(400)}-`])(
    '"Range: %s" returns 416 and the size',
    async (range) => {
      const { path } = await putMedia(masthead, 'mp3');
      const answer = await get(path, { range });
      expect(answer.statusCode).toBe(416);
      expect(answer.headers).toMatchObject({
        'content-range': 'bytes */1000',
        'content-type': 'application/problem+json',
        'cache-control': 'no-store',
      });
      expect(answer.headers).not.toHaveProperty('etag');
      expect(answer.json()).toMatchObject({
        type: 'http://masthead.test/problems/range-not-satisfiable',
        status: 416,
      });
    },
  );

  test.each([
    'bytes=0-1,4-5',
    'bytes=0-1,5000-',
    'bytes=5-2',
    'bytes=-',
    'bytes=',
    'bytes',
    'bytes=a-b',
    'bytes=1.5-2',
    'bytes=--5',
    'bytes=0x0-0x9',
    'items=0-1',
    'items=5000-',
    '',
  ])('"Range: %s" is ignored because it is invalid or has several parts', async (range) => {
    const { path, bytes } = await putMedia(masthead, 'mp3');
    const answer = await get(path, { range });
    expect(answer.statusCode).toBe(200);
    expect(answer.rawPayload.equals(bytes)).toBe(true);
    expect(answer.headers).not.toHaveProperty('content-range');
  });

  test('only the requested range is read from the storage', async () => {
    const { path, fileName } = await putMedia(masthead, 'mp3');
    const open = vi.spyOn(masthead.media.storage, 'open');
    await get(path, { range: 'bytes=10-19' });
    await get(path, { range: 'bytes=10-19', 'if-none-match': '*' });
    await get(path, { range: 'bytes=1000-' });
    await masthead.app.inject({ method: 'HEAD', url: path });
    expect(open.mock.calls).toEqual([[fileName, { start: 10, end: 19 }]]);
    open.mockRestore();
  });

  test('consecutive ranges make up the whole file', async () => {
    const { path, bytes } = await putMedia(masthead, 'mp3');
    const parts = [];
    for (let start = 0; start < 1000; start += 300) {
      parts.push((await get(path, { range: `bytes=${start}-${start + 299}` })).rawPayload);
    }
    expect(Buffer.concat(parts).equals(bytes)).toBe(true);
  });

  test('If-None-Match takes precedence over Range', async () => {
    const { path } = await putMedia(masthead, 'mp3');
    for (const range of ['bytes=0-9', 'bytes=1000-']) {
      expect((await get(path, { range, 'if-none-match': '*' })).statusCode).toBe(304);
      expect((await get(path, { range, 'if-none-match': '"other"' })).statusCode).not.toBe(304);
    }
  });

  test('HEAD ignores Range', async () => {
    const { path } = await putMedia(masthead, 'mp3');
    for (const range of ['bytes=0-9', 'bytes=1000-']) {
      const answer = await masthead.app.inject({ method: 'HEAD', url: path, headers: { range } });
      expect(answer.statusCode).toBe(200);
      expect(answer.headers).toMatchObject({ 'content-length': '1000', 'accept-ranges': 'bytes' });
      expect(answer.headers).not.toHaveProperty('content-range');
    }
  });

  test('a range of a rendition is served, and of the original while the rendition is missing', async () => {
    const file = await putMedia(masthead, 'jpg');
    const range = 'bytes=-100';
    const standIn = await get(`${file.path}.640.avif`, { range });
    expect(standIn.statusCode).toBe(206);
    expect(standIn.headers).toMatchObject({
      'content-range': 'bytes 900-999/1000',
      'cache-control': 'public, max-age=60',
    });
    const bytes = await putRendering(masthead, file, `${file.fileName}.640.avif`);
    const rendition = await get(`${file.path}.640.avif`, { range });
    expect(rendition.headers['content-range']).toBe('bytes 400-499/500');
    expect(rendition.rawPayload.equals(bytes.subarray(400))).toBe(true);
  });
});

describe('If-Range', () => {
  test('a range is served when If-Range matches, and the whole file otherwise', async () => {
    const { path, fileName } = await putMedia(masthead, 'mp3');
    const statusOf = async (ifRange: string, range = 'bytes=0-9') =>
      (await get(path, { range, 'if-range': ifRange })).statusCode;
    expect(await statusOf(`"${fileName}"`)).toBe(206);
    expect(await statusOf(`W/"${fileName}"`)).toBe(200);
    expect(await statusOf('"other"')).toBe(200);
    expect(await statusOf(`"other", "${fileName}"`)).toBe(200);
    expect(await statusOf('*')).toBe(200);
    expect(await statusOf('Wed, 21 Oct 2099 07:28:00 GMT')).toBe(200);
    expect(await statusOf('"other"', 'bytes=1000-')).toBe(200);
    expect(await statusOf(`"${fileName}"`, 'bytes=1000-')).toBe(416);
  });

  test('the whole rendition is served when If-Range has the ETag of the original', async () => {
    const file = await putMedia(masthead, 'jpg');
    const address = `${file.path}.640.avif`;
    const first = await get(address, { range: 'bytes=0-99' });
    const bytes = await putRendering(masthead, file, `${file.fileName}.640.avif`);
    const rest = await get(address, { range: 'bytes=100-', 'if-range': String(first.headers.etag) });
    expect(rest.statusCode).toBe(200);
    expect(rest.rawPayload.equals(bytes)).toBe(true);
  });
});

test('the chosen range never exceeds the file, whatever the header', () => {
  const position = fc.oneof(fc.constant(''), fc.nat(30).map(String), fc.string({ unit: 'grapheme-ascii' }));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), position, position, (size, first, last) => {
      const chosen = chooseRange({ range: `bytes=${first}-${last}` }, '"a"', size);
      if (chosen === null || chosen === 'unsatisfiable') return;
      expect(chosen.start).toBeGreaterThanOrEqual(0);
      expect(chosen.end).toBeGreaterThanOrEqual(chosen.start);
      expect(chosen.end).toBeLessThan(size);
    }),
  );
});
