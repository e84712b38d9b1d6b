import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { animation, photograph } from './make-images.ts';
import { useImages } from './use-images.ts';

const images = useImages();

const READ_AS = { avif: 'heif', webp: 'webp', jpg: 'jpeg', png: 'png' };
const width = (pixels: number) => ({ width: pixels, height: null, focal: null });

describe('renditions', () => {
  test('each rendition is written to its own file and reported with its size and hash', async () => {
    const source = await images.put(await photograph(800, 500).jpeg({ quality: 92 }).toBuffer());
    const wanted = [320, 640].flatMap((pixels) =>
      (['avif', 'webp', 'jpg', 'png'] as const).map((format) => ({
        path: images.newPath(),
        format,
        ...width(pixels),
      })),
    );
    const rendered = await images.render(source, wanted);
    expect(rendered.map(({ path }) => path)).toEqual(wanted.map(({ path }) => path));
    for (const [at, { path, sha256, ...facts }] of rendered.entries()) {
      const bytes = await readFile(path);
      const { format = 'jpg', width = 0 } = wanted[at] ?? {};
      expect(facts).toEqual({ width, height: width * 0.625, size: bytes.length });
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
      expect(await sharp(bytes).metadata()).toMatchObject({
        format: READ_AS[format],
        width,
        height: width * 0.625,
        hasProfile: false,
      });
      expect((await sharp(bytes).metadata()).exif).toBeUndefined();
    }
  });

  test('a rendition looks like its source and has less than a quarter of its bytes', async () => {
    const bytes = await photograph(800, 500).jpeg({ quality: 92 }).toBuffer();
    const wanted = await sharp(bytes).resize(400).raw().toBuffer();
    for (const format of ['avif', 'webp', 'jpg'] as const) {
      const rendered = await images.renderOne(bytes, { format, ...width(400) });
      expect(rendered.bytes.length, format).toBeLessThan(bytes.length / 4);
      expect(decibels(wanted, await sharp(rendered.bytes).raw().toBuffer()), format).toBeGreaterThan(32);
    }
  });

  test('a rendition of a diagram stays sharp and has fewer bytes than the source', async () => {
    const bytes = await readFile(join(import.meta.dirname, '../../../src/sample/figures/mark.png'));
    const { width: whole } = await sharp(bytes).metadata();
    const wanted = await sharp(bytes).removeAlpha().raw().toBuffer();
    for (const format of ['avif', 'webp', 'png'] as const) {
      const rendered = await images.renderOne(bytes, { format, ...width(whole) });
      expect(rendered.bytes.length, format).toBeLessThan(bytes.length);
      expect(decibels(wanted, await sharp(rendered.bytes).raw().toBuffer()), format).toBeGreaterThan(45);
    }
  });

  test('a rendition never has more pixels than its source', async () => {
    const bytes = await photograph(300, 200).jpeg().toBuffer();
    expect(await images.renderOne(bytes, { format: 'webp', ...width(640) })).toMatchObject({
      width: 300,
      height: 200,
    });
    const crop = { width: 1200, height: 600, focal: { x: 0.5, y: 0.5 } };
    expect(await images.renderOne(bytes, { format: 'jpg', ...crop })).toMatchObject({
      width: 300,
      height: 150,
    });
  });

  test('a rendition is in sRGB whatever the profile of its source', async () => {
    const red = { create: { width: 90, height: 60, channels: 3 as const, background: '#ff0000' } };
    const bytes = await sharp(red).withIccProfile('p3').png().toBuffer();
    const rendered = await images.renderOne(bytes, { format: 'png', ...width(60) });
    expect([...(await sharp(rendered.bytes).raw().toBuffer()).subarray(0, 3)]).toEqual([255, 0, 0]);
  });

  test('a rendition of a transparent image is transparent, or white when it is a JPEG', async () => {
    const bytes = await sharp({ create: { width: 90, height: 60, channels: 4, background: '#ff000000' } })
      .png()
      .toBuffer();
    for (const format of ['avif', 'webp', 'png'] as const) {
      const rendered = await images.renderOne(bytes, { format, ...width(60) });
      expect(await sharp(rendered.bytes).metadata(), format).toMatchObject({ hasAlpha: true });
    }
    const { bytes: jpeg } = await images.renderOne(bytes, { format: 'jpg', ...width(60) });
    expect([...(await sharp(jpeg).raw().toBuffer()).subarray(0, 3)]).toEqual([255, 255, 255]);
  });

  test('a PNG rendition of a photograph has no palette', async () => {
    const bytes = await photograph(300, 200).png().toBuffer();
    const { bytes: png } = await images.renderOne(bytes, { format: 'png', ...width(200) });
    expect(await sharp(png).metadata()).toMatchObject({ isPalette: false });
  });

  test('a rendition of an SVG is drawn at the requested size', async () => {
    const bytes = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20" viewBox="0 0 30 20"><rect width="15" height="20"/></svg>',
    );
    const rendered = await images.renderOne(bytes, {
      format: 'png',
      width: 1200,
      height: 630,
      focal: { x: 0.5, y: 0.5 },
    });
    expect(rendered).toMatchObject({ width: 1200, height: 630 });
    const line = await sharp(rendered.bytes)
      .ensureAlpha()
      .extractChannel(3)
      .extract({ left: 590, top: 300, width: 20, height: 1 })
      .raw()
      .toBuffer();
    expect(line.filter((alpha) => alpha > 8 && alpha < 247).length).toBeLessThan(3);
  });

  test.each([
    ['the middle', { x: 0.5, y: 0.5 }, 100],
    ['the left edge', { x: 0, y: 0.5 }, 0],
    ['the right edge', { x: 1, y: 0.5 }, 200],
    ['a point off the middle', { x: 0.35, y: 0 }, 40],
  ])('a crop with its focal point at %s shows that part', async (_where, focal, left) => {
    // A gradient from black to white, so the value of a pixel tells its column.
    const ramp = Buffer.from(Array.from({ length: 400 * 200 }, (_, at) => ((at % 400) * 255) / 400));
    const bytes = await sharp(ramp, { raw: { width: 400, height: 200, channels: 1 } })
      .png()
      .toBuffer();
    const crop = await images.renderOne(bytes, { format: 'png', width: 100, height: 100, focal });
    expect(crop).toMatchObject({ width: 100, height: 100 });
    const row = await sharp(crop.bytes).toColourspace('b-w').raw().toBuffer();
    expect(((row[1] ?? 0) * 400) / 255).toBeGreaterThan(left - 6);
    expect(((row[1] ?? 0) * 400) / 255).toBeLessThan(left + 10);
  });
});

describe('renditions of animations', () => {
  test.each(['gif', 'webp'] as const)(
    'an animated %s stays animated as WebP and is reduced to its first frame otherwise',
    async (format) => {
      const bytes = await animation(format);
      const webp = await images.renderOne(bytes, { format: 'webp', ...width(30) });
      expect(webp).toMatchObject({ width: 30, height: 20 });
      expect(await sharp(webp.bytes).metadata()).toMatchObject({
        pages: 4,
        delay: [100, 110, 120, 130],
        loop: 3,
        width: 30,
      });
      const crop = { width: 20, height: 20, focal: { x: 0, y: 0 } };
      for (const still of [
        { format: 'avif', ...width(30) },
        { format: 'webp', ...crop },
        { format: 'jpg', ...crop },
      ] as const) {
        const { bytes: rendered, height } = await images.renderOne(bytes, still);
        const { pages = 1, ...shown } = await sharp(rendered).metadata();
        expect({ pages, height: shown.height }).toEqual({ pages: 1, height });
      }
    },
  );
});

/** The peak signal-to-noise ratio in dB. */
function decibels(some: Buffer, others: Buffer): number {
  expect(others.length).toBe(some.length);
  const squares = some.reduce((sum, value, at) => sum + (value - (others[at] ?? 0)) ** 2, 0);
  return 10 * Math.log10((255 * 255 * some.length) / squares);
}
