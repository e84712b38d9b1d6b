import { create } from 'content-disposition';
import { FILE_TYPES, isFileExtension, isImageType } from './file-types.ts';

/** RFC 6266: images are for looking at, the rest is for saving; either under the name it came with. */
export function contentDisposition(mimeType: string, originalName: string | null): string {
  const name = originalName === null ? undefined : nameAsType(originalName, mimeType);
  return create(name, { type: isImageType(mimeType) ? 'inline' : 'attachment' });
}

/** Saved bytes are opened as what their name says: a rendition is of another type, and the name may have lied. */
function nameAsType(name: string, mimeType: string): string {
  const [, stem = name, extension = ''] = /^(.+)\.([a-z0-9]+)$/is.exec(name) ?? [];
  const named = typeOfExtension(extension.toLowerCase());
  if (named === mimeType) return name;
  const [right = ''] = Object.entries(FILE_TYPES).find(([, type]) => type === mimeType) ?? [];
  return `${named ? stem : name}.${right}`;
}

function typeOfExtension(extension: string): string | null {
  if (extension === 'jpeg') return FILE_TYPES.jpg;
  return isFileExtension(extension) ? FILE_TYPES[extension] : null;
}
