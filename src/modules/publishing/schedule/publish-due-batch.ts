import { type Context, inTransaction } from '../../../context.ts';
import { findTakenAddresses } from '../../publications/addresses.ts';
import { lockStaged } from '../../publications/staging/stage-edition.ts';
import { findUnchanged } from '../staging/fingerprint.ts';
import { flip } from '../workflow/flip.ts';
import { claimDueIssues, type DueIssue } from './claim-due-issues.ts';
import { type HoldReason, holdIssue } from './hold-issue.ts';

/** An edition goes live at most this much later than the time that it was staged for, or stamped with. */
const ON_TIME_MS = 1_000;

/** What became of the issues that were claimed. */
export type BatchOutcome = {
  held: { issueId: string; reason: HoldReason }[];
  /** Not staged, or staged from an earlier state. They are still due. */
  outOfDate: string[];
  /** Staged for another time. They are still due. */
  late: string[];
};

type Batch = {
  /** Issues that are left alone. */
  paused: readonly string[];
  limit: number;
  /** Called with the issues that were claimed and the error, before the transaction is rolled back and unlocks them. */
  onFailure(issueIds: string[], error: unknown): void;
};

/**
 * Publishes up to `limit` due issues whose staged editions are up to date and have the right time, and holds those that are too late or whose address
 * is taken, in one transaction. In the archive, issues stand in the order in which they went live, so a time must not precede
 * that of an issue of the newsletter which is live. Returns null if no due issue is left, or all of them are locked.
 */
export function publishDueBatch(
  ctx: Context,
  { paused, limit, onFailure }: Batch,
): Promise<BatchOutcome | null> {
  return inTransaction(ctx, async (ctx) => {
    const due = await claimDueIssues(ctx, paused, limit);
    const [first] = due;
    if (!first) return null;
    try {
      return await settle({ ...ctx, now: first.claimedAt }, due);
    } catch (error) {
      onFailure(
        due.map(({ id }) => id),
        error,
      );
      throw error;
    }
  });
}

async function settle(ctx: Context, due: readonly DueIssue[]): Promise<BatchOutcome> {
  const taken = new Set((await findTakenAddresses(ctx, due)).map(({ issueId }) => issueId));
  const held: BatchOutcome['held'] = [];
  const publishable: DueIssue[] = [];
  for (const issue of due) {
    const reason = reasonToHold(issue, taken);
    if (!reason) publishable.push(issue);
    else {
      await holdIssue(ctx, issue, reason);
      held.push({ issueId: issue.id, reason });
    }
  }
  const staged = await lockStaged(
    ctx,
    publishable.map(({ id }) => id),
  );
  const unchanged = await findUnchanged(ctx, staged);
  const stampOf = new Map(staged.map(({ issueId, updatedAt }) => [issueId, updatedAt]));
  const isOnTime = ({ id, lastPublishedAt }: DueIssue) => {
    const stamp = Number(stampOf.get(id) ?? Number.NaN);
    return stamp > Number(ctx.now) - ON_TIME_MS && stamp >= Number(lastPublishedAt);
  };
  const idsOf = (issues: readonly DueIssue[]) => issues.map(({ id }) => id);
  const upToDate = publishable.filter(({ id }) => unchanged.has(id));
  const onTime = idsOf(upToDate.filter(isOnTime));
  if (onTime.length > 0) await flip(ctx, 'publishDue', onTime);
  return {
    held,
    outOfDate: idsOf(publishable.filter(({ id }) => !unchanged.has(id))),
    late: idsOf(upToDate.filter((issue) => !isOnTime(issue))),
  };
}

function reasonToHold(issue: DueIssue, taken: ReadonlySet<string>): HoldReason | null {
  if (issue.isTooLate) return 'too_late';
  return taken.has(issue.id) ? 'address_taken' : null;
}
