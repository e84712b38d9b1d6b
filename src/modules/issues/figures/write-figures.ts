import type { Context } from '../../../context.ts';
import { Prisma } from '../../../database/generated/client.ts';
import { definedFields } from '../../../lib/patch.ts';
import { findMediaImages, findMediaLinks } from '../../../markdown/references.ts';
import { findMediaIds } from '../../media/library/find-media-ids.ts';
import type { FigureInput } from '../tree/figure-schemas.ts';

/** The owner of figures: an item, a section's intro, or the issue itself. */
export type Owner = { issueId: string; sectionId?: string; itemId?: string };

/** The figures that an owner lists, and its Markdown texts, which can show or link to further media. */
export type FigureUse = {
  owner: Owner;
  listed: readonly FigureInput[];
  texts: readonly (string | null | undefined)[];
};

/**
 * Records which media files the owners use, so that none of them can be deleted. A file that only a text refers to gets
 * a row too, if it exists. Readiness reports those that do not exist.
 */
export async function writeFigures(ctx: Context, uses: readonly FigureUse[]): Promise<void> {
  const placed = uses.map((use) => ({ ...use, mediaIds: mediaOfTexts(use) }));
  const known = await findMedia(
    ctx,
    placed.flatMap((use) => use.mediaIds),
  );
  const rows = placed.flatMap(({ owner, listed, mediaIds }) => [
    ...listed.map((figure, position) => figureRow(owner, 'item', position, figure)),
    ...mediaIds
      .filter((mediaId) => known.has(mediaId))
      .map((mediaId, position) => figureRow(owner, 'body', position, { mediaId })),
  ]);
  if (rows.length > 0) await ctx.db.figure.createMany({ data: rows });
}

/** Replaces the figures of one owner. */
export async function rewriteFigures(ctx: Context, use: FigureUse): Promise<void> {
  const { issueId, sectionId = null, itemId = null } = use.owner;
  const places = { in: ['item', 'body'] satisfies Prisma.FigureCreateManyInput['place'][] };
  await ctx.db.figure.deleteMany({
    where: itemId ? { itemId } : { issueId, sectionId, itemId: null, place: places },
  });
  await writeFigures(ctx, [use]);
}

export async function writeCover(ctx: Context, issueId: string, cover: FigureInput | null): Promise<void> {
  await ctx.db.figure.deleteMany({ where: { issueId, place: 'cover' } });
  if (cover) await ctx.db.figure.create({ data: figureRow({ issueId }, 'cover', 0, cover) });
}

function figureRow(
  owner: Owner,
  place: Prisma.FigureCreateManyInput['place'],
  position: number,
  { credit, ...figure }: FigureInput,
): Prisma.FigureCreateManyInput {
  return { ...owner, ...definedFields(figure), place, position, credit: credit ?? Prisma.DbNull };
}

/** Ids of the media files that only the texts refer to, each once. */
function mediaOfTexts({ listed, texts }: FigureUse): string[] {
  const named = new Set(listed.map((figure) => figure.mediaId));
  const found = texts
    .flatMap((text) => [...findMediaImages(text ?? ''), ...findMediaLinks(text ?? '')])
    .map((reference) => reference.mediaId);
  return [...new Set(found)].filter((id) => id !== null).filter((id) => !named.has(id));
}

async function findMedia(ctx: Context, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  return new Set(await findMediaIds(ctx, ids));
}
