import type { Context } from '../../context.ts';
import type { Prisma } from '../../database/generated/client.ts';

/** True of a media that is somebody's avatar. */
export const usedAsAvatar = { avatars: { some: {} } } as const satisfies Prisma.MediaWhereInput;

export function countAvatars(ctx: Context, mediaId: string): Promise<number> {
  return ctx.db.person.count({ where: { avatarId: mediaId } });
}
