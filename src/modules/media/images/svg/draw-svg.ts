import sharp, { type Sharp } from 'sharp';
import { MAX_PIXELS } from '../process/image-limits.ts';

/** Pixels to the inch at which a pixel of the drawing is one of the picture. */
const NATURAL_DENSITY = 72;

/** A drawing as pixels, about that wide: it is drawn at this size, not resized to it. */
export async function drawSvg(bytes: Buffer, width: number): Promise<Sharp> {
  const natural = await sharp(bytes, { limitInputPixels: false }).metadata();
  const density = Math.min(Math.max((NATURAL_DENSITY * width) / natural.width, 1), 100_000);
  return sharp(bytes, { limitInputPixels: MAX_PIXELS, density });
}
