import { randomBytes } from 'node:crypto';
import { FILE_TYPES, type FileExtension, type FileType, isFileExtension } from './file-types.ts';

/**
 * The first part depends on the bytes, so that different bytes get different names. The second is random, so that someone
 * who has the same bytes cannot find out whether they are stored.
 */
export function makeFileName(sha256: string, extension: FileExtension): string {
  return `${sha256.slice(0, 16)}-${randomBytes(12).toString('hex')}.${extension}`;
}

/** The first alternative matches the UUIDs that older files have as names. */
const ORIGINAL = '(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16}-[0-9a-f]{24})\\.([a-z0-9]+)';
const RENDITION = '\\.(?:\\d+|\\d+x\\d+-\\d+-\\d+)\\.([a-z0-9]+)';
const PATTERN = new RegExp(`^(${ORIGINAL})(?:${RENDITION})?$`);

export type ParsedFileName = {
  mimeType: FileType;
  /** The name of the file that the rendition was made from. Null if this is not a rendition. */
  original: string | null;
};

/** Returns null if this is neither a name from `makeFileName` nor the name of a rendition. */
export function parseFileName(fileName: string): ParsedFileName | null {
  const [, original = '', extension = '', rendition] = PATTERN.exec(fileName) ?? [];
  const shown = rendition ?? extension;
  if (!isFileExtension(extension) || !isFileExtension(shown)) return null;
  return { mimeType: FILE_TYPES[shown], original: rendition === undefined ? null : original };
}
