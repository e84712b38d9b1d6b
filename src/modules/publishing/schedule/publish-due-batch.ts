import { type Context, inTransaction } from '../../../context.ts';
import { findTakenAddresses } from '../../publications/addresses.ts';
import { lockStaged, restampEditions } from '../../publications/staging/stage-edition.ts';
import { findUnchanged } from '../staging/fingerprint.ts';
import { flip } from '../workflow/flip.ts';
import { claimDueIssues, type DueIssue } from './claim-due-issues.ts';
import { type HoldReason, holdIssue } from './hold-issue.ts';

/** An issue that goes live at most this much later than it was due is published with the time when it was due. */
const ON_TIME_MS = 1_000;

/** What became of the issues that were claimed. */
export type BatchOutcome = {
  held: { issueId: string; reason: HoldReason }[];
  /** Not staged, or staged from an earlier state. They are still due. */
  outOfDate: string[];
};

type Batch = {
  /** Issues that are left alone. */
  paused: readonly string[];
  limit: number;
  /** Called with the issues that were claimed and the error, before the transaction is rolled back and unlocks them. */
  onFailure(issueIds: string[], error: unknown): void;
};

/**
 * Publishes up to `limit` due issues whose staged editions are up to date, and holds those that are too late or whose address
 * is taken, in one transaction. Returns null if no due issue is left, or all of them are locked.
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
  const unchanged = await findUnchanged(
    ctx,
    [...staged].map(([issueId, fingerprint]) => ({ issueId, fingerprint })),
  );
  const isReady = ({ id }: DueIssue) => unchanged.has(id);
  await publish(ctx, publishable.filter(isReady));
  return { held, outOfDate: publishable.filter((issue) => !isReady(issue)).map(({ id }) => id) };
}

function reasonToHold(issue: DueIssue, taken: ReadonlySet<string>): HoldReason | null {
  if (issue.isTooLate) return 'too_late';
  return taken.has(issue.id) ? 'address_taken' : null;
}

/** In the archive, issues stand in the order in which they went live, so a time must not precede an earlier issue's. */
async function publish(ctx: Context, issues: readonly DueIssue[]): Promise<void> {
  if (issues.length === 0) return;
  const late = issues.filter(
    ({ scheduledAt, isAfterLater }) => isAfterLater || Number(ctx.now) - Number(scheduledAt) > ON_TIME_MS,
  );
  if (late.length > 0) {
    await restampEditions(
      ctx,
      late.map(({ id }) => id),
      ctx.now,
    );
  }
  await flip(
    ctx,
    'publishDue',
    issues.map(({ id }) => id),
  );
}
