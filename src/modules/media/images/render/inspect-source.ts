import sharp from 'sharp';
import { MAX_SIDE_PIXELS } from '../process/image-limits.ts';
import type { Size } from '../process/size.ts';

export type Source = Size & {
  bytes: Buffer;
  frames: number;
  isVector: boolean;
  /** The format suggests lines, letters and flat colours. */
  isDrawing: boolean;
};

/** Expects the bytes of a cleaned file. */
export async function inspectSource(bytes: Buffer): Promise<Source> {
  const {
    format,
    width,
    height,
    pages: frames = 1,
  } = await sharp(bytes, { limitInputPixels: false }).metadata();
  const isVector = format === 'svg';
  // A vector image can be drawn at any size.
  const scale = isVector ? MAX_SIDE_PIXELS / Math.max(width, height) : 1;
  return {
    bytes,
    width: width * scale,
    height: height * scale,
    frames: format === 'heif' ? 1 : frames,
    isVector,
    isDrawing: isVector || format === 'png' || format === 'gif',
  };
}
