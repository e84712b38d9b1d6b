import type { FastifyBaseLogger } from 'fastify';
import type { Context } from '../../../context.ts';
import type { MediaLibrary } from '../library/media-library.ts';
import { diffRenditions } from './diff-renditions.ts';
import {
  type ClaimedFile,
  claimDueFile,
  finishClaim,
  msUntilNextFile,
  postponeClaim,
  recordFailure,
  releaseClaim,
} from './due-file.ts';
import { RenderingFailed, storeRenditions } from './store-renditions.ts';

/**
 * Returns the background task of a node: it renders the missing renditions of due files, one file after the other, and
 * resolves to the milliseconds until the next file is due, or to null. Any number of nodes may run it at the same time.
 * If a node dies, another one takes over its file when the lease expires.
 */
export function makeRenderDueRenditions(ctx: Context, library: MediaLibrary, log: FastifyBaseLogger) {
  return async function renderDueRenditions(stopping: AbortSignal): Promise<number | null> {
    while (!stopping.aborted) {
      const file = await claimDueFile(ctx);
      if (!file) return msUntilNextFile(ctx);
      await renderFile(file, stopping).catch((error: unknown) => handleFailure(file, error, stopping));
    }
    return null;
  };

  async function renderFile(file: ClaimedFile, stopping: AbortSignal): Promise<void> {
    const { missing, obsolete } = await diffRenditions(ctx, library.crops, file);
    await storeRenditions(ctx, library, file, missing, stopping);
    await finishClaim(ctx, library.storage, file, obsolete);
  }

  async function handleFailure(file: ClaimedFile, error: unknown, stopping: AbortSignal): Promise<void> {
    if (stopping.aborted) return releaseClaim(ctx, file);
    const { fileName, renditionsTries: tries } = file;
    log.error({ err: error, fileName, tries }, 'rendering a file failed');
    // An outage of the storage or the database does not count as a failure of the file.
    await (error instanceof RenderingFailed ? recordFailure(ctx, file) : postponeClaim(ctx, file));
  }
}
