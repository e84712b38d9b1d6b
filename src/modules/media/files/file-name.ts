import { randomBytes } from 'node:crypto';
import { FILE_TYPES, type FileExtension, type FileType, isFileExtension } from './file-types.ts';

/**
 * The first half says which bytes it stands for, so that other bytes have another name; the second is
 * random, so that who has the same bytes cannot find out whether they are here.
 */
export function makeFileName(sha256: string, extension: FileExtension): string {
  return `${sha256.slice(0, 16)}-${randomBytes(12).toString('hex')}.${extension}`;
}

/** The first alternative is how files were named before. */
const ORIGINAL = '(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16}-[0-9a-f]{24})\\.([a-z0-9]+)';
const RENDITION = '\\.(?:\\d+|\\d+x\\d+-\\d+-\\d+)\\.([a-z0-9]+)';
const PATTERN = new RegExp(`^(${ORIGINAL})(?:${RENDITION})?$`);

export type ParsedFileName = {
  mimeType: FileType;
  /** The name of the file that it is a rendition of. Null: it is none. */
  original: string | null;
};

/** Null: the name is none of ours. */
export function parseFileName(fileName: string): ParsedFileName | null {
  const [, original = '', extension = '', rendition] = PATTERN.exec(fileName) ?? [];
  const shown = rendition ?? extension;
  if (!isFileExtension(extension) || !isFileExtension(shown)) return null;
  return { mimeType: FILE_TYPES[shown], original: rendition === undefined ? null : original };
}
