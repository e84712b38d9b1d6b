import type { Context } from '../../../context.ts';
import type { MediaFile } from '../../../database/generated/client.ts';
import {
  type CropSize,
  focalPointOf,
  isCropOf,
  type PlannedCrop,
  planCrop,
} from '../renditions/plan-crops.ts';
import { type PlannedRendition, planRenditions } from '../renditions/plan-renditions.ts';

export type Wanted = {
  missing: (PlannedRendition | PlannedCrop)[];
  /** Names of crops that were made once and are no longer asked for. A width may stand in an edition for ever. */
  obsolete: string[];
};

/** What a file should have beside what it has: all widths, and each crop around its focal point. */
export async function findWanted(ctx: Context, crops: readonly CropSize[], file: MediaFile): Promise<Wanted> {
  const focal = await findFocalPoint(ctx, file);
  const wanted = [...planRenditions(file), ...crops.flatMap((size) => planCrop(file, size, focal))];
  const made = await ctx.db.mediaRendition.findMany({
    where: { fileId: file.id },
    select: { fileName: true },
  });
  const namesMade = new Set(made.map(({ fileName }) => fileName));
  const namesWanted = new Set(wanted.map(({ fileName }) => fileName));
  return {
    missing: wanted.filter(({ fileName }) => !namesMade.has(fileName)),
    obsolete: [...namesMade].filter((name) => !namesWanted.has(name) && isCropOf(file, name)),
  };
}

/** That of the oldest media which shows the file, now or in a live edition; serving/find-file.ts asks alike. */
async function findFocalPoint(ctx: Context, { id: fileId }: MediaFile) {
  const oldest = await ctx.db.media.findFirst({
    where: { OR: [{ fileId }, { published: { some: { fileId } } }] },
    orderBy: { id: 'asc' },
    select: { focalX: true, focalY: true },
  });
  return focalPointOf(oldest ?? { focalX: null, focalY: null });
}
