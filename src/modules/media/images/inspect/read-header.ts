import sharp, { type Metadata } from 'sharp';
import type { FileExtension } from '../../files/file-types.ts';
import { MAX_FRAMES, MAX_PIXELS, MAX_PIXELS_IN_ALL } from '../process/image-limits.ts';
import { damagedImage, tooManyFrames, tooManyPixels, tooManyPixelsInAll } from '../process/image-refusals.ts';

/** How sharp calls what is read from a file of that type. */
const READ_AS: Partial<Record<FileExtension, string>> = {
  png: 'png',
  jpg: 'jpeg',
  webp: 'webp',
  gif: 'gif',
  avif: 'heif',
};

/** Reads the header alone, so that an image which claims to be huge costs nothing. Refuses what is too much. */
export async function readHeader(bytes: Buffer, extension: FileExtension): Promise<Metadata> {
  const header = await sharp(bytes, { limitInputPixels: false }).metadata();
  if (header.format !== READ_AS[extension]) throw damagedImage();
  const { width, height, pages: frames = 1 } = header;
  if (width * height > MAX_PIXELS) throw tooManyPixels(width, height);
  // The pictures of an AVIF are not its frames: the main one is kept.
  if (extension === 'avif') return header;
  if (frames > MAX_FRAMES) throw tooManyFrames(frames);
  if (width * height * frames > MAX_PIXELS_IN_ALL) throw tooManyPixelsInAll(width, height, frames);
  return header;
}
