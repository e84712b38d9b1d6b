import { readFile } from 'node:fs/promises';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { claimPngSize, drawImage, FORMATS } from '../images.ts';
import { animation, blankPng, photograph, withChunk, withSegment } from './make-images.ts';
import { useImages } from './use-images.ts';

const images = useImages();

const SCRIPT = '<script>alert(1)</script>';
const ZIP = Buffer.from('504b0304140000000000', 'hex');

/** Mebibytes that the process of the uploads had at most. Linux tells. */
async function peakMemory(): Promise<number> {
  const status = await readFile(`/proc/${images.pids.at(-1)}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

describe('A file with something else in it comes out without:', () => {
  test.each(FORMATS)('a $format with a page and an archive behind its end', async ({ format }) => {
    const bytes = Buffer.concat([await drawImage(format), Buffer.from(SCRIPT), ZIP]);
    const cleaned = await images.cleanBytes(bytes);
    expect(cleaned.bytes.includes(SCRIPT)).toBe(false);
    expect(cleaned.bytes.includes(ZIP)).toBe(false);
    expect(cleaned).toMatchObject({ width: 60, height: 40 });
  });

  test.each(['gif', 'webp'] as const)('an animated %s with a page behind its end', async (format) => {
    const cleaned = await images.cleanBytes(Buffer.concat([await animation(format), Buffer.from(SCRIPT)]));
    expect(cleaned.bytes.includes(SCRIPT)).toBe(false);
    expect(cleaned).toMatchObject({ frames: 4 });
  });

  test('a JPEG with a script in a comment and in segments of programs', async () => {
    let bytes: Buffer = await drawImage('jpeg');
    for (const marker of [0xfe, 0xe3, 0xef])
      bytes = withSegment(bytes, marker, Buffer.from(`=1;/*${SCRIPT}*/`));
    expect((await images.cleanBytes(bytes)).bytes.includes('script')).toBe(false);
  });

  test('a PNG with a script in its texts and in chunks that nobody knows', async () => {
    let bytes: Buffer = await drawImage('png');
    bytes = withChunk(bytes, 'tEXt', `Comment\0${SCRIPT}`);
    bytes = withChunk(bytes, 'zTXt', Buffer.concat([Buffer.from('Comment\0\0'), deflateSync(SCRIPT)]));
    bytes = withChunk(bytes, 'scRp', SCRIPT);
    const cleaned = await images.cleanBytes(bytes);
    expect(cleaned.bytes.includes('script')).toBe(false);
    expect(cleaned.bytes.includes('Comment')).toBe(false);
  });

  test('a GIF that is also a script: in comments, in blocks of programs and behind the pixels of a frame', async () => {
    const plain = await animation('gif');
    const block = Buffer.from(`*/=alert(1);/*${SCRIPT}`);
    const comment = Buffer.concat([Buffer.of(0x21, 0xfe, block.length), block, Buffer.of(0)]);
    const program = Buffer.concat([
      Buffer.of(0x21, 0xff, 11),
      Buffer.from('XMP DataXMP'),
      Buffer.of(block.length),
      block,
      Buffer.of(0),
    ]);
    // The first frame's pixels: they are followed by one more block, which no decoder reads.
    const image = plain.indexOf(Buffer.of(0x2c, 0, 0, 0, 0));
    const pixels =
      image + 11 + ((plain[image + 9] ?? 0) & 0x80 ? 3 * 2 ** (((plain[image + 9] ?? 0) & 7) + 1) : 0);
    let end = pixels;
    while (plain[end] !== 0) end += (plain[end] ?? 0) + 1;
    const hidden = Buffer.concat([
      plain.subarray(0, end),
      Buffer.of(block.length),
      block,
      plain.subarray(end),
    ]);
    const bytes = Buffer.concat([
      hidden.subarray(0, image - 8),
      comment,
      program,
      hidden.subarray(image - 8),
    ]);
    expect(await sharp(bytes, { animated: true }).metadata()).toMatchObject({ pages: 4 });
    const cleaned = await images.cleanBytes(bytes);
    expect(cleaned.bytes.includes('alert')).toBe(false);
    expect(cleaned.bytes.equals(plain)).toBe(true);
  });

  test('an animated WebP with metadata and chunks that nobody knows', async () => {
    const plain = await animation('webp');
    const chunk = (name: string) =>
      Buffer.concat([Buffer.from(name), Buffer.of(SCRIPT.length + 1, 0, 0, 0), Buffer.from(`${SCRIPT} `)]);
    const bytes = Buffer.concat([plain, chunk('EXIF'), chunk('XMP '), chunk('scrp')]);
    bytes.writeUInt32LE(bytes.length - 8, 4);
    bytes[20] = (bytes[20] ?? 0) | 0x0c;
    expect((await sharp(bytes).metadata()).exif).toBeDefined();
    const cleaned = await images.cleanBytes(bytes);
    expect(cleaned.bytes.equals(plain)).toBe(true);
  });

  test('an animated PNG, of which the first frame is kept', async () => {
    const control = withChunk(await drawImage('png'), 'acTL', Buffer.of(0, 0, 0, 1, 0, 0, 0, 0));
    const cleaned = await images.cleanBytes(control);
    expect(cleaned).toMatchObject({ extension: 'png', frames: 1 });
    expect(cleaned.bytes.includes('acTL')).toBe(false);
  });
});

test('A GIF that claims a huge screen for a small picture has that of the picture', async () => {
  const cleaned = await images.cleanBytes(repeatFrame(1, 20_000, 20_000));
  expect(cleaned.bytes.readUInt16LE(6)).toBe(cleaned.width);
  expect(cleaned.bytes.readUInt16LE(8)).toBe(cleaned.height);
  expect(cleaned.width).toBeLessThan(10);
});

describe('Refused, and what comes next is served:', () => {
  const damaged = { kind: 'invalid', code: 'damaged_image' };

  test.each(FORMATS)('a $format that was cut off', async ({ format }) => {
    const bytes = await drawImage(format);
    await expect(images.cleanBytes(bytes.subarray(0, bytes.length * 0.7))).rejects.toMatchObject(damaged);
  });

  test.each(['gif', 'webp'] as const)('an animated %s that was cut off', async (format) => {
    const bytes = await animation(format);
    await expect(images.cleanBytes(bytes.subarray(0, bytes.length * 0.7))).rejects.toMatchObject(damaged);
  });

  test('an image that begins as another format than its pixels are', async () => {
    const [png, jpeg] = [await drawImage('png'), await drawImage('jpeg')];
    await expect(images.cleanBytes(Buffer.concat([jpeg.subarray(0, 20), png]))).rejects.toMatchObject(
      damaged,
    );
    const webp = Buffer.concat([Buffer.from('RIFF\x80\0\0\0WEBP', 'latin1'), png]);
    await expect(images.cleanBytes(webp)).rejects.toMatchObject(damaged);
  });

  test('an empty file', async () => {
    await expect(images.cleanBytes('')).rejects.toMatchObject({ kind: 'invalid', code: 'empty_file' });
  });

  test.each([
    ['a page', '<!doctype html><script>alert(1)</script>'],
    ['a page that holds a drawing', '<html><svg xmlns="http://www.w3.org/2000/svg"/></html>'],
    ['text', 'just words'],
    ['text before a drawing', 'GET /<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['an archive', ZIP],
    ['a TIFF', Buffer.from('49492a0008000000'.padEnd(400, '0'), 'hex')],
    [
      'a page behind the signature of an MP3',
      Buffer.concat([Buffer.of(0xff, 0xfb), Buffer.from(`${SCRIPT}`.repeat(50))]),
    ],
    [
      'a tag of an MP3 with no sound behind it',
      Buffer.concat([Buffer.from('ID3\u0003\0\0\0\0\0\0'), Buffer.from(SCRIPT)]),
    ],
  ])('%s', async (_kind, bytes) => {
    await expect(images.cleanBytes(bytes)).rejects.toMatchObject({
      kind: 'unsupported',
      code: 'unsupported_media',
      details: { accepted: expect.arrayContaining(['image/svg+xml', 'audio/mpeg', 'application/pdf']) },
    });
  });

  test.runIf(process.platform === 'linux')(
    'images that are too much, by what their headers say and without the memory that they would take',
    async () => {
      await images.cleanBytes(await drawImage('png'));
      const before = await peakMemory();
      await expect(images.cleanBytes(claimPngSize(20_000, 20_000))).rejects.toMatchObject({
        code: 'too_many_pixels',
        details: { width: 20_000, height: 20_000, maxPixels: 50_000_000 },
      });
      // 90 million pixels in some kilobytes.
      const bomb = blankPng(10_000, 9000);
      expect(bomb.length).toBeLessThan(20_000);
      await expect(images.cleanBytes(bomb)).rejects.toMatchObject({ code: 'too_many_pixels' });
      expect((await peakMemory()) - before).toBeLessThan(50);
    },
  );

  test('animations of too many frames, and of too many pixels in all of them', async () => {
    await expect(images.cleanBytes(repeatFrame(501, 8, 8))).rejects.toMatchObject({
      code: 'too_many_frames',
      details: { frames: 501, maxFrames: 500 },
    });
    await expect(images.cleanBytes(repeatFrame(210, 1000, 1000))).rejects.toMatchObject({
      code: 'too_many_pixels',
      details: { width: 1000, height: 1000, frames: 210, maxPixels: 200_000_000 },
    });
    expect(await images.cleanBytes(repeatFrame(500, 8, 8))).toMatchObject({ frames: 500 });
  });

  test('a GIF whose frame is larger than its screen, by the size of the frame', async () => {
    const wide = repeatFrame(1, 8, 8);
    wide.writeUInt16LE(60_000, wide.indexOf(0x2c) + 5);
    wide.writeUInt16LE(60_000, wide.indexOf(0x2c) + 7);
    await expect(images.cleanBytes(wide)).rejects.toMatchObject({ code: 'too_many_pixels' });
  });

  test('and a good one is cleaned by the same process all the while', async () => {
    expect(await images.cleanBytes(await photograph(60, 40).jpeg().toBuffer())).toMatchObject({ width: 60 });
    expect(images.pids).toHaveLength(1);
    expect(images.losses).toEqual([]);
  });
});

/** Frames of one pixel on a screen of that size, for ten bytes each. */
function repeatFrame(frames: number, width: number, height: number): Buffer {
  const screen = Buffer.alloc(7);
  screen.writeUInt16LE(width, 0);
  screen.writeUInt16LE(height, 2);
  screen[4] = 0x80;
  const frame = Buffer.from('2c0000000001000100000202440100', 'hex');
  return Buffer.concat([
    Buffer.from('GIF89a'),
    screen,
    Buffer.alloc(6, 255),
    ...Array(frames).fill(frame),
    Buffer.of(0x3b),
  ]);
}
