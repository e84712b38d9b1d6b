import sharp, { type Sharp } from 'sharp';
import { countColours, readPixels } from '../formats/pixels.ts';
import { smallest } from '../formats/smallest.ts';
import { openStill } from '../process/decoders.ts';
import type { Pixels } from './decode-once.ts';

/** Peak signal-to-noise ratio above which an image in a palette looks the same as the original. */
const INDISTINGUISHABLE_DB = 42;

/** Encodes with a palette, a third of the bytes, if the result looks the same; otherwise losslessly. */
export async function encodePng(pixels: Pixels): Promise<Buffer> {
  const image = () => sharp(pixels.data, { raw: pixels.info });
  if (await isFlat(image())) {
    const reduced = await image().png({ palette: true, quality: 90, compressionLevel: 9 }).toBuffer();
    if ((await compare(pixels, reduced)) >= INDISTINGUISHABLE_DB) return reduced;
  }
  return smallest([
    await image().png({ adaptiveFiltering: true }).toBuffer(),
    await image().png({ compressionLevel: 9 }).toBuffer(),
  ]);
}

/**
 * Finding a palette for a photograph takes seconds and never succeeds, so photographs are recognized first. In a
 * photograph about two thirds of the pixels have a colour of their own, in a downscaled drawing a tenth.
 */
async function isFlat(image: Sharp): Promise<boolean> {
  const pixels = await readPixels(image);
  return countColours(pixels, 256 + pixels.length / 4) !== null;
}

/** Returns the peak signal-to-noise ratio in decibels. Colours are weighted by their alpha. */
async function compare(pixels: Pixels, encoded: Buffer): Promise<number> {
  const before = await toBytes(sharp(pixels.data, { raw: pixels.info }));
  const after = await toBytes(openStill(encoded));
  let squares = 0;
  // Over red, green, blue and alpha. A plain loop, because a callback per pixel would be too slow.
  for (let at = 0; at < before.length; at += 1) {
    const difference = covered(before, at) - covered(after, at);
    squares += difference * difference;
  }
  return 10 * Math.log10((255 * 255 * before.length) / squares);
}

function covered(bytes: Buffer, at: number): number {
  const value = bytes[at] ?? 0;
  return at % 4 === 3 ? value : (value * (bytes[at | 3] ?? 0)) / 255;
}

function toBytes(image: Sharp): Promise<Buffer> {
  return image.toColourspace('srgb').ensureAlpha().raw().toBuffer();
}
