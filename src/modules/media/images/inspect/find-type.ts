import { type FileHandle, open } from 'node:fs/promises';
import { fileTypeFromBuffer } from 'file-type';
import { FILE_TYPES, type FileExtension, isFileExtension, isImageType } from '../../files/file-types.ts';
import { emptyFile, unsupportedMedia } from '../process/image-refusals.ts';
import { decodeXml } from '../xml/decode-xml.ts';
import { findRootName } from '../xml/scan-markup.ts';
import { hasMp3Frames } from './mp3-frames.ts';

/** Bytes at the start of a file in which its type shows. */
const HEAD_LENGTH = 4100;
/** Bytes in which the root of an SVG must come; licences and notes may stand before it. */
const PROLOGUE_LENGTH = 64 * 1024;

/** From the bytes alone. A name and a stated type are what the sender likes. */
export async function findType(path: string): Promise<FileExtension> {
  const file = await open(path);
  try {
    return await findTypeIn(file);
  } finally {
    await file.close();
  }
}

async function findTypeIn(file: FileHandle): Promise<FileExtension> {
  const head = await readAt(file, 0, PROLOGUE_LENGTH);
  if (head.length === 0) throw emptyFile();
  const found = await fileTypeFromBuffer(head.subarray(0, HEAD_LENGTH));
  const extension = nameOf(found);
  if (extension === null && isSvg(head)) return 'svg';
  const isWhatItClaims =
    extension !== 'mp3' || (await hasMp3Frames((at, length) => readAt(file, at, length)));
  if (extension === null || !isWhatItClaims) throw unsupportedMedia(isWhatItClaims ? found?.mime : undefined);
  return extension;
}

/** Of bytes that stand inside another file. Null: no image. */
export async function findRasterType(bytes: Buffer): Promise<FileExtension | null> {
  const extension = nameOf(await fileTypeFromBuffer(bytes.subarray(0, HEAD_LENGTH)));
  return extension !== null && isImageType(FILE_TYPES[extension]) ? extension : null;
}

function nameOf(found: { ext: string; mime: string } | undefined): FileExtension | null {
  if (found === undefined) return null;
  // An animated PNG is a PNG to everything that shows images.
  if (found.ext === 'apng') return 'png';
  if (found.mime === 'audio/x-m4a' || found.mime === 'audio/mp4') return 'm4a';
  return isFileExtension(found.ext) ? found.ext : null;
}

function isSvg(head: Buffer): boolean {
  const text = decodeXml(head, { isCutOff: true });
  return text !== null && findRootName(text) === 'svg';
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
