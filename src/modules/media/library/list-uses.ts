import type { Context } from '../../../context.ts';
import type { Page } from '../../../lib/page.ts';
import type { MediaUse, MediaUseKey } from '../record/media-use-schemas.ts';
import { getMedia } from './media.ts';
import { readMediaUses } from './read-media-uses.ts';

/** In issues as they stand, then in live editions, then by people. */
export async function listUses(
  ctx: Context,
  mediaId: string,
  query: { limit: number; after: MediaUseKey | undefined },
): Promise<Page<MediaUse, MediaUseKey>> {
  await getMedia(ctx, mediaId);
  return readMediaUses(ctx, mediaId, query);
}
