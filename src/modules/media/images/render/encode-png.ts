import sharp, { type Sharp } from 'sharp';
import { smallest } from '../formats/clean-png.ts';
import { countColours, readPixels } from '../formats/pixels.ts';
import { openStill } from '../process/decoders.ts';
import type { Pixels } from './decode-once.ts';

/** Decibels between an image and its copy in a palette from which on nobody sees a difference. */
const ALIKE = 42;

/** In a palette where it looks the same, which is a third of the bytes; else as small as all its colours allow. */
export async function encodePng(pixels: Pixels): Promise<Buffer> {
  const image = () => sharp(pixels.data, { raw: pixels.info });
  if (await isFlat(image())) {
    const reduced = await image().png({ palette: true, quality: 90, compressionLevel: 9 }).toBuffer();
    if ((await compare(pixels, reduced)) >= ALIKE) return reduced;
  }
  return smallest([
    await image().png({ adaptiveFiltering: true }).toBuffer(),
    await image().png({ compressionLevel: 9 }).toBuffer(),
  ]);
}

/**
 * To find a palette for a photograph takes seconds and never succeeds. Two thirds of its pixels have colours of their own;
 * of a drawing that was made smaller it is a tenth.
 */
async function isFlat(image: Sharp): Promise<boolean> {
  const pixels = await readPixels(image);
  return countColours(pixels, 256 + pixels.length / 4) !== null;
}

/** Peak signal to noise, in decibels, of what is seen: a colour counts as much as it covers. */
async function compare(pixels: Pixels, encoded: Buffer): Promise<number> {
  const before = await toBytes(sharp(pixels.data, { raw: pixels.info }));
  const after = await toBytes(openStill(encoded));
  let squares = 0;
  // Of red, green, blue and alpha. A loop: millions of pixels have no time for a function each.
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
