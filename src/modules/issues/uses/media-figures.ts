import type { Context } from '../../../context.ts';
import type { Prisma } from '../../../database/generated/client.ts';

/** True of a media that an issue, as it stands, shows or links to. */
export const usedByFigures = { figures: { some: {} } } as const satisfies Prisma.MediaWhereInput;

export function countFigures(ctx: Context, mediaId: string): Promise<number> {
  return ctx.db.figure.count({ where: { mediaId } });
}

/** Counts the figures of scheduled issues that rely on the media's own alt text. */
export function countScheduledFigures(ctx: Context, mediaId: string): Promise<number> {
  return ctx.db.figure.count({ where: { mediaId, alt: null, issue: { status: 'scheduled' } } });
}
