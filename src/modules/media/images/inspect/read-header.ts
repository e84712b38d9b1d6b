import sharp, { type Metadata } from 'sharp';
import type { FileExtension } from '../../files/file-types.ts';
import { MAX_FRAMES, MAX_PIXELS, MAX_TOTAL_PIXELS } from '../process/image-limits.ts';
import {
  damagedImage,
  tooManyFrames,
  tooManyPixels,
  tooManyTotalPixels,
  undecodableAnimation,
} from '../process/image-refusals.ts';
import { isUnreadableAnimation } from './is-unreadable-animation.ts';

/** The `format` that sharp reports for each file type. */
const SHARP_FORMATS: Partial<Record<FileExtension, string>> = {
  png: 'png',
  jpg: 'jpeg',
  webp: 'webp',
  gif: 'gif',
  avif: 'heif',
};

/**
 * Reads the header only, so that a huge image is refused without being decoded. Throws if a limit is exceeded, or if frames
 * would be lost.
 */
export async function readHeader(bytes: Buffer, extension: FileExtension): Promise<Metadata> {
  if (isUnreadableAnimation(bytes, extension)) throw undecodableAnimation();
  const header = await sharp(bytes, { limitInputPixels: false }).metadata();
  if (header.format !== SHARP_FORMATS[extension]) throw damagedImage();
  const { width, height, pages: frames = 1 } = header;
  if (width * height > MAX_PIXELS) throw tooManyPixels(width, height);
  // The images in a still AVIF are thumbnails and the like. Only the primary image is kept.
  if (extension === 'avif') return header;
  if (frames > MAX_FRAMES) throw tooManyFrames(frames);
  if (width * height * frames > MAX_TOTAL_PIXELS) throw tooManyTotalPixels(width, height, frames);
  return header;
}
