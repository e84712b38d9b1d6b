import type { Context } from '../../../context.ts';
import type { MediaFile } from '../../../database/generated/client.ts';
import { type CropSize, focalPointOf, type PlannedCrop, planCrop } from './plan-crops.ts';
import { type PlannedVariant, planVariants } from './plan-variants.ts';

export type Wanted = {
  missing: (PlannedVariant | PlannedCrop)[];
  /** Names of what was made once and is no longer asked for. */
  obsolete: string[];
};

/** What a file should have beside what it has: all widths, and each crop around the focal points of its media. */
export async function findWanted(ctx: Context, crops: readonly CropSize[], file: MediaFile): Promise<Wanted> {
  const media = await ctx.db.media.findMany({
    where: { fileId: file.id },
    select: { focalX: true, focalY: true },
  });
  const variants = await ctx.db.mediaVariant.findMany({
    where: { fileId: file.id },
    select: { fileName: true },
  });
  const wanted = new Map(
    [
      ...planVariants(file),
      ...media.flatMap((each) => crops.flatMap((size) => planCrop(file, size, focalPointOf(each)))),
    ].map((variant) => [variant.fileName, variant]),
  );
  const made = new Set(variants.map(({ fileName }) => fileName));
  return {
    missing: [...wanted.values()].filter(({ fileName }) => !made.has(fileName)),
    obsolete: [...made].filter((fileName) => !wanted.has(fileName)),
  };
}
