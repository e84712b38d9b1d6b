import { readFile } from 'node:fs/promises';
import { FILE_TYPES, type FileExtension, isImageType } from '../file-types.ts';
import { cleanRaster } from './clean-raster.ts';
import { describeDrawing, describePicture, NO_PICTURE } from './describe-picture.ts';
import { findType } from './find-type.ts';
import type { CleanedFile } from './messages.ts';
import { readHeader } from './read-header.ts';
import { refuseDamaged } from './refusals.ts';
import { cleanSvg } from './svg/clean-svg.ts';
import { readEmbeddedWords } from './words/embedded-words.ts';
import { NO_WORDS } from './words/no-words.ts';
import { copyDurably, type Written, writeDurably } from './write-durably.ts';

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
