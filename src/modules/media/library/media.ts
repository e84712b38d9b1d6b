import type { Context } from '../../../context.ts';
import type { Prisma } from '../../../database/generated/client.ts';
import { DomainError, notFound } from '../../../errors.ts';
import { definedFields } from '../../../lib/patch.ts';
import { type IfMatch, requireRevision, withRowLocked } from '../../../lib/revision.ts';
import { recordEvent } from '../../events/record-event.ts';
import { isImageType } from '../files/file-types.ts';
import { type MediaWithFile, withFileIncluded } from '../record/media-with-file.ts';
import type { MediaPatch } from '../record/schemas.ts';
import { requestRenditions } from '../renditions/request-renditions.ts';
import { removeFiles } from '../storage/remove-files.ts';
import { deleteUnusedFile } from './media-file.ts';
import type { MediaLibrary } from './media-library.ts';
import type { MediaUses } from './media-uses.ts';
import { metadataColumns } from './metadata-columns.ts';

/** Media files belong to no newsletter, so every actor sees all of them. */
export async function getMedia(ctx: Context, id: string): Promise<MediaWithFile> {
  const media = await ctx.db.media.findUnique({ where: { id }, include: withFileIncluded });
  if (!media) throw notFound('media');
  return media;
}

export function updateMedia(
  ctx: Context,
  uses: MediaUses,
  id: string,
  patch: MediaPatch,
  ifMatch: IfMatch,
): Promise<MediaWithFile> {
  return changeMedia(ctx, id, ifMatch, async (ctx, { file }) => {
    if (patch.alt === null && isImageType(file.mimeType)) await requireUnscheduled(ctx, uses, id);
    // Crops depend on the focal point.
    if (patch.focalPoint !== undefined) await requestRenditions(ctx, file);
    return {
      type: 'media.updated',
      columns: metadataColumns(patch),
      details: { fileName: file.fileName, fields: Object.keys(definedFields(patch)) },
    };
  });
}

/** The columns to write and the event to record */
export type MediaChange = {
  type: 'media.updated' | 'media.replaced';
  columns: Omit<Prisma.MediaUncheckedUpdateInput, 'revision' | 'updatedAt'>;
  details: Prisma.InputJsonObject;
};

/**
 * Makes every change to a media file: locks its row, checks If-Match, writes the columns that `decide` returns,
 * increments the revision and records the event. `decide` returns null if nothing changes.
 */
export function changeMedia(
  ctx: Context,
  id: string,
  ifMatch: IfMatch,
  decide: (ctx: Context, media: MediaWithFile) => Promise<MediaChange | null>,
): Promise<MediaWithFile> {
  return withRowLocked(ctx, 'media', id, async (ctx) => {
    const before = await getMedia(ctx, id);
    requireRevision(ifMatch, before.revision);
    const change = await decide(ctx, before);
    if (change === null) return before;
    const { type, columns, details } = change;
    const media = await ctx.db.media.update({
      where: { id },
      data: { ...columns, revision: { increment: 1 }, updatedAt: ctx.now },
      include: withFileIncluded,
    });
    await recordEvent(ctx, { type, subject: { kind: 'media', id }, details });
    return media;
  });
}

/**
 * Refused while anything uses the media file. Do not call it inside another transaction: it removes the bytes after
 * its own commit. If the process dies in between, `sweepMedia` removes the bytes.
 */
export async function deleteMedia(
  ctx: Context,
  { storage }: MediaLibrary,
  uses: MediaUses,
  id: string,
  ifMatch: IfMatch,
): Promise<void> {
  await removeFiles(storage, await deleteRow(ctx, uses, id, ifMatch));
}

/** Returns the names of the files to remove from the storage. */
function deleteRow(ctx: Context, uses: MediaUses, id: string, ifMatch: IfMatch): Promise<string[]> {
  return withRowLocked(ctx, 'media', id, async (ctx) => {
    const media = await getMedia(ctx, id);
    requireRevision(ifMatch, media.revision);
    await requireUnused(ctx, uses, id);
    await ctx.db.media.delete({ where: { id } });
    await recordEvent(ctx, {
      type: 'media.deleted',
      subject: { kind: 'media', id },
      details: { fileName: media.file.fileName },
    });
    return deleteUnusedFile(ctx, media.fileId);
  });
}

/** An image without an alt text would make a scheduled issue unpublishable. */
async function requireUnscheduled(ctx: Context, { findInSchedule }: MediaUses, id: string): Promise<void> {
  const { total, uses } = await findInSchedule(ctx, id);
  if (total === 0) return;
  const message = 'must not be removed while scheduled issues need it; replace it, or unschedule the issues';
  throw new DomainError('conflict', 'alt_needed', `The alt text ${message}.`, {
    faults: [{ pointer: '/alt', code: 'needed', message }],
    uses,
    total,
  });
}

async function requireUnused(ctx: Context, { find }: MediaUses, id: string): Promise<void> {
  const { total, uses } = await find(ctx, id);
  if (total === 0) return;
  throw new DomainError(
    'conflict',
    'in_use',
    `The media file is used in ${total} places; remove these uses first.`,
    { uses, total },
  );
}
