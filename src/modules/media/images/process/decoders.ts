import sharp, { type Sharp } from 'sharp';
import { MAX_PIXELS, MAX_PIXELS_IN_ALL } from './image-limits.ts';

/** libvips knows dozens of formats. Whatever the bytes claim, only the readers of those that are taken answer. */
const READERS = ['Png', 'Jpeg', 'Webp', 'Nsgif', 'Heif', 'Svg'].map((name) => `VipsForeignLoad${name}Buffer`);

/** For the whole process, so it is for one that does nothing else. */
export function narrowDecoders(): void {
  // Each file is decoded once; the cache would only hold memory.
  sharp.cache(false);
  sharp.concurrency(1);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: READERS });
}

/** On `error`, not `warning`: cameras write files that decoders grumble about and show all the same. */
export function openStill(bytes: Buffer, page = 0): Sharp {
  return sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', page });
}

/** All frames, one below the other. */
export function openFrames(bytes: Buffer): Sharp {
  return sharp(bytes, { limitInputPixels: MAX_PIXELS_IN_ALL, failOn: 'error', animated: true });
}
