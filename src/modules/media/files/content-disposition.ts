import { create } from 'content-disposition';
import { FILE_TYPES, isFileExtension, isImageType } from './file-types.ts';

/** RFC 6266: images are shown, all other files are downloaded; both under their original name. */
export function contentDisposition(mimeType: string, originalName: string | null): string {
  const name = originalName === null ? undefined : withExtensionOf(originalName, mimeType);
  return create(name, { type: isImageType(mimeType) ? 'inline' : 'attachment' });
}

/**
 * Operating systems open a file by its extension. The extension of the upload may be wrong, and a rendition may have
 * another type than the upload.
 */
function withExtensionOf(name: string, mimeType: string): string {
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
