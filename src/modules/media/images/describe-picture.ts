import sharp, { type Metadata } from 'sharp';
import { isOpaque, readPixels } from './formats/pixels.ts';
import { makePreviews } from './previews.ts';
import { openFrames, openStill } from './process/decoders.ts';
import type { CleanedFile } from './process/messages.ts';
import type { Size } from './process/size.ts';
import { toPixels } from './render/decode-once.ts';
import { drawSvg } from './svg/draw-svg.ts';

export type Picture = Pick<
  CleanedFile,
  'width' | 'height' | 'frames' | 'hasAlpha' | 'thumbhash' | 'placeholder'
>;

export const NOT_AN_IMAGE: Picture = {
  width: null,
  height: null,
  frames: null,
  hasAlpha: false,
  thumbhash: null,
  placeholder: null,
};

/** Decodes the cleaned bytes again, which proves that the stored file can be decoded and yields its real facts. */
export async function describePicture(bytes: Buffer): Promise<Picture> {
  const header = await sharp(bytes, { limitInputPixels: false }).metadata();
  const { width, height, pages: frames = 1 } = header;
  const hasAlpha = await isTransparent(bytes, header);
  return { width, height, frames, hasAlpha, ...(await makePreviews(openStill(bytes), hasAlpha)) };
}

/** An SVG is drawn at this width to find transparency and make the previews. */
const SVG_PREVIEW_WIDTH_PIXELS = 200;

export async function describeDrawing(bytes: Buffer, size: Size): Promise<Picture> {
  const vector = await drawSvg(bytes, Math.min(SVG_PREVIEW_WIDTH_PIXELS, size.width));
  // Drawn once, because that can take seconds.
  const { data, info } = await toPixels(vector);
  const drawn = () => sharp(data, { raw: info });
  const hasAlpha = !isOpaque(await readPixels(drawn()));
  return { ...size, frames: 1, hasAlpha, ...(await makePreviews(drawn(), hasAlpha)) };
}

/**
 * Cleaning has removed unused alpha channels of still images. The frames of animations and GIFs were not decoded yet, so
 * all are decoded here; this also finds damaged frames.
 */
async function isTransparent(bytes: Buffer, { format, pages = 1, hasAlpha }: Metadata): Promise<boolean> {
  if (pages === 1 && format !== 'gif') return hasAlpha;
  const alpha = await openFrames(bytes).ensureAlpha().extractChannel(3).raw().toBuffer();
  return alpha.some((value) => value < 255);
}
