import type { Context } from '../../../context.ts';
import { DomainError, notFound } from '../../../errors.ts';
import { definedFields } from '../../../lib/patch.ts';
import { type IfMatch, requireRevision, withRowLocked } from '../../../lib/revision.ts';
import { recordEvent } from '../../events/record-event.ts';
import { isImageType } from '../files/file-types.ts';
import { type MediaWithFile, withFileIncluded } from '../record/media-with-file.ts';
import type { MediaPatch } from '../record/schemas.ts';
import { requestVariants } from '../renditions/request-variants.ts';
import { removeFiles } from '../storage/remove-files.ts';
import { wordColumns } from './columns.ts';
import { deleteUnusedFile } from './media-file.ts';
import type { MediaLibrary } from './media-library.ts';
import type { MediaUses } from './media-uses.ts';

/** Media are shared by all newsletters: every key sees all of them. */

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
  return withRowLocked(ctx, 'media', id, async (ctx) => {
    const before = await getMedia(ctx, id);
    requireRevision(ifMatch, before.revision);
    if (patch.alt === null && isImageType(before.file.mimeType)) await requireUnscheduled(ctx, uses, id);
    // The crops are of another part of the image now.
    if (patch.focalPoint !== undefined) await requestVariants(ctx, before.file);
    const media = await ctx.db.media.update({
      where: { id },
      data: { ...wordColumns(patch), revision: { increment: 1 }, updatedAt: ctx.now },
      include: withFileIncluded,
    });
    await record(ctx, 'media.updated', media, { fields: Object.keys(definedFields(patch)) });
    return media;
  });
}

/**
 * Refused while anything uses it. Not for use inside another transaction: the bytes go when this one is
 * committed, and a process that dies before leaves them without a row, for `sweepMedia`.
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

/** Answers with the names of the files that went with it. */
function deleteRow(ctx: Context, uses: MediaUses, id: string, ifMatch: IfMatch): Promise<string[]> {
  return withRowLocked(ctx, 'media', id, async (ctx) => {
    const media = await getMedia(ctx, id);
    requireRevision(ifMatch, media.revision);
    await requireUnused(ctx, uses, id);
    await ctx.db.media.delete({ where: { id } });
    await record(ctx, 'media.deleted', media);
    return deleteUnusedFile(ctx, media.fileId);
  });
}

/** A scheduled issue stays publishable: what it shows keeps its alt text. */
async function requireUnscheduled(ctx: Context, { findInSchedule }: MediaUses, id: string): Promise<void> {
  const { total, uses } = await findInSchedule(ctx, id);
  if (total === 0) return;
  const message = 'is needed by scheduled issues; give another, or take them off the schedule';
  throw new DomainError('conflict', 'alt_needed', `The alt text ${message}.`, {
    faults: [{ pointer: '/alt', code: 'needed', message }],
    uses,
    total,
  });
}

async function requireUnused(ctx: Context, { find }: MediaUses, id: string): Promise<void> {
  const { total, uses } = await find(ctx, id);
  if (total === 0) return;
  throw new DomainError('conflict', 'in_use', `Uses of this media: ${total}.`, { uses, total });
}

function record(
  ctx: Context,
  type: 'media.updated' | 'media.deleted',
  { id, file: { fileName } }: MediaWithFile,
  details: { fields?: string[] } = {},
): Promise<void> {
  return recordEvent(ctx, { type, subject: { kind: 'media', id }, details: { fileName, ...details } });
}
