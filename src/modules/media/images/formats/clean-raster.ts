import type { Metadata } from 'sharp';
import type { FileExtension } from '../../files/file-types.ts';
import { damagedImage } from '../process/image-refusals.ts';
import { cleanAvif } from './clean-avif.ts';
import { cleanGif } from './clean-gif.ts';
import { cleanJpeg } from './clean-jpeg.ts';
import { cleanPng } from './clean-png.ts';
import { cleanWebp } from './clean-webp.ts';

const CLEAN: Partial<Record<FileExtension, (bytes: Buffer, header: Metadata) => Promise<Buffer>>> = {
  png: cleanPng,
  jpg: cleanJpeg,
  webp: cleanWebp,
  gif: cleanGif,
  avif: cleanAvif,
};

/**
 * Writes the image again in its format: upright, with its colour profile, and without any metadata (Exif, GPS, XMP, IPTC,
 * comments, previews, trailing bytes). Throws if the image cannot be decoded completely.
 */
export async function cleanRaster(
  bytes: Buffer,
  extension: FileExtension,
  header: Metadata,
): Promise<Buffer> {
  const clean = CLEAN[extension];
  if (clean === undefined) throw damagedImage();
  return clean(bytes, header);
}
