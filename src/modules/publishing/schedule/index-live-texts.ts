import type { FastifyBaseLogger } from 'fastify';
import type { Context } from '../../../context.ts';
import { findIssuesToIndex, indexTexts } from '../../publications/index/index-texts.ts';
import { makePausedIssues } from '../staging/paused-issues.ts';
import { msUntilNextIssue } from './claim-due-issues.ts';

/** How long due issues may delay the texts of those that have gone live. */
const MAX_DELAY_MS = 10_000;
const LOOK_AGAIN_MS = 100;
const BATCH_SIZE = 10;

type Options = { log: FastifyBaseLogger; isConnectionLost: (error: unknown) => boolean };

/**
 * Returns the background task of a node that makes the texts of live editions searchable. Due issues go first, because both
 * need the processors of the database.
 */
export function makeIndexLiveTexts(ctx: Context, { log, isConnectionLost }: Options) {
  const paused = makePausedIssues();

  return async function indexLiveTexts(stopping: AbortSignal): Promise<number | null> {
    while (!stopping.aborted) {
      const waiting = await findIssuesToIndex(ctx, paused.ids(), BATCH_SIZE);
      if (waiting.length === 0) break;
      if (waiting.every(({ waitingMs }) => waitingMs < MAX_DELAY_MS) && (await isAnyDue(ctx)))
        return LOOK_AGAIN_MS;
      for (const { issueId } of waiting) await indexOrPause(issueId);
    }
    return null;
  };

  /** An issue that cannot be indexed must not delay the others. */
  async function indexOrPause(issueId: string): Promise<void> {
    try {
      await indexTexts(ctx, issueId);
    } catch (error) {
      if (isConnectionLost(error)) throw error;
      paused.pause(issueId);
      log.error({ err: error, issueId }, 'making the texts of an issue searchable failed; will retry');
    }
  }
}

async function isAnyDue(ctx: Context): Promise<boolean> {
  const wait = await msUntilNextIssue(ctx, []);
  return wait !== null && wait <= 0;
}
