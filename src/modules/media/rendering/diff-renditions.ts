import type { Context } from '../../../context.ts';
import type { MediaFile } from '../../../database/generated/client.ts';
import {
  type CropSize,
  focalPercentOf,
  isCropOf,
  type PlannedCrop,
  planCrop,
} from '../renditions/plan-crops.ts';
import { type PlannedRendition, planRenditions } from '../renditions/plan-renditions.ts';

export type RenditionDiff = {
  missing: (PlannedRendition | PlannedCrop)[];
  /** Names of crops that are no longer planned. Other renditions are never obsolete, because editions may name them. */
  obsolete: string[];
};

/** Compares the planned renditions and crops of a file with the existing ones. */
export async function diffRenditions(
  ctx: Context,
  crops: readonly CropSize[],
  file: MediaFile,
): Promise<RenditionDiff> {
  const focal = await findFocalPoint(ctx, file);
  const planned = [...planRenditions(file), ...crops.flatMap((size) => planCrop(file, size, focal))];
  const existing = await ctx.db.mediaRendition.findMany({
    where: { fileId: file.id },
    select: { fileName: true },
  });
  const existingNames = new Set(existing.map(({ fileName }) => fileName));
  const plannedNames = new Set(planned.map(({ fileName }) => fileName));
  return {
    missing: planned.filter(({ fileName }) => !existingNames.has(fileName)),
    obsolete: [...existingNames].filter((name) => !plannedNames.has(name) && isCropOf(file, name)),
  };
}

/** The focal point of the oldest media that uses the file, also if only in a live edition, as in serving/find-file.ts. */
async function findFocalPoint(ctx: Context, { id: fileId }: MediaFile) {
  const oldest = await ctx.db.media.findFirst({
    where: { OR: [{ fileId }, { published: { some: { fileId } } }] },
    orderBy: { id: 'asc' },
    select: { focalX: true, focalY: true },
  });
  return focalPercentOf(oldest ?? { focalX: null, focalY: null });
}
