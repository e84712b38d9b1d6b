import type { Context } from '../../context.ts';
import type { Prisma } from '../../database/generated/client.ts';

/** Matches media files that a live edition shows or links to. */
export const usedByEditions = { published: { some: {} } } as const satisfies Prisma.MediaWhereInput;

/** How many live editions show or link to the media file. */
export function countMediaEditions(ctx: Context, mediaId: string): Promise<number> {
  return ctx.db.publishedMedia.count({ where: { mediaId } });
}
