import sharp, { type Metadata } from 'sharp';
import { isOpaque, readPixels } from './formats/pixels.ts';
import { describeLooks } from './placeholder.ts';
import { openFrames, openStill } from './process/decoders.ts';
import type { CleanedFile } from './process/messages.ts';
import { drawSvg } from './svg/draw-svg.ts';
import type { Size } from './svg/svg-size.ts';

export type Picture = Pick<
  CleanedFile,
  'width' | 'height' | 'frames' | 'hasAlpha' | 'thumbhash' | 'placeholder'
>;

export const NO_PICTURE: Picture = {
  width: null,
  height: null,
  frames: null,
  hasAlpha: false,
  thumbhash: null,
  placeholder: null,
};

/** What was written is read again, so the facts are those of the file that is kept, and it can be decoded. */
export async function describePicture(bytes: Buffer): Promise<Picture> {
  const header = await sharp(bytes, { limitInputPixels: false }).metadata();
  const { width, height, pages: frames = 1 } = header;
  const hasAlpha = await isTransparent(bytes, header);
  return { width, height, frames, hasAlpha, ...(await describeLooks(openStill(bytes), hasAlpha)) };
}

/** Pixels along its width at which the looks of a drawing are judged. */
const DRAWN = 200;

export async function describeDrawing(bytes: Buffer, size: Size): Promise<Picture> {
  const drawn = await drawSvg(bytes, Math.min(DRAWN, size.width));
  const hasAlpha = !isOpaque(await readPixels(drawn.clone()));
  return { ...size, frames: 1, hasAlpha, ...(await describeLooks(drawn, hasAlpha)) };
}

/**
 * Stills have lost an alpha channel without use by now. Frames were not decoded before, so all are here: one that is
 * damaged shows.
 */
async function isTransparent(bytes: Buffer, { format, pages = 1, hasAlpha }: Metadata): Promise<boolean> {
  if (pages === 1 && format !== 'gif') return hasAlpha;
  const alpha = await openFrames(bytes).ensureAlpha().extractChannel(3).raw().toBuffer();
  return alpha.some((value) => value < 255);
}
