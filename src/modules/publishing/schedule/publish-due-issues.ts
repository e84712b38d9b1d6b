import type { FastifyBaseLogger } from 'fastify';
import { type Context, inTransaction } from '../../../context.ts';
import { claimDueIssue, msUntilNextIssue, settleDueIssue } from './due-issue.ts';

/** Concurrent transactions of one node: while one waits for the database, another computes. */
const WORKERS = 3;
/** Pause before an issue is tried again after an unexpected error. */
const RETRY_DELAY_MS = 10_000;
/** Pause before looking again for a due issue that another node or an editor has locked. */
const LOCKED_RETRY_DELAY_MS = 50;

type Options = {
  log: FastifyBaseLogger;
  /** Whether an error means that the connection to the database was lost, which is not the fault of the issue. */
  isConnectionLost: (error: unknown) => boolean;
};

/**
 * Returns the background task of a node that publishes every issue that is due by the database's clock, oldest first and
 * each in its own transaction. It resolves to the milliseconds after which to run again, or null if nothing is scheduled.
 * Any number of nodes can run it at the same time, because it skips locked rows. Once `stopping` is aborted, it starts no
 * further issue.
 */
export function makePublishDueIssues(ctx: Context, { log, isConnectionLost }: Options) {
  const failures = new Map<string, number>();

  return async function publishDueIssues(stopping: AbortSignal): Promise<number | null> {
    const wait = await msUntilNextIssue(ctx, pausedIds(failures));
    if (wait === null || wait > 0) return wait;
    const workers = Array.from({ length: WORKERS }, () => publishOneByOne(stopping));
    for (const worker of await Promise.allSettled(workers)) {
      if (worker.status === 'rejected') throw worker.reason;
    }
    const next = await msUntilNextIssue(ctx, pausedIds(failures));
    return next !== null && next <= 0 ? LOCKED_RETRY_DELAY_MS : next;
  };

  async function publishOneByOne(stopping: AbortSignal): Promise<void> {
    while (!stopping.aborted) {
      try {
        if (!(await publishOne())) return;
      } catch (error) {
        // An issue that cannot be published must not delay the others.
        if (!(error instanceof DueIssueFailed)) throw error;
        log.error({ err: error.cause, issueId: error.issueId }, 'publishing a due issue failed; will retry');
      }
    }
  }

  /** Returns false if no due issue is left, or all of them are locked. */
  function publishOne(): Promise<boolean> {
    return inTransaction(ctx, async (ctx) => {
      const due = await claimDueIssue(ctx, pausedIds(failures));
      if (!due) return false;
      // It failed in another worker after this one had read the paused ids.
      if (failures.has(due.id)) return true;
      const held = await settleDueIssue({ ...ctx, now: due.claimedAt }, due).catch((cause: unknown) => {
        if (isConnectionLost(cause)) throw cause;
        // Pause it while the row is still locked, so that no other worker claims it again.
        failures.set(due.id, performance.now());
        throw new DueIssueFailed(due.id, cause);
      });
      if (held) log.warn({ issueId: due.id, reason: held }, 'moved a due issue back to draft');
      return true;
    });
  }
}

/** Removes issues whose pause is over. */
function pausedIds(failures: Map<string, number>): string[] {
  const now = performance.now();
  for (const [id, at] of failures) if (at + RETRY_DELAY_MS <= now) failures.delete(id);
  return [...failures.keys()];
}

/** The failure of one issue, which rolls back only its transaction. Other errors stop the whole run. */
class DueIssueFailed extends Error {
  readonly issueId: string;

  constructor(issueId: string, cause: unknown) {
    super('Publishing a due issue failed', { cause });
    this.issueId = issueId;
  }
}
