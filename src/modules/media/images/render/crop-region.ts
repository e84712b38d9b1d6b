import { MAX_SIDE_PIXELS } from '../process/image-limits.ts';
import type { Rendering } from '../process/messages.ts';
import type { Size } from '../process/size.ts';

export type Region = Size & { left: number; top: number };

/** The region of the source, and the size to which it is scaled. The region may have fractions of pixels. */
export type Crop = { region: Region; output: Size };

/**
 * Without a height, the region is the whole image. Otherwise it is the largest region with the requested aspect ratio,
 * centred as close to the focal point as the edges allow. A region smaller than the requested size is not upscaled.
 */
export function computeCrop(
  source: Size,
  { width, height, focal }: Omit<Rendering, 'path' | 'format'>,
): Crop {
  if (height === null) {
    const shown = Math.min(width, source.width, (MAX_SIDE_PIXELS * source.width) / source.height);
    const output = { width: whole(shown), height: whole((source.height * shown) / source.width) };
    return { region: { left: 0, top: 0, width: source.width, height: source.height }, output };
  }
  const scale = Math.min(source.width / width, source.height / height);
  const region = { width: width * scale, height: height * scale };
  const { x, y } = focal ?? { x: 0.5, y: 0.5 };
  const shrunk = Math.min(scale, 1);
  return {
    region: {
      left: clamp(x * source.width - region.width / 2, source.width - region.width),
      top: clamp(y * source.height - region.height / 2, source.height - region.height),
      ...region,
    },
    output: { width: whole(width * shrunk), height: whole(height * shrunk) },
  };
}

/** Converts a region to the same image at another size, in whole pixels. */
export function scaleRegion(region: Region, from: Size, to: Size): Region {
  const [across, down] = [to.width / from.width, to.height / from.height];
  const left = Math.min(Math.round(region.left * across), to.width - 1);
  const top = Math.min(Math.round(region.top * down), to.height - 1);
  return {
    left,
    top,
    width: Math.min(whole(region.width * across), to.width - left),
    height: Math.min(whole(region.height * down), to.height - top),
  };
}

function clamp(value: number, max: number): number {
  return Math.max(0, Math.min(value, max));
}

function whole(length: number): number {
  return Math.max(1, Math.round(length));
}
