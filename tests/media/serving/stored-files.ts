import { createHash, randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MediaFile } from '../../../src/database/generated/client.ts';
import { makeFileName, parseFileName } from '../../../src/modules/media/files/file-name.ts';
import { FILE_TYPES, type FileExtension } from '../../../src/modules/media/files/file-types.ts';
import type { Masthead } from '../../support/app.ts';

export type StoredFile = MediaFile & { bytes: Buffer; path: string };

type Facts = Partial<Pick<MediaFile, 'width' | 'height' | 'frames' | 'hasAlpha' | 'renditionsTries'>> & {
  bytes?: Buffer;
};

type Words = { originalName?: string | null; focalX?: number; focalY?: number };

/** Stores a file as an upload does, with random bytes. An image is recorded with 2000 by 1000 pixels. */
export async function putFile(
  masthead: Masthead,
  extension: FileExtension,
  { bytes = randomBytes(1000), ...facts }: Facts = {},
): Promise<StoredFile> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const mimeType = FILE_TYPES[extension];
  const pixels = mimeType.startsWith('image/') ? { width: 2000, height: 1000, frames: 1 } : {};
  const fileName = makeFileName(sha256, extension);
  await putBytes(masthead, fileName, bytes);
  const row = await masthead.database.prisma.mediaFile.create({
    data: { fileName, mimeType, size: bytes.length, sha256, ...pixels, ...facts },
  });
  return { ...row, bytes, path: `/media/${fileName}` };
}

/** Stores a file together with its entry in the media library. */
export async function putMedia(
  masthead: Masthead,
  extension: FileExtension,
  words: Words = {},
  facts: Facts = {},
): Promise<StoredFile & { mediaId: string }> {
  const file = await putFile(masthead, extension, facts);
  const { id } = await masthead.database.prisma.media.create({ data: { fileId: file.id, ...words } });
  return { ...file, mediaId: id };
}

/** Stores a rendition or a crop of a file and returns its bytes. */
export async function putRendering(masthead: Masthead, file: MediaFile, fileName: string): Promise<Buffer> {
  const bytes = randomBytes(500);
  await putBytes(masthead, fileName, bytes);
  await masthead.database.prisma.mediaRendition.create({
    data: {
      fileName,
      fileId: file.id,
      mimeType: parseFileName(fileName)?.mimeType ?? '',
      width: 1,
      height: 1,
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    },
  });
  return bytes;
}

/** Stores bytes without a row in the database. */
export async function putBytes(masthead: Masthead, fileName: string, bytes: Buffer): Promise<void> {
  await mkdir(masthead.mediaDirectory, { recursive: true });
  await writeFile(join(masthead.mediaDirectory, fileName), bytes);
}
