import type { Context } from '../../../context.ts';
import type { Page } from '../../../lib/page.ts';
import type { MediaUse, UseKey } from '../record/use-schemas.ts';
import { getMedia } from './media.ts';
import { readUses } from './read-uses.ts';

/** In issues as they stand, then in live editions, then by people. */
export async function listUses(
  ctx: Context,
  mediaId: string,
  query: { limit: number; after: UseKey | undefined },
): Promise<Page<MediaUse, UseKey>> {
  await getMedia(ctx, mediaId);
  return readUses(ctx, mediaId, query);
}
