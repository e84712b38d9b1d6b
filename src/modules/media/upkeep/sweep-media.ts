import type { FastifyBaseLogger } from 'fastify';
import { type Context, inTransaction } from '../../../context.ts';
import type { MediaLibrary } from '../library.ts';
import { deleteUnusedFile } from '../media-file.ts';
import { findStrays } from './find-strays.ts';
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
      withoutRow: await removeStrays(before, stopping),
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
      for (const fileName of fileNames) await storage.remove(fileName);
      count += fileNames.length;
    }
    return count;
  }

  async function removeStrays(before: Date, stopping: AbortSignal): Promise<number> {
    let count = 0;
    for await (const { fileName, modifiedAt } of findStrays(ctx, storage, stopping)) {
      if (modifiedAt >= before) continue;
      await storage.remove(fileName);
      count += 1;
    }
    return count;
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
