import sharp, { type Sharp } from 'sharp';
import { openStill } from '../decoders.ts';
import { smallest } from '../formats/clean-png.ts';
import type { Pixels } from './decode-once.ts';

/** Decibels between an image and its copy in a palette from which on nobody sees a difference. */
const ALIKE = 42;

/** In a palette where it looks the same, which is a third of the bytes; else as small as all its colours allow. */
export async function encodePng(pixels: Pixels): Promise<Buffer> {
  const image = () => sharp(pixels.data, { raw: pixels.info });
  const reduced = await image().png({ palette: true, quality: 90, compressionLevel: 9 }).toBuffer();
  if ((await compare(pixels, reduced)) >= ALIKE) return reduced;
  return smallest([
    await image().png({ adaptiveFiltering: true }).toBuffer(),
    await image().png({ compressionLevel: 9 }).toBuffer(),
  ]);
}

/** Peak signal to noise, in decibels, of what is seen: a colour counts as much as it covers. */
async function compare(pixels: Pixels, encoded: Buffer): Promise<number> {
  const before = await toCovered(sharp(pixels.data, { raw: pixels.info }));
  const after = await toCovered(openStill(encoded));
  const squares = before.reduce((sum, value, at) => sum + (value - (after[at] ?? 0)) ** 2, 0);
  return 10 * Math.log10((255 * 255 * before.length) / squares);
}

async function toCovered(image: Sharp): Promise<Float32Array> {
  const bytes = await image.toColourspace('srgb').ensureAlpha().raw().toBuffer();
  return Float32Array.from(bytes, (value, at) =>
    at % 4 === 3 ? value : (value * (bytes[at | 3] ?? 0)) / 255,
  );
}
