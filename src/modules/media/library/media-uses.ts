import type { Context } from '../../../context.ts';
import type { Prisma } from '../../../database/generated/client.ts';
import type { MediaUse } from '../record/media-use-schemas.ts';

/** `total` counts every use; `uses` has up to 20 of those that the actor may see. */
export type UsesFound = { total: number; uses: MediaUse[] };

/** Queries about uses, which higher modules store. app.ts injects the implementation. */
export type MediaUses = {
  /** Uses in drafts, in live editions, and as avatars */
  find(ctx: Context, mediaId: string): Promise<UsesFound>;
  /** Uses in scheduled issues by figures that have no alt text of their own and show that of the media file */
  findInSchedule(ctx: Context, mediaId: string): Promise<UsesFound>;
  /** Condition that a media file is in use */
  used: Prisma.MediaWhereInput;
};
