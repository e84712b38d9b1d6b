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

/** The peak memory of the image process in MiB. Linux only. */
async function peakMemoryMiB(): Promise<number> {
  const status = await readFile(`/proc/${images.pids.at(-1)}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

describe('animations of which the decoders read one frame', () => {
  const control = (frames: number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32BE(frames);
    return bytes;
  };
  const withFrames = async (frames: number) => withChunk(await drawImage('png'), 'acTL', control(frames));
  const comment = (text: string | Buffer) => Buffer.concat([Buffer.from('Comment\0'), Buffer.from(text)]);
  const embed = (bytes: Buffer, type: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40"><image width="60" height="40" href="data:image/${type};base64,${bytes.toString('base64')}"/></svg>`;

  test.each([
    ['an animated PNG', async () => withFrames(2)],
    [
      'one with a text of 5 kB first',
      async () => withChunk(await withFrames(2), 'tEXt', comment('x'.repeat(5_000))),
    ],
    [
      'one with a text of 90 kB first',
      async () => withChunk(await withFrames(2), 'tEXt', comment('x'.repeat(90_000))),
    ],
    [
      'one with a text that imitates a still image',
      async () =>
        withChunk(await withFrames(2), 'tEXt', comment(Buffer.concat([Buffer.from('acTL'), control(1)]))),
    ],
    ['one in an SVG', async () => embed(await withFrames(2), 'png')],
    ['an AVIF whose first brand is that of sequences', async () => withBrand(await drawImage('avif'), 8)],
    ['an AVIF whose last brand is that of sequences', async () => withBrand(await drawImage('avif'), -4)],
  ])('%s is refused, because its animation would be lost', async (_kind, make) => {
    await expect(images.cleanBytes(await make())).rejects.toMatchObject({
      code: 'unsupported_media',
      message: expect.stringContaining('WebP or GIF'),
    });
  });

  test('a text that imitates an animation does not make a still PNG animated', async () => {
    const bytes = withChunk(
      await drawImage('png'),
      'tEXt',
      comment(Buffer.concat([Buffer.from('acTL'), control(9)])),
    );
    expect(await images.cleanBytes(bytes)).toMatchObject({ extension: 'png', frames: 1 });
  });

  test('a GIF in an SVG keeps its frames', async () => {
    const { bytes } = await images.cleanBytes(embed(await animation('gif'), 'gif'));
    const embedded = Buffer.from(/base64,([^"]*)/.exec(bytes.toString())?.[1] ?? '', 'base64');
    expect(await sharp(embedded).metadata()).toMatchObject({ pages: 4 });
  });

  test('an animated PNG with a single frame is a still image', async () => {
    expect(await images.cleanBytes(await withFrames(1))).toMatchObject({ extension: 'png', frames: 1 });
  });
});

describe('files with hidden content', () => {
  test.each(FORMATS)('HTML and a ZIP after the end of a $format are removed', async ({ format }) => {
    const bytes = Buffer.concat([await drawImage(format), Buffer.from(SCRIPT), ZIP]);
    const cleaned = await images.cleanBytes(bytes);
    expect(cleaned.bytes.includes(SCRIPT)).toBe(false);
    expect(cleaned.bytes.includes(ZIP)).toBe(false);
    expect(cleaned).toMatchObject({ width: 60, height: 40 });
  });

  test.each(['gif', 'webp'] as const)('HTML after an animated %s is removed', async (format) => {
    const cleaned = await images.cleanBytes(Buffer.concat([await animation(format), Buffer.from(SCRIPT)]));
    expect(cleaned.bytes.includes(SCRIPT)).toBe(false);
    expect(cleaned).toMatchObject({ frames: 4 });
  });

  test('scripts in the comments and application segments of a JPEG are removed', async () => {
    let bytes: Buffer = await drawImage('jpeg');
    for (const marker of [0xfe, 0xe3, 0xef])
      bytes = withSegment(bytes, marker, Buffer.from(`=1;/*${SCRIPT}*/`));
    expect((await images.cleanBytes(bytes)).bytes.includes('script')).toBe(false);
  });

  test('scripts in the text chunks and unknown chunks of a PNG are removed', async () => {
    let bytes: Buffer = await drawImage('png');
    bytes = withChunk(bytes, 'tEXt', `Comment\0${SCRIPT}`);
    bytes = withChunk(bytes, 'zTXt', Buffer.concat([Buffer.from('Comment\0\0'), deflateSync(SCRIPT)]));
    bytes = withChunk(bytes, 'scRp', SCRIPT);
    const cleaned = await images.cleanBytes(bytes);
    expect(cleaned.bytes.includes('script')).toBe(false);
    expect(cleaned.bytes.includes('Comment')).toBe(false);
  });

  test('scripts in the comments, application blocks and surplus pixel blocks of a GIF are removed', async () => {
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
    // The hidden block follows the pixels of the first frame, where no decoder reads it.
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

  test('metadata and unknown chunks of an animated WebP are removed', async () => {
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

  test('an animated PNG is reduced to its first frame', async () => {
    const control = withChunk(await drawImage('png'), 'acTL', Buffer.of(0, 0, 0, 1, 0, 0, 0, 0));
    const cleaned = await images.cleanBytes(control);
    expect(cleaned).toMatchObject({ extension: 'png', frames: 1 });
    expect(cleaned.bytes.includes('acTL')).toBe(false);
  });
});

test('a GIF with a huge screen and a small picture gets the screen size of the picture', async () => {
  const cleaned = await images.cleanBytes(repeatFrame(1, 20_000, 20_000));
  expect(cleaned.bytes.readUInt16LE(6)).toBe(cleaned.width);
  expect(cleaned.bytes.readUInt16LE(8)).toBe(cleaned.height);
  expect(cleaned.width).toBeLessThan(10);
});

describe('refused files', () => {
  const damaged = { kind: 'invalid', code: 'damaged_image' };

  test.each(FORMATS)('a truncated $format is refused', async ({ format }) => {
    const bytes = await drawImage(format);
    await expect(images.cleanBytes(bytes.subarray(0, bytes.length * 0.7))).rejects.toMatchObject(damaged);
  });

  test.each(['gif', 'webp'] as const)('a truncated animated %s is refused', async (format) => {
    const bytes = await animation(format);
    await expect(images.cleanBytes(bytes.subarray(0, bytes.length * 0.7))).rejects.toMatchObject(damaged);
  });

  test('an image that starts like one format and continues in another is refused', async () => {
    const [png, jpeg] = [await drawImage('png'), await drawImage('jpeg')];
    await expect(images.cleanBytes(Buffer.concat([jpeg.subarray(0, 20), png]))).rejects.toMatchObject(
      damaged,
    );
    const webp = Buffer.concat([Buffer.from('RIFF\x80\0\0\0WEBP', 'latin1'), png]);
    await expect(images.cleanBytes(webp)).rejects.toMatchObject(damaged);
  });

  test('an empty file is refused', async () => {
    await expect(images.cleanBytes('')).rejects.toMatchObject({ kind: 'invalid', code: 'empty_file' });
  });

  test.each([
    ['an HTML page', '<!doctype html><script>alert(1)</script>'],
    ['an HTML page with an SVG', '<html><svg xmlns="http://www.w3.org/2000/svg"/></html>'],
    ['plain text', 'just words'],
    ['text before an SVG', 'GET /<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['a ZIP archive', ZIP],
    ['a TIFF', Buffer.from('49492a0008000000'.padEnd(400, '0'), 'hex')],
    [
      'HTML after the signature of an MP3',
      Buffer.concat([Buffer.of(0xff, 0xfb), Buffer.from(`${SCRIPT}`.repeat(50))]),
    ],
    ['an ID3 tag without audio', Buffer.concat([Buffer.from('ID3\u0003\0\0\0\0\0\0'), Buffer.from(SCRIPT)])],
  ])('%s is refused as unsupported', async (_kind, bytes) => {
    await expect(images.cleanBytes(bytes)).rejects.toMatchObject({
      kind: 'unsupported',
      code: 'unsupported_media',
      details: { accepted: expect.arrayContaining(['image/svg+xml', 'audio/mpeg', 'application/pdf']) },
    });
  });

  test.runIf(process.platform === 'linux')(
    'images with too many pixels are refused by their headers, without allocating memory for them',
    async () => {
      await images.cleanBytes(await drawImage('png'));
      const before = await peakMemoryMiB();
      await expect(images.cleanBytes(claimPngSize(20_000, 20_000))).rejects.toMatchObject({
        code: 'too_many_pixels',
        details: { width: 20_000, height: 20_000, maxPixels: 50_000_000 },
      });
      // 90 million pixels compressed to less than 20 kB.
      const bomb = blankPng(10_000, 9000);
      expect(bomb.length).toBeLessThan(20_000);
      await expect(images.cleanBytes(bomb)).rejects.toMatchObject({ code: 'too_many_pixels' });
      expect((await peakMemoryMiB()) - before).toBeLessThan(50);
    },
  );

  test('animations with too many frames or too many pixels in total are refused', async () => {
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

  test('a GIF with a frame of too many pixels is refused even when its screen is small', async () => {
    const wide = repeatFrame(1, 8, 8);
    wide.writeUInt16LE(60_000, wide.indexOf(0x2c) + 5);
    wide.writeUInt16LE(60_000, wide.indexOf(0x2c) + 7);
    await expect(images.cleanBytes(wide)).rejects.toMatchObject({ code: 'too_many_pixels' });
  });

  test('the image process survives all refused files and cleans the next good one', async () => {
    expect(await images.cleanBytes(await photograph(60, 40).jpeg().toBuffer())).toMatchObject({ width: 60 });
    expect(images.pids).toHaveLength(1);
    expect(images.losses).toEqual([]);
  });
});

/** Replaces a brand in the first box of an AVIF. A negative offset counts from the end of the box. */
function withBrand(avif: Buffer, at: number): Buffer {
  avif.write('avis', at < 0 ? avif.readUInt32BE(0) + at : at, 'latin1');
  return avif;
}

/** A GIF with one-pixel frames on a screen of the given size. */
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
