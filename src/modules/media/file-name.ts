import { randomUUID } from 'node:crypto';
import { IMAGE_TYPES, type ImageExtension, type ImageType, isImageExtension } from './image-types.ts';

/** Random, not in order of time: whoever knows one name can guess no other. */
export function makeFileName(extension: ImageExtension): string {
  return `${randomUUID()}.${extension}`;
}

const PATTERN = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.([a-z]+)$/;

/** The type of the file that has this name; null when the name is none of ours. */
export function typeOfFileName(fileName: string): ImageType | null {
  const extension = PATTERN.exec(fileName)?.[1] ?? '';
  return isImageExtension(extension) ? IMAGE_TYPES[extension] : null;
}

const ORIGINAL_NAME_LENGTH = 200;
/** Control characters, halves of surrogate pairs, and the marks that turn the direction of text around. */
const UNSHOWABLE = /[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** What may be shown of the name that a file had where it came from; null when nothing is left of it. */
export function cleanOriginalName(name: string): string | null {
  const base = name.split(/[/\\]/).at(-1) ?? '';
  const shown = base.replace(UNSHOWABLE, '').trim().slice(0, ORIGINAL_NAME_LENGTH).replace(UNSHOWABLE, '');
  return shown === '' || shown === '.' || shown === '..' ? null : shown;
}
