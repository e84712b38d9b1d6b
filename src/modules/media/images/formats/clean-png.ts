import type { Metadata, Sharp } from 'sharp';
import { openStill } from '../process/decoders.ts';
import { keepColours } from './keep-colours.ts';
import { countColours, isOpaque, isSame, readPixels } from './pixels.ts';
import { smallest } from './smallest.ts';

/**
 * Reduces to eight bits per channel and the first frame of an animation, drops an opaque alpha channel, and uses a
 * palette if it holds all colours exactly.
 */
export async function cleanPng(bytes: Buffer, header: Metadata): Promise<Buffer> {
  const upright = () => keepColours(openStill(bytes).autoOrient(), header);
  const pixels = await readPixels(upright());
  const image = () => (header.hasAlpha && isOpaque(pixels) ? upright().removeAlpha() : upright());
  const colours = countColours(pixels, 256);
  if (colours === null) return encodeManyColours(image, bytes.length);
  const encoded = [await encodePalette(image, colours, pixels), await encodePlain(image)];
  return smallest(encoded.filter((file) => file !== null));
}

/** Returns null if the quantizer changed a colour. */
async function encodePalette(
  image: () => Sharp,
  colours: number,
  pixels: Uint32Array,
): Promise<Buffer | null> {
  const encoded = await image()
    .png({ palette: true, colours: Math.max(colours, 2), quality: 100, dither: 0, compressionLevel: 9 })
    .toBuffer();
  return isSame(await readPixels(openStill(encoded).keepIccProfile()), pixels) ? encoded : null;
}

/** Adaptive filters usually make photographs smaller and drawings larger. */
async function encodeManyColours(image: () => Sharp, sizeBefore: number): Promise<Buffer> {
  const filtered = await image().png({ adaptiveFiltering: true }).toBuffer();
  return filtered.length <= sizeBefore ? filtered : smallest([filtered, await encodePlain(image)]);
}

function encodePlain(image: () => Sharp): Promise<Buffer> {
  return image().png({ compressionLevel: 9 }).toBuffer();
}
