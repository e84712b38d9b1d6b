import type { Context } from '../../context.ts';
import type { Prisma } from '../../database/generated/client.ts';

/** Matches media files that are the avatar of a person. */
export const usedAsAvatar = { avatars: { some: {} } } as const satisfies Prisma.MediaWhereInput;

export function countAvatars(ctx: Context, mediaId: string): Promise<number> {
  return ctx.db.person.count({ where: { avatarId: mediaId } });
}
