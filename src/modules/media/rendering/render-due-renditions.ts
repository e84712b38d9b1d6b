import type { FastifyBaseLogger } from 'fastify';
import type { Context } from '../../../context.ts';
import type { MediaLibrary } from '../library/media-library.ts';
import {
  type ClaimedFile,
  claimDueFile,
  countFailure,
  giveBack,
  millisecondsToNextFile,
  postpone,
  settle,
} from './due-file.ts';
import { findWanted } from './find-wanted.ts';
import { RenderingFailed, storeRenditions } from './store-renditions.ts';

/**
 * Makes the work of one node: render what files lack of their renditions, one file after the other, then answer
 * in how many milliseconds to come again; null when nothing is due. Any number of nodes may do it at once. A
 * file whose node dies is another's when the lease is over.
 */
export function makeRenderDueRenditions(ctx: Context, library: MediaLibrary, log: FastifyBaseLogger) {
  return async function renderDueRenditions(stopping: AbortSignal): Promise<number | null> {
    while (!stopping.aborted) {
      const file = await claimDueFile(ctx);
      if (!file) return millisecondsToNextFile(ctx);
      await renderFile(file, stopping).catch((error: unknown) => leave(file, error, stopping));
    }
    return null;
  };

  async function renderFile(file: ClaimedFile, stopping: AbortSignal): Promise<void> {
    const { missing, obsolete } = await findWanted(ctx, library.crops, file);
    await storeRenditions(ctx, library, file, missing, stopping);
    await settle(ctx, library.storage, file, obsolete);
  }

  async function leave(file: ClaimedFile, error: unknown, stopping: AbortSignal): Promise<void> {
    if (stopping.aborted) return giveBack(ctx, file);
    const { fileName, renditionsTries: tries } = file;
    log.error({ err: error, fileName, tries }, 'the renditions of a file could not be made');
    // An outage of the storage or the database says nothing of the file.
    await (error instanceof RenderingFailed ? countFailure(ctx, file) : postpone(ctx, file));
  }
}
