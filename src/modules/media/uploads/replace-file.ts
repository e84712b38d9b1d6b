import type { Context } from '../../../context.ts';
import { DomainError } from '../../../errors.ts';
import { type IfMatch, lockRow, requireRevision } from '../../../lib/revision.ts';
import { recordEvent } from '../../events/record-event.ts';
import { isImageType } from '../files/file-types.ts';
import { getMedia } from '../library/media.ts';
import { withFile } from '../library/media-file.ts';
import type { MediaLibrary } from '../library/media-library.ts';
import { type MediaWithFile, withFileIncluded } from '../record/media-with-file.ts';
import type { StagedFile } from '../storage/staging.ts';
import { cleanOriginalName } from './original-name.ts';

/**
 * Gives a media other bytes. Its id, its words and every use stay; what is published shows the bytes that it
 * showed until it is published again. The same bytes once more change nothing.
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
    // Before the work of looking at the bytes.
    requireRevision(ifMatch, (await getMedia(ctx, id)).revision);
    return await withFile(ctx, library, staged, name, async (ctx, file) => {
      await lockRow(ctx, 'media', id);
      const before = await getMedia(ctx, id);
      requireRevision(ifMatch, before.revision);
      if (before.fileId === file.id) return before;
      requireSameKind(before.file.mimeType, file.mimeType);
      const media = await ctx.db.media.update({
        where: { id },
        data: { fileId: file.id, originalName: name, revision: { increment: 1 }, updatedAt: ctx.now },
        include: withFileIncluded,
      });
      await recordEvent(ctx, {
        type: 'media.replaced',
        subject: { kind: 'media', id },
        details: { from: before.file.fileName, to: file.fileName },
      });
      return media;
    });
  } finally {
    await staged.discard();
  }
}

/** Where a figure stands no recording can, and the other way round. */
function requireSameKind(before: string, after: string): void {
  if (isImageType(before) === isImageType(after)) return;
  throw new DomainError(
    'conflict',
    'other_kind_of_file',
    `The media is of type ${before}, the file of type ${after}: an image is replaced by an image alone.`,
  );
}
