import type { Context } from '../../../context.ts';
import { DomainError } from '../../../errors.ts';
import { type IfMatch, requireRevision } from '../../../lib/revision.ts';
import { isImageType } from '../files/file-types.ts';
import { changeMedia, getMedia } from '../library/media.ts';
import { withStoredFile } from '../library/media-file.ts';
import type { MediaLibrary } from '../library/media-library.ts';
import type { MediaWithFile } from '../record/media-with-file.ts';
import type { StagedFile } from '../storage/staging.ts';
import { cleanOriginalName } from './original-name.ts';

/**
 * Replaces the bytes of a media file. Its id, metadata and uses stay the same, and published editions show the old bytes until
 * they are published again. Uploading the current bytes changes nothing.
 */
export async function replaceFile(
  ctx: Context,
  library: MediaLibrary,
  id: string,
  { staged, originalName }: { staged: StagedFile; originalName: string },
  ifMatch: IfMatch,
): Promise<MediaWithFile> {
  const name = cleanOriginalName(originalName);
  try {
    // Checked before the bytes are cleaned, which is expensive.
    requireRevision(ifMatch, (await getMedia(ctx, id)).revision);
    return await withStoredFile(ctx, library, staged, name, (ctx, file) =>
      changeMedia(ctx, id, ifMatch, async (_ctx, before) => {
        if (before.fileId === file.id) return null;
        requireSameKind(before.file.mimeType, file.mimeType);
        return {
          type: 'media.replaced',
          columns: { fileId: file.id, originalName: name },
          details: { from: before.file.fileName, to: file.fileName },
        };
      }),
    );
  } finally {
    await staged.discard();
  }
}

/** A use that shows an image cannot show an audio file or a document, and vice versa. */
function requireSameKind(before: string, after: string): void {
  if (isImageType(before) === isImageType(after)) return;
  throw new DomainError(
    'conflict',
    'other_kind_of_file',
    `The media file is of type ${before}, the new file of type ${after}; replace an image with an image, and any other file with one that is not an image.`,
  );
}
