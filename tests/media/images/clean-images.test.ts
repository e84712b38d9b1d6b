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

/** Byte sequences of embedded metadata that no stored file may contain. */
const TRACES = ['EXIF', 'Exif', 'SECRET-MAKE', 'XMP', 'xmpmeta', 'GPS', 'Photoshop', '8BIM', 'IPTC-'];
const tracesIn = (bytes: Buffer) => TRACES.filter((trace) => bytes.includes(trace));

/** The mean of each channel over 10 by 10 pixels. */
async function colourAt(bytes: Buffer, place: { left: number; top: number }): Promise<number[]> {
  const part = await sharp(bytes)
    .extract({ ...place, width: 10, height: 10 })
    .png()
    .toBuffer();
  return (await sharp(part).stats()).channels.map(({ mean }) => mean);
}

describe('cleaned images', () => {
  test.each(FORMATS)(
    'embedded metadata is removed from a $format file',
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

  test.each(['jpeg', 'png', 'webp', 'avif'] as const)('a rotated %s is turned upright', async (format) => {
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

  test.each(['jpeg', 'png', 'webp', 'avif'] as const)('a %s keeps its wide colour gamut', async (format) => {
    const red = { create: { width: 40, height: 30, channels: 3 as const, background: '#ff0000' } };
    const wide = await sharp(red).withIccProfile('p3').toFormat(format, { quality: 100 }).toBuffer();
    const profile = (await sharp(wide).metadata()).icc;
    const { bytes } = await images.cleanBytes(wide);
    expect((await sharp(bytes).metadata()).icc).toEqual(profile);
    const [before, after] = await Promise.all(
      [wide, bytes].map((file) => sharp(file, { ignoreIcc: true }).raw().toBuffer()),
    );
    // The red of sRGB is 234, 51, 35 in Display P3.
    expect(before?.[0]).toBeLessThan(240);
    expect(Math.abs((before?.[0] ?? 0) - (after?.[0] ?? 0))).toBeLessThan(3);
    expect(Math.abs((before?.[1] ?? 0) - (after?.[1] ?? 0))).toBeLessThan(3);
  });

  test('a CMYK image is converted to sRGB', async () => {
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

  test('a gain map, which phones add, is removed without changing the picture', async () => {
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

  test('an opaque alpha channel is removed, and one with transparency is kept', async () => {
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

  test('an image gets a thumbhash under 40 bytes and a placeholder under 400 characters', async () => {
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

describe('pixels of cleaned images', () => {
  const pixelsOf = (bytes: Buffer) =>
    sharp(bytes, { animated: true }).toColourspace('srgb').ensureAlpha().raw().toBuffer();

  const drawing = () => diagram(600, 400);
  const exact = [
    ['a PNG with many colours', () => photograph(200, 150).png({ adaptiveFiltering: true })],
    ['a PNG with a palette', () => drawing().png({ palette: true, colours: 16 })],
    ['a PNG with two colours', () => drawing().png({ palette: true, colours: 2, dither: 0 })],
    [
      'a PNG with a palette and transparency',
      () =>
        sharp({ create: { width: 90, height: 60, channels: 4, background: '#f008' } }).png({ palette: true }),
    ],
    ['a grey PNG', () => drawing().toColourspace('b-w').png()],
    ['a PNG with few colours but no palette', () => drawing().png()],
    ['a lossless WebP', () => photograph(200, 150).webp({ lossless: true })],
  ] as const;
  test.each(exact)('the pixels of %s do not change, and the file does not grow', async (_kind, draw) => {
    const before = await draw().toBuffer();
    const { bytes } = await images.cleanBytes(before);
    expect(bytes.length).toBeLessThanOrEqual(before.length * 1.05 + 50);
    expect((await pixelsOf(bytes)).equals(await pixelsOf(before))).toBe(true);
  });

  test('a PNG with 16 bits per channel is reduced to 8 bits', async () => {
    const before = await photograph(200, 150).toColourspace('rgb16').png().toBuffer();
    const { bytes } = await images.cleanBytes(before);
    expect(await sharp(bytes).metadata()).toMatchObject({ depth: 'uchar', width: 200 });
    expect(bytes.length).toBeLessThan(before.length);
    expect((await pixelsOf(bytes)).equals(await pixelsOf(before))).toBe(true);
  });

  test.each([
    ['JPEG', () => photograph(300, 200).jpeg({ quality: 75 }), 50, 1.05],
    [
      'JPEG without chroma subsampling',
      () => photograph(300, 200).jpeg({ quality: 90, chromaSubsampling: '4:4:4' }),
      50,
      1.05,
    ],
    [
      'JPEG with another quantization table',
      () => photograph(300, 200).jpeg({ quality: 80, quantisationTable: 3 }),
      40,
      1.4,
    ],
    ['lossy WebP', () => photograph(300, 200).webp({ quality: 85 }), 38, 1.6],
    ['AVIF', () => photograph(300, 200).avif({ quality: 60 }), 40, 2.5],
  ] as const)('a cleaned %s looks like its source', async (_kind, draw, decibels, growth) => {
    const before = await draw().toBuffer();
    const { bytes } = await images.cleanBytes(before);
    expect(bytes.length).toBeLessThan(before.length * growth);
    const [some, others] = [await pixelsOf(before), await pixelsOf(bytes)];
    const squares = some.reduce((sum, value, at) => sum + (value - (others[at] ?? 0)) ** 2, 0);
    expect(10 * Math.log10((255 * 255 * some.length) / squares)).toBeGreaterThan(decibels);
  });

  test('a JPEG keeps its chroma subsampling', async () => {
    for (const chromaSubsampling of ['4:4:4', '4:2:0']) {
      const { bytes } = await images.cleanBytes(
        await photograph(60, 40).jpeg({ chromaSubsampling }).toBuffer(),
      );
      expect((await sharp(bytes).metadata()).chromaSubsampling).toBe(chromaSubsampling);
    }
  });

  test.each(['gif', 'webp'] as const)(
    'an animated %s keeps its frames, delays and loop count',
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

describe('embedded metadata', () => {
  const jpeg = () => photograph(60, 40).jpeg();
  const embeddedIn = async (bytes: Buffer) => (await images.cleanBytes(bytes)).embedded;

  test('EXIF is read when there is no XMP and no IPTC', async () => {
    expect(await embeddedIn(await jpeg().withExif(EMBEDDED.exif).toBuffer())).toEqual({
      alt: null,
      caption: 'EXIF-DESCRIPTION',
      credit: 'EXIF-ARTIST',
      licenceUrl: null,
    });
  });

  test.each(['jpeg', 'png', 'webp', 'avif'] as const)(
    'XMP takes precedence over EXIF in a %s file',
    async (format) => {
      const bytes = await withEmbedded(photograph(60, 40)).toFormat(format).toBuffer();
      expect(await embeddedIn(bytes)).toEqual({
        alt: 'XMP-ALT',
        caption: 'XMP-DESCRIPTION',
        credit: 'XMP-CREDIT & Söhne',
        licenceUrl: 'https://example.org/terms',
      });
    },
  );

  test('IPTC takes precedence over XMP and EXIF', async () => {
    const bytes = await withEmbedded(photograph(60, 40)).jpeg().toBuffer();
    const utf8: [number, number, Buffer] = [1, 90, Buffer.from('1b2547', 'hex')];
    const caption: [number, number, string] = [2, 120, 'Flut in Köln'];
    expect(await embeddedIn(withIptc(bytes, [utf8, caption, [2, 80, 'Ada'], [2, 80, 'Bo']]))).toMatchObject({
      caption: 'Flut in Köln',
      credit: 'Ada, Bo',
    });
    expect(await embeddedIn(withIptc(bytes, [caption, [2, 80, 'Ada'], [2, 110, 'Agency']]))).toMatchObject({
      caption: 'Flut in Köln',
      credit: 'Agency',
    });
    const latin1 = withIptc(bytes, [[2, 120, Buffer.from('Köln', 'latin1')]]);
    expect(await embeddedIn(latin1)).toMatchObject({ caption: 'Köln' });
  });

  test('control characters, excess length and default texts of cameras are removed', async () => {
    const caption = ` a\0b\u0007\r\n${'x'.repeat(1995)}😀 `;
    const embedded = await embeddedIn(
      withIptc(await jpeg().toBuffer(), [
        [2, 120, caption],
        [2, 110, 'y'.repeat(600)],
      ]),
    );
    expect(embedded.caption).toBe(`ab\n${'x'.repeat(1995)}😀`.slice(0, 2000));
    expect(embedded.credit).toBe('y'.repeat(500));
    for (const ImageDescription of ['OLYMPUS DIGITAL CAMERA', 'DCIM\\100MEDIA\\DSC_0815', '   ']) {
      const bytes = await jpeg().withExif({ IFD0: { ImageDescription } }).toBuffer();
      expect((await embeddedIn(bytes)).caption).toBeNull();
    }
  });

  test('an image with corrupt embedded metadata is accepted', async () => {
    const bytes = await jpeg().withExif(EMBEDDED.exif).toBuffer();
    const start = bytes.indexOf('Exif');
    for (const damage of [
      Buffer.alloc(60, 0xff),
      Buffer.alloc(60),
      Buffer.from('MM\0*\xff\xff\xff\xff', 'latin1'),
    ]) {
      const broken = Buffer.from(bytes);
      damage.copy(broken, start + 6);
      expect(await embeddedIn(broken)).toMatchObject({ caption: null });
    }
    const iptc = withIptc(await jpeg().toBuffer(), [[2, 120, 'x']]);
    iptc.writeUInt16BE(0xffff, iptc.indexOf(Buffer.of(0x1c, 2, 120)) + 3);
    expect(await embeddedIn(iptc)).toMatchObject({ credit: null });
    const xmp =
      '<x:xmpmeta><dc:description><rdf:Alt><rdf:li>open &#x110000; <__proto__:caption>x</__proto__:caption>';
    expect(await embeddedIn(await jpeg().withXmp(xmp).toBuffer())).toMatchObject({ caption: null });
  });
});
