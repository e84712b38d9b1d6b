import sharp, { type Sharp } from 'sharp';
import { MAX_PIXELS } from '../process/image-limits.ts';

/** The density, in pixels per inch, at which a unit of the drawing is one pixel. */
const NATURAL_DENSITY = 72;

/** Draws an SVG at about this width. It is drawn at the target size, which is sharper than resizing. */
export async function drawSvg(bytes: Buffer, width: number): Promise<Sharp> {
  const natural = await sharp(bytes, { limitInputPixels: false }).metadata();
  const density = Math.min(Math.max((NATURAL_DENSITY * width) / natural.width, 1), 100_000);
  return sharp(bytes, { limitInputPixels: MAX_PIXELS, density });
}
