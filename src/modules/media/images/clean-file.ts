import { readFile } from 'node:fs/promises';
import { FILE_TYPES, type FileExtension, isImageType } from '../files/file-types.ts';
import { describeDrawing, describePicture, NO_PICTURE } from './describe-picture.ts';
import { readEmbeddedWords } from './embedded-metadata/embedded-words.ts';
import { NO_WORDS } from './embedded-metadata/no-words.ts';
import { cleanRaster } from './formats/clean-raster.ts';
import { findType } from './inspect/find-type.ts';
import { readHeader } from './inspect/read-header.ts';
import { refuseDamaged } from './process/image-refusals.ts';
import type { CleanedFile } from './process/messages.ts';
import { copyDurably, type Written, writeDurably } from './process/write-durably.ts';
import { cleanSvg } from './svg/clean-svg.ts';

/** Finds from the bytes alone what the file is; refuses it, or writes what is to be kept of it. */
export async function cleanFile(source: string, target: string): Promise<CleanedFile> {
  const extension = await findType(source);
  const mimeType = FILE_TYPES[extension];
  const { written, ...facts } = await clean(source, target, extension);
  return { extension, mimeType, ...written, ...facts };
}

type Facts = Omit<CleanedFile, 'extension' | 'mimeType' | keyof Written> & { written: Written };

async function clean(source: string, target: string, extension: FileExtension): Promise<Facts> {
  // What is only downloaded, never decoded here or shown in a page, stays as it is.
  if (!isImageType(FILE_TYPES[extension])) {
    return { written: await copyDurably(source, target), ...NO_PICTURE, words: NO_WORDS };
  }
  const bytes = await readFile(source);
  const make = extension === 'svg' ? makeDrawing(bytes) : makePicture(bytes, extension);
  const { cleaned, ...facts } = await make.catch(refuseDamaged);
  return { written: await writeDurably(target, cleaned), ...facts };
}

async function makePicture(bytes: Buffer, extension: FileExtension) {
  const header = await readHeader(bytes, extension);
  const cleaned = await cleanRaster(bytes, extension, header);
  return { cleaned, ...(await describePicture(cleaned)), words: await readEmbeddedWords(header) };
}

async function makeDrawing(bytes: Buffer) {
  const { bytes: cleaned, ...size } = await cleanSvg(bytes);
  return { cleaned, ...(await describeDrawing(cleaned, size)), words: NO_WORDS };
}
