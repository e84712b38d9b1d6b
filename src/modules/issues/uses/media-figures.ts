import type { Context } from '../../../context.ts';
import type { Prisma } from '../../../database/generated/client.ts';

/** Matches media files that the current draft of an issue shows or links to. */
export const usedByFigures = { figures: { some: {} } } as const satisfies Prisma.MediaWhereInput;

export function countFigures(ctx: Context, mediaId: string): Promise<number> {
  return ctx.db.figure.count({ where: { mediaId } });
}

/** Counts the figures of scheduled issues that use the alt text of the media file. */
export function countScheduledFigures(ctx: Context, mediaId: string): Promise<number> {
  return ctx.db.figure.count({ where: { mediaId, alt: null, issue: { status: 'scheduled' } } });
}
