import sharp from 'sharp';
import { MAX_SIDE } from '../process/image-limits.ts';
import type { Size } from './plan-crop.ts';

export type Source = Size & {
  bytes: Buffer;
  frames: number;
  isVector: boolean;
  /** Lines, letters and flat colours, most likely: a format that is for drawings, or for what must stay exact. */
  isDrawing: boolean;
};

/** Of a file that was cleaned. */
export async function inspectSource(bytes: Buffer): Promise<Source> {
  const {
    format,
    width,
    height,
    pages: frames = 1,
  } = await sharp(bytes, { limitInputPixels: false }).metadata();
  const isVector = format === 'svg';
  // A vector has as many pixels as somebody wants.
  const scale = isVector ? MAX_SIDE / Math.max(width, height) : 1;
  return {
    bytes,
    width: width * scale,
    height: height * scale,
    frames: format === 'heif' ? 1 : frames,
    isVector,
    isDrawing: isVector || format === 'png' || format === 'gif',
  };
}
