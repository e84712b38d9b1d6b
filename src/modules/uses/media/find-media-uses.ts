import type { Context } from '../../../context.ts';
import { Prisma } from '../../../database/generated/client.ts';
import { countFigures, countScheduledFigures, usedByFigures } from '../../issues/uses/media-figures.ts';
import type { MediaUses, UsesFound } from '../../media/library/media-uses.ts';
import { countAvatars, usedAsAvatar } from '../../people/avatars.ts';
import { countMediaEditions, usedByEditions } from '../../publications/media-editions.ts';
import { readMediaUses, readUsesInIssues } from './read-media-uses.ts';

/** Uses that a refusal lists. */
const MAX_LISTED = 20;

export const mediaUses: MediaUses = {
  find: findUses,
  findInSchedule: findScheduledUses,
  used: { OR: [usedByFigures, usedByEditions, usedAsAvatar] },
};

async function findUses(ctx: Context, mediaId: string): Promise<UsesFound> {
  const total =
    (await countFigures(ctx, mediaId)) +
    (await countMediaEditions(ctx, mediaId)) +
    (await countAvatars(ctx, mediaId));
  if (total === 0) return { uses: [], total };
  const { data: uses } = await readMediaUses(ctx, mediaId, { limit: MAX_LISTED, after: undefined });
  return { uses, total };
}

async function findScheduledUses(ctx: Context, mediaId: string): Promise<UsesFound> {
  const total = await countScheduledFigures(ctx, mediaId);
  if (total === 0) return { uses: [], total };
  const reliesOnAlt = Prisma.sql`figures.alt IS NULL AND issues.status = 'scheduled'`;
  return { uses: await readUsesInIssues(ctx, mediaId, reliesOnAlt, MAX_LISTED), total };
}
