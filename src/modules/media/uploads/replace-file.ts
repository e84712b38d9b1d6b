import type { Context } from '../../../context.ts';
import { DomainError } from '../../../errors.ts';
import { type IfMatch, requireRevision } from '../../../lib/revision.ts';
import { isImageType } from '../files/file-types.ts';
import { changeMedia, getMedia } from '../library/media.ts';
import { withFile } from '../library/media-file.ts';
import type { MediaLibrary } from '../library/media-library.ts';
import type { MediaWithFile } from '../record/media-with-file.ts';
import type { StagedFile } from '../storage/staging.ts';
import { cleanOriginalName } from './original-name.ts';

/**
 * Replaces the bytes of a media. Its id, its texts and its uses stay, and published editions show the old bytes until
 * they are published again. The bytes that it has already change nothing.
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
    // Early, to spare the inspection of the bytes.
    requireRevision(ifMatch, (await getMedia(ctx, id)).revision);
    return await withFile(ctx, library, staged, name, (ctx, file) =>
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

/** A use that shows an image cannot show a recording or document, and vice versa. */
function requireSameKind(before: string, after: string): void {
  if (isImageType(before) === isImageType(after)) return;
  throw new DomainError(
    'conflict',
    'other_kind_of_file',
    `The media is of type ${before}, the file of type ${after}: an image is replaced by an image alone.`,
  );
}
