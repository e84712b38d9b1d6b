import type { Metadata, Sharp } from 'sharp';
import { openStill } from '../process/decoders.ts';
import { keepColours } from './keep-colours.ts';
import { countColours, isOpaque, isSame, readPixels } from './pixels.ts';

/**
 * Eight bits a channel, since a screen shows no more; the first frame of an animated one; a palette where its
 * colours fit into one, exactly as they are. An alpha channel in which nothing is transparent goes.
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

/** Null: the quantizer missed a colour. */
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

/** Filters make photographs small and drawings large, mostly. */
async function encodeManyColours(image: () => Sharp, sizeBefore: number): Promise<Buffer> {
  const filtered = await image().png({ adaptiveFiltering: true }).toBuffer();
  return filtered.length <= sizeBefore ? filtered : smallest([filtered, await encodePlain(image)]);
}

function encodePlain(image: () => Sharp): Promise<Buffer> {
  return image().png({ compressionLevel: 9 }).toBuffer();
}

export function smallest(files: Buffer[]): Buffer {
  return files.reduce((least, file) => (file.length < least.length ? file : least));
}
