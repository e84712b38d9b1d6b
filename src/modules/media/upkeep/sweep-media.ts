import type { FastifyBaseLogger } from 'fastify';
import { type Context, inTransaction } from '../../../context.ts';
import { deleteUnusedFile } from '../library/media-file.ts';
import type { MediaLibrary } from '../library/media-library.ts';
import { removeFiles } from '../storage/remove-files.ts';
import type { StoredEntry } from '../storage/storage.ts';
import { countKnown, findStrays } from './find-strays.ts';
import { ownsStorage } from './owns-storage.ts';
import { removeStaged } from './remove-staged.ts';

/** Milliseconds between sweeps. */
export const SWEEP_PAUSE = 3_600_000;
/** Milliseconds for which a thing must have been of no use. An upload takes minutes, a cache lasts hours. */
const GRACE = 86_400_000;

/**
 * Makes the work of one node: remove what nothing needs since a day. Files that no media and no live edition
 * shows any more, files in the storage that have no row, and what uploads left behind that were cut off.
 */
export function makeSweepMedia(ctx: Context, { storage }: MediaLibrary, log: FastifyBaseLogger) {
  return async function sweepMedia(stopping: AbortSignal): Promise<number> {
    const before = new Date((await readClock(ctx)).getTime() - GRACE);
    const removed = {
      staged: await removeStaged(storage, before),
      unused: await removeUnused(before, stopping),
      strays: await removeStrays(before, stopping),
      // Last: a key for a bucket may lack the right to it, which must not keep the rest from being done.
      unfinished: await storage.removeUnfinished(before),
    };
    if (Object.values(removed).some((count) => count > 0)) log.info(removed, 'media were swept');
    return SWEEP_PAUSE;
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

  async function removeStrays(before: Date, stopping: AbortSignal): Promise<number> {
    if (!(await ownsStorage(ctx, storage))) {
      log.warn('the media storage holds files of another database: what has no row here is left there');
      return 0;
    }
    let count = 0;
    for await (const stray of findStrays(ctx, storage, stopping)) {
      if (stopping.aborted) break;
      if (stray.modifiedAt >= before || (await hasCome(stray, before))) continue;
      await storage.remove(stray.fileName);
      count += 1;
    }
    return count;
  }

  /** Since it was listed: a rendition without a row is stored anew under its name when it is rendered. */
  async function hasCome(stray: StoredEntry, before: Date): Promise<boolean> {
    const now = await storage.stat(stray.fileName);
    return now === null || now.modifiedAt >= before || (await countKnown(ctx, [stray])) > 0;
  }
}

/** Notes since when nothing shows a file, and forgets it where something does again. */
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
