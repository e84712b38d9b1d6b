import type { FastifyBaseLogger } from 'fastify';
import type { Context } from '../../../context.ts';
import { restampEdition } from '../../publications/staging/stage-edition.ts';
import { makePausedIssues } from '../staging/paused-issues.ts';
import { stageIssue } from '../staging/stage-issue.ts';
import { msUntilNextIssue } from './claim-due-issues.ts';
import { holdUnready } from './hold-issue.ts';
import { publishDueBatch } from './publish-due-batch.ts';

/** Concurrent transactions of one node: while one waits for the database, another computes. */
const WORKERS = 2;
/** Issues in one transaction. The first ones are published sooner if it is smaller, and the last ones if it is larger. */
const BATCH_SIZE = 40;
/** Issues that a worker composes at a time, because they are not staged as they are now. */
const STAGED_AT_A_TIME = 3;
/** Pause before looking again for a due issue that another node or an editor has locked. */
const LOCKED_RETRY_DELAY_MS = 50;

type Options = {
  log: FastifyBaseLogger;
  /** Whether an error means that the database is away or too busy, which is not the fault of the issue. */
  isUnavailable: (error: unknown) => boolean;
};

/**
 * Returns the background task of a node that publishes every issue that is due by the database's clock, oldest first. It
 * resolves to the milliseconds after which to run again, or null if nothing is scheduled. Any number of nodes can run it at
 * the same time, because it skips locked rows. Once `stopping` is aborted, it starts no further batch.
 */
export function makePublishDueIssues(ctx: Context, { log, isUnavailable }: Options) {
  const paused = makePausedIssues();
  const staging = new Map<string, Promise<void>>();

  return async function publishDueIssues(stopping: AbortSignal): Promise<number | null> {
    const wait = await msUntilNextIssue(ctx, paused.ids());
    if (wait === null || wait > 0) return wait;
    const workers = Array.from({ length: WORKERS }, () => publishAll(stopping));
    for (const worker of await Promise.allSettled(workers)) {
      if (worker.status === 'rejected') throw worker.reason;
    }
    const next = await msUntilNextIssue(ctx, paused.ids());
    return next !== null && next <= 0 ? LOCKED_RETRY_DELAY_MS : next;
  };

  async function publishAll(stopping: AbortSignal): Promise<void> {
    let limit = BATCH_SIZE;
    while (!stopping.aborted) {
      let hasFailed = false;
      const onFailure = ([issueId, ...others]: string[], error: unknown) => {
        hasFailed = !isUnavailable(error);
        // While the row is locked, so that the other worker does not claim the issue again.
        if (hasFailed && issueId !== undefined && others.length === 0) pause(issueId, error);
      };
      const batch = publishDueBatch(ctx, { paused: paused.ids(), limit, onFailure });
      const outcome = await batch.catch((error: unknown) => {
        if (!hasFailed) throw error;
        return 'failed' as const;
      });
      if (!outcome) return;
      if (outcome === 'failed') {
        // One issue must not delay the others. Publishing them one at a time shows which it is.
        limit = 1;
        continue;
      }
      for (const held of outcome.held) logHeld(held);
      await stageAll(outcome.outOfDate, stopping);
      for (const id of outcome.late) await restampEdition(ctx, id);
    }
  }

  async function stageAll(ids: readonly string[], stopping: AbortSignal): Promise<void> {
    const waiting = shuffle(ids).values();
    const lane = async () => {
      for (const id of waiting) {
        if (stopping.aborted) return;
        // The other worker may have failed to compose it.
        if (!paused.has(id)) await stageOnce(id);
      }
    };
    await Promise.all(Array.from({ length: STAGED_AT_A_TIME }, lane));
  }

  /** The other worker may be composing the same edition. */
  function stageOnce(id: string): Promise<void> {
    const inProgress = staging.get(id);
    if (inProgress) return inProgress;
    const staged = stageOrHold(id).finally(() => staging.delete(id));
    staging.set(id, staged);
    return staged;
  }

  /** Composes the edition of a due issue, or holds the issue if it is not ready. */
  async function stageOrHold(issueId: string): Promise<void> {
    try {
      const { fingerprint, faults } = await stageIssue(ctx, issueId);
      const isHeld = faults && (await holdUnready(ctx, { issueId, fingerprint }, faults));
      if (isHeld) logHeld({ issueId, reason: 'not_ready' });
    } catch (error) {
      if (isUnavailable(error)) throw error;
      pause(issueId, error);
    }
  }

  function logHeld(held: { issueId: string; reason: string }): void {
    log.warn(held, 'moved a due issue back to draft');
  }

  function pause(issueId: string, err: unknown): void {
    paused.pause(issueId);
    log.error({ err, issueId }, 'publishing a due issue failed; will retry');
  }
}

/** Nodes that compose the same issues choose different ones. */
function shuffle<T>(values: readonly T[]): T[] {
  return values
    .map((value) => ({ value, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}
