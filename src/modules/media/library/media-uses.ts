import type { Context } from '../../../context.ts';
import type { Prisma } from '../../../database/generated/client.ts';
import type { MediaUse } from '../record/media-use-schemas.ts';

/** `total` counts every use; `uses` names up to 20 of those that the actor may see. */
export type UsesFound = { total: number; uses: MediaUse[] };

/** Where media are used is known to the modules above this one. app.ts hands their answers in. */
export type MediaUses = {
  /** In issues as they stand, in live editions, and by people. */
  find(ctx: Context, mediaId: string): Promise<UsesFound>;
  /** In scheduled issues, by figures that rely on the media's own alt text. */
  findInSchedule(ctx: Context, mediaId: string): Promise<UsesFound>;
  /** True of a media that anything uses. */
  used: Prisma.MediaWhereInput;
};
