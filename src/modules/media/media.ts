import type { Context } from '../../context.ts';
import type { Media } from '../../database/generated/client.ts';
import { DomainError, notFound } from '../../errors.ts';
import { type ById, newestFirst, type Page, toPage } from '../../page.ts';
import { definedFields } from '../../patch.ts';
import { type IfMatch, requireRevision, withRowLocked } from '../../revision.ts';
import { recordEvent } from '../events/record-event.ts';
import type { MediaPatch } from './schemas.ts';
import type { MediaStorage } from './storage.ts';
import { creditColumns } from './store-media.ts';
import { findScheduledUses, findUses } from './uses.ts';

/** Media are shared by all newsletters: every key sees all of them. */

/** Newest first. */
export async function listMedia(ctx: Context, query: ById): Promise<Page<Media, string>> {
  const rows = await ctx.db.media.findMany(newestFirst(query));
  return toPage(rows, query.limit, (row) => row.id);
}

export async function getMedia(ctx: Context, id: string): Promise<Media> {
  const media = await ctx.db.media.findUnique({ where: { id } });
  if (!media) throw notFound('media');
  return media;
}

export function updateMedia(ctx: Context, id: string, patch: MediaPatch, ifMatch: IfMatch): Promise<Media> {
  return withRowLocked(ctx, 'media', id, async (ctx) => {
    requireRevision(ifMatch, (await getMedia(ctx, id)).revision);
    if (patch.alt === null) await requireUnscheduled(ctx, id);
    const { credit, ...changes } = definedFields(patch);
    const creditChanges = credit === undefined ? {} : creditColumns(credit);
    const media = await ctx.db.media.update({
      where: { id },
      data: { ...changes, ...creditChanges, revision: { increment: 1 }, updatedAt: ctx.now },
    });
    await record(ctx, 'media.updated', media, { fields: Object.keys(definedFields(patch)) });
    return media;
  });
}

/**
 * Refused while anything uses it. Not for use inside another transaction: the file goes when this one is
 * committed, and a process that dies before leaves it without a row, for the sweep that is still to come.
 */
export async function deleteMedia(
  ctx: Context,
  storage: MediaStorage,
  id: string,
  ifMatch: IfMatch,
): Promise<void> {
  const { fileName } = await deleteRow(ctx, id, ifMatch);
  await storage.remove(fileName);
}

function deleteRow(ctx: Context, id: string, ifMatch: IfMatch): Promise<Media> {
  return withRowLocked(ctx, 'media', id, async (ctx) => {
    const media = await getMedia(ctx, id);
    requireRevision(ifMatch, media.revision);
    await requireUnused(ctx, id);
    await ctx.db.media.delete({ where: { id } });
    await record(ctx, 'media.deleted', media);
    return media;
  });
}

/** A scheduled issue stays publishable: what it shows keeps its alt text. */
async function requireUnscheduled(ctx: Context, id: string): Promise<void> {
  const { total, uses } = await findScheduledUses(ctx, id);
  if (total === 0) return;
  const message = 'is needed by scheduled issues; give another, or take them off the schedule';
  throw new DomainError('conflict', 'alt_needed', `The alt text ${message}.`, {
    faults: [{ pointer: '/alt', code: 'needed', message }],
    uses,
    total,
  });
}

async function requireUnused(ctx: Context, id: string): Promise<void> {
  const { total, uses } = await findUses(ctx, id);
  if (total === 0) return;
  throw new DomainError('conflict', 'in_use', `Uses of this media: ${total}.`, { uses, total });
}

function record(
  ctx: Context,
  type: 'media.updated' | 'media.deleted',
  { id, fileName }: Media,
  details: { fields?: string[] } = {},
): Promise<void> {
  return recordEvent(ctx, { type, subject: { kind: 'media', id }, details: { fileName, ...details } });
}
