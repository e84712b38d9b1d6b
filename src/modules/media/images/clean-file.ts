import { readFile } from 'node:fs/promises';
import { FILE_TYPES, type FileExtension, isImageType } from '../files/file-types.ts';
import { copyDurably, type Written, writeDurably } from '../files/write-durably.ts';
import { describeDrawing, describePicture, NOT_AN_IMAGE } from './describe-picture.ts';
import { NO_EMBEDDED_METADATA } from './embedded-metadata/embedded-metadata.ts';
import { readEmbeddedMetadata } from './embedded-metadata/read-embedded-metadata.ts';
import { cleanRaster } from './formats/clean-raster.ts';
import { findType } from './inspect/find-type.ts';
import { readHeader } from './inspect/read-header.ts';
import { throwDamagedImage } from './process/image-refusals.ts';
import type { CleanedFile } from './process/messages.ts';
import { cleanSvg } from './svg/clean-svg.ts';

/**
 * Detects the type from the bytes, and writes a cleaned copy. Throws a DomainError if the file is refused. `onDrawing` is
 * called before an SVG is drawn, which can take any time.
 */
export async function cleanFile(source: string, target: string, onDrawing: () => void): Promise<CleanedFile> {
  const extension = await findType(source);
  const mimeType = FILE_TYPES[extension];
  const { written, ...facts } = await clean(source, target, extension, onDrawing);
  return { extension, mimeType, ...written, ...facts };
}

type Facts = Omit<CleanedFile, 'extension' | 'mimeType' | keyof Written> & { written: Written };

async function clean(
  source: string,
  target: string,
  extension: FileExtension,
  onDrawing: () => void,
): Promise<Facts> {
  // Audio files and documents are never decoded or shown in a page, so they are copied unchanged.
  if (!isImageType(FILE_TYPES[extension])) {
    return { written: await copyDurably(source, target), ...NOT_AN_IMAGE, embedded: NO_EMBEDDED_METADATA };
  }
  const bytes = await readFile(source);
  const cleaning = extension === 'svg' ? cleanDrawing(bytes, onDrawing) : cleanRasterImage(bytes, extension);
  const { cleaned, ...facts } = await cleaning.catch(throwDamagedImage);
  return { written: await writeDurably(target, [cleaned]), ...facts };
}

async function cleanRasterImage(bytes: Buffer, extension: FileExtension) {
  const header = await readHeader(bytes, extension);
  const cleaned = await cleanRaster(bytes, extension, header);
  return { cleaned, ...(await describePicture(cleaned)), embedded: await readEmbeddedMetadata(header) };
}

async function cleanDrawing(bytes: Buffer, onDrawing: () => void) {
  const { bytes: cleaned, ...size } = await cleanSvg(bytes);
  onDrawing();
  return { cleaned, ...(await describeDrawing(cleaned, size)), embedded: NO_EMBEDDED_METADATA };
}
