import { MAX_SIDE } from '../process/image-limits.ts';
import type { Rendering } from '../process/messages.ts';

export type Size = { width: number; height: number };
export type Region = Size & { left: number; top: number };

/** What is taken of a source, and the size that it is brought to. Fractions of pixels are kept until the end. */
export type Crop = { region: Region; output: Size };

/**
 * The whole for a width alone; else the largest region of the wanted ratio whose middle is as near to the focal point as
 * the edges allow. Nothing is ever made larger: where the region has fewer pixels than are wanted, it keeps them.
 */
export function planCrop(source: Size, { width, height, focal }: Omit<Rendering, 'path' | 'format'>): Crop {
  if (height === null) {
    const shown = Math.min(width, source.width, (MAX_SIDE * source.width) / source.height);
    const output = { width: whole(shown), height: whole((source.height * shown) / source.width) };
    return { region: { left: 0, top: 0, width: source.width, height: source.height }, output };
  }
  const scale = Math.min(source.width / width, source.height / height);
  const region = { width: width * scale, height: height * scale };
  const { x, y } = focal ?? { x: 0.5, y: 0.5 };
  const shrunk = Math.min(scale, 1);
  return {
    region: {
      left: within(x * source.width - region.width / 2, source.width - region.width),
      top: within(y * source.height - region.height / 2, source.height - region.height),
      ...region,
    },
    output: { width: whole(width * shrunk), height: whole(height * shrunk) },
  };
}

/** The same region of the same image at another size, in whole pixels and inside of it. */
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

function within(value: number, most: number): number {
  return Math.max(0, Math.min(value, most));
}

function whole(length: number): number {
  return Math.max(1, Math.round(length));
}
