import type { FastifyBaseLogger } from 'fastify';
import { type Context, inTransaction } from '../../../context.ts';
import { claimDueIssue, millisecondsToNext, settleDueIssue } from './due-issue.ts';

/** Transactions of one node at once: while one waits for the database, another computes. */
const LANES = 3;
/** Milliseconds until an issue is tried again that could not be published. */
const PAUSE_AFTER_FAILURE = 10_000;
/** Milliseconds until a due issue is looked for again that another node, or an editor, holds. */
const PAUSE_FOR_HELD = 50;

type Options = {
  log: FastifyBaseLogger;
  /** Whether an error means that the connection to the database ended, which is no fault of the issue. */
  isConnectionLost: (error: unknown) => boolean;
};

/**
 * Makes the work of one node: publish what is due by the database's clock, oldest first, one transaction
 * each, then answer in how many milliseconds to come again; null when nothing is scheduled. Any number of
 * nodes may do it at once: a row that another holds is skipped. Once told to stop it begins no other.
 */
export function makePublishDueIssues(ctx: Context, { log, isConnectionLost }: Options) {
  const failures = new Map<string, number>();

  return async function publishDueIssues(stopping: AbortSignal): Promise<number | null> {
    const wait = await millisecondsToNext(ctx, pausedIds(failures));
    if (wait === null || wait > 0) return wait;
    const lanes = Array.from({ length: LANES }, () => publishOneByOne(stopping));
    for (const lane of await Promise.allSettled(lanes)) if (lane.status === 'rejected') throw lane.reason;
    const next = await millisecondsToNext(ctx, pausedIds(failures));
    return next !== null && next <= 0 ? PAUSE_FOR_HELD : next;
  };

  async function publishOneByOne(stopping: AbortSignal): Promise<void> {
    while (!stopping.aborted) {
      try {
        if (!(await publishOne())) return;
      } catch (error) {
        // One issue that cannot go out must not keep the others back.
        if (!(error instanceof DueIssueFailed)) throw error;
        log.error({ err: error.cause, issueId: error.issueId }, 'a due issue could not be published');
      }
    }
  }

  /** False: nothing is due that nobody else holds. */
  function publishOne(): Promise<boolean> {
    return inTransaction(ctx, async (ctx) => {
      const due = await claimDueIssue(ctx, pausedIds(failures));
      if (!due) return false;
      // It failed in another lane after this one had asked which to leave out.
      if (failures.has(due.id)) return true;
      const held = await settleDueIssue({ ...ctx, now: due.claimedAt }, due).catch((cause: unknown) => {
        if (isConnectionLost(cause)) throw cause;
        // While the row is still held, so that no other lane takes it once more.
        failures.set(due.id, performance.now());
        throw new DueIssueFailed(due.id, cause);
      });
      if (held) log.warn({ issueId: due.id, reason: held }, 'a due issue was held');
      return true;
    });
  }
}

/** Forgets those whose pause is over. */
function pausedIds(failures: Map<string, number>): string[] {
  const now = performance.now();
  for (const [id, at] of failures) if (at + PAUSE_AFTER_FAILURE <= now) failures.delete(id);
  return [...failures.keys()];
}

/** Tells a failure of one issue, which undoes its transaction, from those of the database as a whole. */
class DueIssueFailed extends Error {
  readonly issueId: string;

  constructor(issueId: string, cause: unknown) {
    super('A due issue could not be published', { cause });
    this.issueId = issueId;
  }
}
