import type { Context } from '../../../context.ts';
import type { Page } from '../../../lib/page.ts';
import { getMedia } from '../../media/library/media.ts';
import type { MediaUse, MediaUseKey } from '../../media/record/media-use-schemas.ts';
import { readMediaUses } from './read-media-uses.ts';

/** Lists the uses in the drafts of issues, then in live editions, then as avatars of people. */
export async function listMediaUses(
  ctx: Context,
  mediaId: string,
  query: { limit: number; after: MediaUseKey | undefined },
): Promise<Page<MediaUse, MediaUseKey>> {
  await getMedia(ctx, mediaId);
  return readMediaUses(ctx, mediaId, query);
}
