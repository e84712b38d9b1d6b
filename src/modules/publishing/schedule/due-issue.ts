import type { Context } from '../../../context.ts';
import { DomainError, type Fault } from '../../../errors.ts';
import { recordEvent } from '../../events/record-event.ts';
import { publishDueIssue } from '../workflow/publish-issue.ts';
import { applyTransition } from '../workflow/transitions.ts';

export type DueIssue = {
  id: string;
  newsletterId: string;
  scheduledAt: Date;
  /** Database time at which no earlier issue of the newsletter was left to publish. */
  claimedAt: Date;
  /** Overdue by more than the newsletter allows in `holdOverdueAfter`. */
  isTooLate: boolean;
  /** Another published issue has its number or slug. */
  isAddressTaken: boolean;
};

type HoldReason = 'too_late' | 'address_taken' | 'not_ready';

/**
 * Locks and returns the issue that has been due for the longest time by the database's clock, skipping issues that are
 * locked or paused. Issues of one newsletter are published in the order of their scheduled times, on any number of
 * nodes.
 */
export async function claimDueIssue(ctx: Context, paused: readonly string[]): Promise<DueIssue | null> {
  const [due] = await ctx.db.$queryRaw<DueIssue[]>`
    SELECT issues.id, issues.newsletter_id AS "newsletterId", issues.scheduled_at AS "scheduledAt",
      clock_timestamp() AS "claimedAt",
      coalesce(now() - issues.scheduled_at > hold_overdue_after * interval '1 minute', false) AS "isTooLate",
      EXISTS (
        SELECT FROM publications WHERE publications.newsletter_id = issues.newsletter_id
          AND (publications.number = issues.number OR publications.slug = issues.slug)
      ) AS "isAddressTaken"
    FROM issues JOIN newsletters ON newsletters.id = issues.newsletter_id
    WHERE issues.scheduled_at <= now() AND issues.id <> ALL (${paused}::uuid[])
      AND issues.scheduled_at = (
        SELECT min(scheduled_at) FROM issues AS candidate
        WHERE candidate.newsletter_id = issues.newsletter_id AND candidate.id <> ALL (${paused}::uuid[])
      )
    ORDER BY issues.scheduled_at, issues.id
    LIMIT 1
    FOR UPDATE OF issues SKIP LOCKED`;
  return due ?? null;
}

/** Publishes the issue and returns null, or moves it back to draft and returns the reason. */
export async function settleDueIssue(ctx: Context, due: DueIssue): Promise<HoldReason | null> {
  if (due.isTooLate) return hold(ctx, due, 'too_late');
  if (due.isAddressTaken) return hold(ctx, due, 'address_taken');
  try {
    await publishDueIssue(ctx, due.id);
    return null;
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'not_ready')) throw error;
    return hold(ctx, due, 'not_ready', error.details.faults);
  }
}

async function hold(
  ctx: Context,
  { id, newsletterId, scheduledAt }: DueIssue,
  reason: HoldReason,
  problems: readonly Fault[] = [],
): Promise<HoldReason> {
  await applyTransition(ctx, id, 'hold');
  await recordEvent(ctx, {
    type: 'issue.held',
    newsletterId,
    issueId: id,
    subject: { kind: 'issue', id },
    details: { reason, at: scheduledAt.toISOString(), problems: problems.map((problem) => ({ ...problem })) },
  });
  return reason;
}

/** Time until the next issue is due, by the database's clock. Negative if it is overdue, null if none is scheduled. */
export async function msUntilNextIssue(ctx: Context, paused: readonly string[]): Promise<number | null> {
  const [next] = await ctx.db.$queryRaw<[{ wait: number | null }]>`
    SELECT (extract(epoch FROM min(scheduled_at) - clock_timestamp()) * 1000)::float8 AS wait
    FROM issues WHERE scheduled_at IS NOT NULL AND id <> ALL (${paused}::uuid[])`;
  return next.wait;
}
