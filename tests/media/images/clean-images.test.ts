import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { FORMATS } from '../images.ts';
import {
  animation,
  diagram,
  EMBEDDED,
  photograph,
  withEmbedded,
  withGainMap,
  withIptc,
} from './make-images.ts';
import { useImages } from './use-images.ts';

const images = useImages();

/** Marks of metadata that must be in no file that is kept. */
const TRACES = ['EXIF', 'Exif', 'SECRET-MAKE', 'XMP', 'xmpmeta', 'GPS', 'Photoshop', '8BIM', 'IPTC-'];
const tracesIn = (bytes: Buffer) => TRACES.filter((trace) => bytes.includes(trace));

/** The means of ten by ten pixels, as a browser shows them. */
async function colourAt(bytes: Buffer, place: { left: number; top: number }): Promise<number[]> {
  const part = await sharp(bytes)
    .extract({ ...place, width: 10, height: 10 })
    .png()
    .toBuffer();
  return (await sharp(part).stats()).channels.map(({ mean }) => mean);
}

describe('A cleaned image', () => {
  test.each(FORMATS)(
    'that is a $format keeps nothing of what was embedded',
    async ({ format, mimeType, extension }) => {
      const plain = await withEmbedded(photograph(120, 80)).toFormat(format).toBuffer();
      const bytes = format === 'jpeg' ? withIptc(plain, [[2, 120, 'IPTC-CAPTION']]) : plain;
      if (format !== 'gif') expect(tracesIn(bytes).length).toBeGreaterThan(1);
      const cleaned = await images.cleanBytes(bytes);
      expect(cleaned).toMatchObject({
        extension,
        mimeType,
        width: 120,
        height: 80,
        frames: 1,
        hasAlpha: false,
      });
      expect(tracesIn(cleaned.bytes)).toEqual([]);
      const { exif, xmp, iptc, comments, orientation } = await sharp(cleaned.bytes).metadata();
      expect({ exif, xmp, iptc, comments, orientation }).toEqual({});
      expect(cleaned).toMatchObject({
        size: cleaned.bytes.length,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
    },
  );

  test.each(['jpeg', 'png', 'webp', 'avif'] as const)('that is a %s stands upright', async (format) => {
    const upright = photograph(120, 80).composite([
      {
        input: await sharp({ create: { width: 120, height: 20, channels: 3, background: '#f00' } })
          .png()
          .toBuffer(),
        top: 0,
        left: 0,
      },
    ]);
    const lying = await sharp(await upright.png().toBuffer())
      .rotate(270)
      .withMetadata({ orientation: 6 })
      .toFormat(format, { quality: 100 })
      .toBuffer();
    const { bytes, ...facts } = await images.cleanBytes(lying);
    expect(facts).toMatchObject({ width: 120, height: 80 });
    const [red = 0, green = 0, blue = 0] = await colourAt(bytes, { left: 60, top: 4 });
    expect(red).toBeGreaterThan(230);
    expect(Math.max(green, blue)).toBeLessThan(30);
    expect((await sharp(bytes).metadata()).orientation).toBeUndefined();
  });

  test.each(['jpeg', 'png', 'webp', 'avif'] as const)('that is a %s keeps its wide colours', async (format) => {
    const red = { create: { width: 40, height: 30, channels: 3 as const, background: '#ff0000' } };
    const wide = await sharp(red).withIccProfile('p3').toFormat(format, { quality: 100 }).toBuffer();
    const profile = (await sharp(wide).metadata()).icc;
    const { bytes } = await images.cleanBytes(wide);
    expect((await sharp(bytes).metadata()).icc).toEqual(profile);
    const [before, after] = await Promise.all(
      [wide, bytes].map((file) => sharp(file, { ignoreIcc: true }).raw().toBuffer()),
    );
    // Display P3 has the red of sRGB at 234, 51, 35.
    expect(before?.[0]).toBeLessThan(240);
    expect(Math.abs((before?.[0] ?? 0) - (after?.[0] ?? 0))).toBeLessThan(3);
    expect(Math.abs((before?.[1] ?? 0) - (after?.[1] ?? 0))).toBeLessThan(3);
  });

  test('that was CMYK is sRGB', async () => {
    const cmyk = await diagram(300, 200)
      .toColourspace('cmyk')
      .withIccProfile('cmyk')
      .jpeg({ quality: 95 })
      .toBuffer();
    expect((await sharp(cmyk).metadata()).space).toBe('cmyk');
    const { bytes } = await images.cleanBytes(cmyk);
    expect(await sharp(bytes).metadata()).toMatchObject({ space: 'srgb', channels: 3, hasProfile: false });
    expect(Math.min(...(await colourAt(bytes, { left: 2, top: 2 })))).toBeGreaterThan(245);
    const [red = 0, green = 0] = await colourAt(bytes, { left: 215, top: 95 });
    expect(red).toBeGreaterThan(green + 80);
  });

  test('that has a gain map, as those of phones do, is the picture without it', async () => {
    const bytes = await withGainMap(await photograph(120, 80).jpeg({ quality: 80 }).toBuffer());
    expect((await sharp(bytes).metadata()).gainMap).toBeDefined();
    const cleaned = await images.cleanBytes(bytes);
    const { gainMap, format } = await sharp(cleaned.bytes).metadata();
    expect({ gainMap, format }).toEqual({ format: 'jpeg' });
    const pictures = await Promise.all(
      [bytes, cleaned.bytes].map((file) => colourAt(file, { left: 60, top: 40 })),
    );
    expect(Math.abs((pictures[0]?.[0] ?? 0) - (pictures[1]?.[0] ?? 0))).toBeLessThan(4);
  });

  test('loses an alpha channel in which nothing is transparent, and keeps one that is used', async () => {
    for (const format of ['png', 'webp', 'avif'] as const) {
      const opaque = await photograph(60, 40).ensureAlpha(1).toFormat(format).toBuffer();
      expect(await images.cleanBytes(opaque), format).toMatchObject({
        hasAlpha: false,
        placeholder: expect.any(String),
      });
      const used = await photograph(60, 40).ensureAlpha(0.5).toFormat(format).toBuffer();
      expect(await images.cleanBytes(used), format).toMatchObject({
        hasAlpha: true,
        placeholder: null,
        thumbhash: expect.any(String),
      });
    }
  });

  test('has a thumbhash and a placeholder that are short', async () => {
    for (const bytes of [
      await photograph(400, 30).png().toBuffer(),
      await diagram(30, 400).jpeg().toBuffer(),
    ]) {
      const { thumbhash, placeholder } = await images.cleanBytes(bytes);
      expect(Buffer.from(thumbhash ?? '', 'base64').length).toBeLessThan(40);
      expect(placeholder).toMatch(/^data:image\/webp;base64,[\w+/=]{40,376}$/);
      const tiny = Buffer.from((placeholder ?? '').split(',')[1] ?? '', 'base64');
      expect((await sharp(tiny).metadata()).format).toBe('webp');
    }
  });
});

describe('The pixels of', () => {
  const pixelsOf = (bytes: Buffer) =>
    sharp(bytes, { animated: true }).toColourspace('srgb').ensureAlpha().raw().toBuffer();

  const drawing = () => diagram(600, 400);
  const exact = [
    ['a PNG of many colours', () => photograph(200, 150).png({ adaptiveFiltering: true })],
    ['a PNG with a palette', () => drawing().png({ palette: true, colours: 16 })],
    ['a PNG of two colours', () => drawing().png({ palette: true, colours: 2, dither: 0 })],
    [
      'a PNG with a palette and transparency',
      () =>
        sharp({ create: { width: 90, height: 60, channels: 4, background: '#f008' } }).png({ palette: true }),
    ],
    ['a grey PNG', () => drawing().toColourspace('b-w').png()],
    ['a PNG with few colours and no palette', () => drawing().png()],
    ['a lossless WebP', () => photograph(200, 150).webp({ lossless: true })],
  ] as const;
  test.each(exact)('%s stay exactly as they are, and it does not grow', async (_kind, draw) => {
    const before = await draw().toBuffer();
    const { bytes } = await images.cleanBytes(before);
    expect(bytes.length).toBeLessThanOrEqual(before.length * 1.05 + 50);
    expect((await pixelsOf(bytes)).equals(await pixelsOf(before))).toBe(true);
  });

  test('a PNG of 16 bits are kept to the eight that a screen shows', async () => {
    const before = await photograph(200, 150).toColourspace('rgb16').png().toBuffer();
    const { bytes } = await images.cleanBytes(before);
    expect(await sharp(bytes).metadata()).toMatchObject({ depth: 'uchar', width: 200 });
    expect(bytes.length).toBeLessThan(before.length);
    expect((await pixelsOf(bytes)).equals(await pixelsOf(before))).toBe(true);
  });

  test.each([
    ['JPEG', () => photograph(300, 200).jpeg({ quality: 75 }), 50, 1.05],
    [
      'JPEG with whole colours',
      () => photograph(300, 200).jpeg({ quality: 90, chromaSubsampling: '4:4:4' }),
      50,
      1.05,
    ],
    [
      'JPEG with the tables of another encoder',
      () => photograph(300, 200).jpeg({ quality: 80, quantisationTable: 3 }),
      40,
      1.4,
    ],
    ['lossy WebP', () => photograph(300, 200).webp({ quality: 85 }), 38, 1.6],
    ['AVIF', () => photograph(300, 200).avif({ quality: 60 }), 40, 2.5],
  ] as const)('a %s look the same', async (_kind, draw, decibels, growth) => {
    const before = await draw().toBuffer();
    const { bytes } = await images.cleanBytes(before);
    expect(bytes.length).toBeLessThan(before.length * growth);
    const [some, others] = [await pixelsOf(before), await pixelsOf(bytes)];
    const squares = some.reduce((sum, value, at) => sum + (value - (others[at] ?? 0)) ** 2, 0);
    expect(10 * Math.log10((255 * 255 * some.length) / squares)).toBeGreaterThan(decibels);
  });

  test('a JPEG keep their chroma sampling', async () => {
    for (const chromaSubsampling of ['4:4:4', '4:2:0']) {
      const { bytes } = await images.cleanBytes(
        await photograph(60, 40).jpeg({ chromaSubsampling }).toBuffer(),
      );
      expect((await sharp(bytes).metadata()).chromaSubsampling).toBe(chromaSubsampling);
    }
  });

  test.each(['gif', 'webp'] as const)(
    'an animated %s stay, frame by frame, with its timing and its loop',
    async (format) => {
      const before = await animation(format);
      const { bytes, ...facts } = await images.cleanBytes(before);
      expect(facts).toMatchObject({ width: 60, height: 40, frames: 4, hasAlpha: false });
      const shown = await sharp(bytes, { animated: true }).metadata();
      expect(shown).toMatchObject({ pages: 4, pageHeight: 40, delay: [100, 110, 120, 130], loop: 3 });
      expect((await pixelsOf(bytes)).equals(await pixelsOf(before))).toBe(true);
    },
  );
});

describe('The words in a file', () => {
  const jpeg = () => photograph(60, 40).jpeg();
  const wordsOf = async (bytes: Buffer) => (await images.cleanBytes(bytes)).words;

  test('are those of EXIF, where there are no others', async () => {
    expect(await wordsOf(await jpeg().withExif(EMBEDDED.exif).toBuffer())).toEqual({
      alt: null,
      caption: 'EXIF-DESCRIPTION',
      credit: 'EXIF-ARTIST',
      licenceUrl: null,
    });
  });

  test.each(['jpeg', 'png', 'webp', 'avif'] as const)(
    'of a %s are those of XMP before those of EXIF',
    async (format) => {
      const bytes = await withEmbedded(photograph(60, 40)).toFormat(format).toBuffer();
      expect(await wordsOf(bytes)).toEqual({
        alt: 'XMP-ALT',
        caption: 'XMP-DESCRIPTION',
        credit: 'XMP-CREDIT & Söhne',
        licenceUrl: 'https://example.org/terms',
      });
    },
  );

  test('are those of IPTC before all', async () => {
    const bytes = await withEmbedded(photograph(60, 40)).jpeg().toBuffer();
    const utf8: [number, number, Buffer] = [1, 90, Buffer.from('1b2547', 'hex')];
    const caption: [number, number, string] = [2, 120, 'Flut in Köln'];
    expect(await wordsOf(withIptc(bytes, [utf8, caption, [2, 80, 'Ada'], [2, 80, 'Bo']]))).toMatchObject({
      caption: 'Flut in Köln',
      credit: 'Ada, Bo',
    });
    expect(await wordsOf(withIptc(bytes, [caption, [2, 80, 'Ada'], [2, 110, 'Agency']]))).toMatchObject({
      caption: 'Flut in Köln',
      credit: 'Agency',
    });
    const latin1 = withIptc(bytes, [[2, 120, Buffer.from('Köln', 'latin1')]]);
    expect(await wordsOf(latin1)).toMatchObject({ caption: 'Köln' });
  });

  test('are clean: no control characters, not too long, and none that a camera made up', async () => {
    const caption = ` a\0b\u0007\r\n${'x'.repeat(1995)}😀 `;
    const words = await wordsOf(
      withIptc(await jpeg().toBuffer(), [
        [2, 120, caption],
        [2, 110, 'y'.repeat(600)],
      ]),
    );
    expect(words.caption).toBe(`ab\n${'x'.repeat(1995)}😀`.slice(0, 2000));
    expect(words.credit).toBe('y'.repeat(500));
    for (const ImageDescription of ['OLYMPUS DIGITAL CAMERA', 'DCIM\\100MEDIA\\DSC_0815', '   ']) {
      const bytes = await jpeg().withExif({ IFD0: { ImageDescription } }).toBuffer();
      expect((await wordsOf(bytes)).caption).toBeNull();
    }
  });

  test('never fail an upload, however broken their blocks are', async () => {
    const bytes = await jpeg().withExif(EMBEDDED.exif).toBuffer();
    const start = bytes.indexOf('Exif');
    for (const damage of [
      Buffer.alloc(60, 0xff),
      Buffer.alloc(60),
      Buffer.from('MM\0*\xff\xff\xff\xff', 'latin1'),
    ]) {
      const broken = Buffer.from(bytes);
      damage.copy(broken, start + 6);
      expect(await wordsOf(broken)).toMatchObject({ caption: null });
    }
    const iptc = withIptc(await jpeg().toBuffer(), [[2, 120, 'x']]);
    iptc.writeUInt16BE(0xffff, iptc.indexOf(Buffer.of(0x1c, 2, 120)) + 3);
    expect(await wordsOf(iptc)).toMatchObject({ credit: null });
    const xmp =
      '<x:xmpmeta><dc:description><rdf:Alt><rdf:li>open &#x110000; <__proto__:caption>x</__proto__:caption>';
    expect(await wordsOf(await jpeg().withXmp(xmp).toBuffer())).toMatchObject({ caption: null });
  });
});
