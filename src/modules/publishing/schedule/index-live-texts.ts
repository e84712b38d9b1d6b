import type { Context } from '../../../context.ts';
import { findIssuesToIndex, indexTexts } from '../../publications/index/index-texts.ts';
import { msUntilNextIssue } from './claim-due-issues.ts';

/** How long due issues may delay the texts of those that have gone live. */
const MAX_DELAY_MS = 10_000;
const LOOK_AGAIN_MS = 100;
const BATCH_SIZE = 10;

/**
 * Returns the background task of a node that makes the texts of live editions searchable. Due issues go first, because both
 * need the processors of the database.
 */
export function makeIndexLiveTexts(ctx: Context) {
  return async function indexLiveTexts(stopping: AbortSignal): Promise<number | null> {
    while (!stopping.aborted) {
      const waiting = await findIssuesToIndex(ctx, BATCH_SIZE);
      if (waiting.length === 0) break;
      if (waiting.every(({ waitingMs }) => waitingMs < MAX_DELAY_MS) && (await isAnyDue(ctx)))
        return LOOK_AGAIN_MS;
      for (const { issueId } of waiting) await indexTexts(ctx, issueId);
    }
    return null;
  };
}

async function isAnyDue(ctx: Context): Promise<boolean> {
  const wait = await msUntilNextIssue(ctx, []);
  return wait !== null && wait <= 0;
}
