import { create } from 'content-disposition';
import { isImageType } from './file-types.ts';

/** RFC 6266: images are for looking at, the rest is for saving; either under the name it came with. */
export function contentDisposition(mimeType: string, originalName: string | null): string {
  return create(originalName ?? undefined, { type: isImageType(mimeType) ? 'inline' : 'attachment' });
}
