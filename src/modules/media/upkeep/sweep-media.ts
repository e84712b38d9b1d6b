import type { FastifyBaseLogger } from 'fastify';
import { type Context, inTransaction } from '../../../context.ts';
import { deleteUnusedFile } from '../library/media-file.ts';
import type { MediaLibrary } from '../library/media-library.ts';
import { removeFiles } from '../storage/remove-files.ts';
import type { StoredEntry } from '../storage/storage.ts';
import { countKnown, findOrphans } from './find-orphans.ts';
import { ownsStorage } from './owns-storage.ts';
import { removeStaged } from './remove-staged.ts';

export const SWEEP_INTERVAL_MS = 3_600_000;
/** Files must be unused for a day: uploads take minutes, and caches keep responses for hours. */
const GRACE_PERIOD_MS = 86_400_000;

/**
 * Returns the background task of a node that removes files that were unused for the grace period: files that no media
 * and no live edition refers to, stored files without a row, and the remains of interrupted uploads.
 */
export function makeSweepMedia(ctx: Context, { storage }: MediaLibrary, log: FastifyBaseLogger) {
  return async function sweepMedia(stopping: AbortSignal): Promise<number> {
    const before = new Date((await readClock(ctx)).getTime() - GRACE_PERIOD_MS);
    const removed = {
      staged: await removeStaged(storage, before),
      unused: await removeUnused(before, stopping),
      orphans: await removeOrphans(before, stopping),
      // Last, because the S3 key may lack the permission for it, and an error must not prevent the rest.
      unfinished: await storage.removeUnfinished(before),
    };
    if (Object.values(removed).some((count) => count > 0)) log.info(removed, 'removed unused media files');
    return SWEEP_INTERVAL_MS;
  };

  async function removeUnused(before: Date, stopping: AbortSignal): Promise<number> {
    await markReleased(ctx);
    const released = await ctx.db.mediaFile.findMany({
      where: { releasedAt: { lt: before } },
      select: { id: true },
    });
    let count = 0;
    for (const { id } of released) {
      if (stopping.aborted) break;
      const fileNames = await inTransaction(ctx, (ctx) => deleteUnusedFile(ctx, id));
      await removeFiles(storage, fileNames);
      count += fileNames.length;
    }
    return count;
  }

  async function removeOrphans(before: Date, stopping: AbortSignal): Promise<number> {
    if (!(await ownsStorage(ctx, storage))) {
      log.warn('the media storage belongs to another database; files without a row are not removed');
      return 0;
    }
    let count = 0;
    for await (const orphan of findOrphans(ctx, storage, stopping)) {
      if (stopping.aborted) break;
      if (orphan.modifiedAt >= before || (await isInUseByNow(orphan, before))) continue;
      await storage.remove(orphan.fileName);
      count += 1;
    }
    return count;
  }

  /** A rendition may have been stored again under the same name since the file was listed. */
  async function isInUseByNow(orphan: StoredEntry, before: Date): Promise<boolean> {
    const current = await storage.stat(orphan.fileName);
    return current === null || current.modifiedAt >= before || (await countKnown(ctx, [orphan])) > 0;
  }
}

/** Sets `released_at` of files that became unused, and clears it for files that are used again. */
async function markReleased(ctx: Context): Promise<void> {
  await ctx.db.$executeRaw`
    UPDATE media_files SET released_at = CASE WHEN released_at IS NULL THEN now() END
    WHERE (released_at IS NULL) = (
      NOT EXISTS (SELECT FROM media WHERE file_id = media_files.id)
      AND NOT EXISTS (SELECT FROM published_media WHERE file_id = media_files.id)
    )`;
}

async function readClock(ctx: Context): Promise<Date> {
  const [clock] = await ctx.db.$queryRaw<[{ now: Date }]>`SELECT now() AS now`;
  return clock.now;
}
