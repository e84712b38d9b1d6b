import type { Context } from '../../../context.ts';
import { Prisma } from '../../../database/generated/client.ts';
import { definedFields } from '../../../lib/patch.ts';
import { readReferences } from '../../../markdown/read-text.ts';
import { scanMediaIds } from '../../../markdown/scan-media-ids.ts';
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
  const placed = await Promise.all(
    uses.map(async (use) => ({ ...use, mediaIds: await mediaOfTexts(ctx, use) })),
  );
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

/**
 * Reads the texts before the transaction that writes their figures; what they refer to is cached. So the transaction does
 * not wait for texts that are slow to read while it holds its locks.
 */
export async function readTextsAhead(ctx: Context, texts: FigureUse['texts']): Promise<void> {
  await Promise.all(texts.map((text) => (text ? readReferences(ctx, text) : null)));
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
async function mediaOfTexts(ctx: Context, { listed, texts }: FigureUse): Promise<string[]> {
  const named = new Set(listed.map((figure) => figure.mediaId));
  const found = await Promise.all(texts.map((text) => mediaOfText(ctx, text)));
  return [...new Set(found.flat())].filter((id) => !named.has(id));
}

/** If the text takes too long to read, every media id in it counts, so that no file that it shows can be deleted. */
async function mediaOfText(ctx: Context, text: string | null | undefined): Promise<string[]> {
  if (!text) return [];
  const references = await readReferences(ctx, text);
  if (!references) return scanMediaIds(text);
  return [...references.images, ...references.links].flatMap(({ mediaId }) => mediaId ?? []);
}

async function findMedia(ctx: Context, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  return new Set(await findMediaIds(ctx, ids));
}
