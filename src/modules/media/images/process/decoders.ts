import sharp, { type Sharp } from 'sharp';
import { MAX_PIXELS, MAX_TOTAL_PIXELS } from './image-limits.ts';

/** libvips reads dozens of formats. Only the loaders of the accepted formats are enabled. */
const READERS = ['Png', 'Jpeg', 'Webp', 'Nsgif', 'Heif', 'Svg'].map((name) => `VipsForeignLoad${name}Buffer`);

/** Applies to the whole process, so only the image process may call it. */
export function restrictDecoders(): void {
  // Each file is decoded once, so the cache would only use memory.
  sharp.cache(false);
  sharp.concurrency(1);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: READERS });
}

/** Fails on errors, but not on warnings: decoders report them for many camera files that browsers display. */
export function openStill(bytes: Buffer, page = 0): Sharp {
  return sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', page });
}

/** Returns all frames in one image, stacked vertically. */
export function openFrames(bytes: Buffer): Sharp {
  return sharp(bytes, { limitInputPixels: MAX_TOTAL_PIXELS, failOn: 'error', animated: true });
}
