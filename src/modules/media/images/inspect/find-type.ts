import { type FileHandle, open } from 'node:fs/promises';
import { fileTypeFromBuffer } from 'file-type';
import { FILE_TYPES, type FileExtension, isFileExtension, isImageType } from '../../files/file-types.ts';
import { emptyFile, unsupportedMedia } from '../process/image-refusals.ts';
import { decodeXml } from '../xml/decode-xml.ts';
import { findRootName } from '../xml/scan-markup.ts';
import { hasMp3Frames } from './mp3-frames.ts';

/** The magic numbers of all accepted types are in this part of a file. */
const SIGNATURE_BYTES = 4100;
/** The root element of an SVG must begin in this part. Licences and comments may precede it. */
const MAX_PROLOGUE_BYTES = 64 * 1024;

/** Detects the type from the bytes alone: the file name and content type of an upload are not trustworthy. */
export async function findType(path: string): Promise<FileExtension> {
  const file = await open(path);
  try {
    return await findTypeIn(file);
  } finally {
    await file.close();
  }
}

async function findTypeIn(file: FileHandle): Promise<FileExtension> {
  const head = await readAt(file, 0, MAX_PROLOGUE_BYTES);
  if (head.length === 0) throw emptyFile();
  const found = await fileTypeFromBuffer(head.subarray(0, SIGNATURE_BYTES));
  const extension = nameOf(found);
  if (extension === null && isSvg(head)) return 'svg';
  const isSound = extension !== 'mp3' || (await hasMp3Frames((at, length) => readAt(file, at, length)));
  if (extension === null || !isSound) throw unsupportedMedia(isSound ? found?.mime : undefined);
  return extension;
}

/** For an image embedded in another file. Returns null if the bytes are not an image. */
export async function findRasterType(bytes: Buffer): Promise<FileExtension | null> {
  const extension = nameOf(await fileTypeFromBuffer(bytes.subarray(0, SIGNATURE_BYTES)));
  return extension !== null && isImageType(FILE_TYPES[extension]) ? extension : null;
}

function nameOf(found: { ext: string; mime: string } | undefined): FileExtension | null {
  if (found === undefined) return null;
  // `readHeader` refuses those with several frames.
  if (found.ext === 'apng') return 'png';
  if (found.mime === 'audio/x-m4a' || found.mime === 'audio/mp4') return 'm4a';
  return isFileExtension(found.ext) ? found.ext : null;
}

function isSvg(head: Buffer): boolean {
  const text = decodeXml(head, { isTruncated: true });
  return text !== null && findRootName(text) === 'svg';
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
