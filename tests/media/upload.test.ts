import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeMedia, sendForm } from '../support/factories.ts';
import { formOf } from './forms.ts';
import { drawImage, FORMATS } from './images.ts';

const masthead = useMasthead();
const media = '/admin/v1/media';

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const upload = (form: FormData) => sendForm(masthead.as('author'), media, form);

describe('image uploads', () => {
  test.each(FORMATS)('a $format is stored with the properties read from its bytes', async (kind) => {
    const bytes = await drawImage(kind.format);
    const answer = await upload(formOf(['file', [bytes, `figure.${kind.extension}`, kind.mimeType]]));
    expect(answer).toMatchObject({
      status: 201,
      headers: { etag: '"1"', location: `${media}/${answer.body.id}`, 'cache-control': 'no-store' },
    });
    const fileName = answer.body.url.replace('http://masthead.test/media/', '');
    expect(fileName).toMatch(new RegExp(`^[0-9a-f]{16}-[0-9a-f]{24}\\.${kind.extension}$`));
    const stored = await readFile(join(masthead.mediaDirectory, fileName));
    expect(answer.body).toMatchObject({
      mimeType: kind.mimeType,
      size: stored.length,
      width: 60,
      height: 40,
      frames: 1,
      sha256: hashOf(stored),
      sourceSha256: hashOf(bytes),
      originalName: `figure.${kind.extension}`,
      alt: null,
      caption: null,
      credit: null,
      focalPoint: null,
      tags: [],
      language: null,
      variants: 'pending',
      revision: 1,
    });
    expect(fileName).toContain(answer.body.sha256.slice(0, 16));
    expect((await sharp(stored).metadata()).format).toBe(kind.format === 'avif' ? 'heif' : kind.format);
  });

  test('the type is detected from the bytes, not from the declared name and type', async () => {
    const bytes = await drawImage('gif', 1);
    const { body } = await upload(formOf(['file', [bytes, 'figure.png', 'image/png']]));
    expect(body).toMatchObject({ mimeType: 'image/gif', originalName: 'figure.png' });
    expect(body.url).toMatch(/\.gif$/);
  });

  test('width and height are those of the upright image', async () => {
    const bytes = await sharp(await drawImage('jpeg'))
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const { body } = await upload(formOf(['file', [bytes, 'phone.jpg']]));
    expect(body).toMatchObject({ width: 40, height: 60 });
  });

  test.each([
    [1, 201],
    [2, 415],
  ])('a PNG with an animation of %d frames is answered with %d', async (frames, status) => {
    const plain = await drawImage('png', 7);
    // An acTL chunk before the pixels is all that makes a PNG an animated PNG.
    const control = Buffer.from('0000000861635444c00000000100000000b42de9a0', 'hex');
    control.write('acTL', 4, 'latin1');
    control.writeUInt32BE(frames, 8);
    const bytes = Buffer.concat([plain.subarray(0, 33), control.subarray(0, 20), plain.subarray(33)]);
    expect(await upload(formOf(['file', [bytes, `moving-${frames}.png`]]))).toMatchObject({ status });
  });

  test('text fields may come before and after the file', async () => {
    const file = async (seed: number): Promise<[string, [Buffer<ArrayBuffer>]]> => [
      'file',
      [await drawImage('png', seed)],
    ];
    const words: [string, string][] = [
      ['alt', 'Zwei Kästen 📦'],
      ['caption', 'At a glance'],
      ['creditText', 'Ada Example'],
      ['creditUrl', 'https://example.org/ada'],
      ['creditLicence', 'CC-BY-4.0'],
    ];
    const expected = {
      alt: 'Zwei Kästen 📦',
      caption: 'At a glance',
      credit: { text: 'Ada Example', url: 'https://example.org/ada', licence: 'CC-BY-4.0' },
    };
    expect((await upload(formOf(...words, await file(2)))).body).toMatchObject(expected);
    expect((await upload(formOf(await file(3), ...words))).body).toMatchObject(expected);
    const [first, ...rest] = words;
    expect((await upload(formOf(first ?? ['alt', ''], await file(4), ...rest))).body).toMatchObject(expected);
  });

  test('a missing alt text is stored as null and an empty one as an empty string', async () => {
    expect(await makeMedia(masthead)).toMatchObject({ alt: null });
    expect(await makeMedia(masthead, { alt: '' })).toMatchObject({ alt: '' });
  });

  test('a credit may consist of a text only', async () => {
    const stored = await makeMedia(masthead, { creditText: 'Ada Example' });
    expect(stored.credit).toEqual({ text: 'Ada Example', url: null, licence: null });
  });
});
