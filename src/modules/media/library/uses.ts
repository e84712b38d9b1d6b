import type { Context } from '../../../context.ts';
import { Prisma } from '../../../database/generated/client.ts';
import type { MediaUse } from '../record/media-use-schemas.ts';
import { readMediaUses, readMediaUsesInIssues } from './read-media-uses.ts';

/** Uses that a refusal names at most. */
const USES_NAMED = 20;

export type Uses = { uses: MediaUse[]; total: number };

/** Counts all uses, and names those that the actor may see. */
export async function findUses(ctx: Context, mediaId: string): Promise<Uses> {
  const where = { mediaId };
  const total =
    (await ctx.db.figure.count({ where })) +
    (await ctx.db.publishedMedia.count({ where })) +
    (await ctx.db.person.count({ where: { avatarId: mediaId } }));
  if (total === 0) return { uses: [], total };
  const { data: uses } = await readMediaUses(ctx, mediaId, { limit: USES_NAMED, after: undefined });
  return { uses, total };
}

/** Figures of scheduled issues that show the media with its own alt text. */
export async function findScheduledUses(ctx: Context, mediaId: string): Promise<Uses> {
  const where = { mediaId, alt: null, issue: { status: 'scheduled' } } as const;
  const total = await ctx.db.figure.count({ where });
  if (total === 0) return { uses: [], total };
  const leansOn = Prisma.sql`figures.alt IS NULL AND issues.status = 'scheduled'`;
  return { uses: await readMediaUsesInIssues(ctx, mediaId, leansOn, USES_NAMED), total };
}
