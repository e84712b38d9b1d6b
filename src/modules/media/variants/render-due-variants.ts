import type { FastifyBaseLogger } from 'fastify';
import type { Context } from '../../../context.ts';
import type { MediaLibrary } from '../library.ts';
import { type ClaimedFile, claimDueFile, giveBack, millisecondsToNextFile, settle } from './due-file.ts';
import { findWanted } from './find-wanted.ts';
import { storeVariants } from './store-variants.ts';

/**
 * Makes the work of one node: render what files lack of their variants, one file after the other, then answer
 * in how many milliseconds to come again; null when nothing is due. Any number of nodes may do it at once. A
 * file whose node dies is due again when its lease is over.
 */
export function makeRenderDueVariants(ctx: Context, library: MediaLibrary, log: FastifyBaseLogger) {
  return async function renderDueVariants(stopping: AbortSignal): Promise<number | null> {
    while (!stopping.aborted) {
      const file = await claimDueFile(ctx);
      if (!file) return millisecondsToNextFile(ctx);
      await renderFile(file, stopping);
    }
    return null;
  };

  async function renderFile(file: ClaimedFile, stopping: AbortSignal): Promise<void> {
    try {
      const { missing, obsolete } = await findWanted(ctx, library.crops, file);
      await storeVariants(ctx, library, file, missing, stopping);
      await settle(ctx, library.storage, file, obsolete);
    } catch (error) {
      await giveBack(ctx, file, stopping.aborted);
      const { fileName, variantsTries } = file;
      if (!stopping.aborted) {
        log.error({ err: error, fileName, tries: variantsTries }, 'variants could not be rendered');
      }
    }
  }
}
