import type { Context } from '../../../context.ts';

export type DueIssue = {
  id: string;
  newsletterId: string;
  number: number;
  slug: string;
  scheduledAt: Date;
  /** Database time at which no earlier issue of the newsletter was left to publish. */
  claimedAt: Date;
  /** Overdue by more than the newsletter allows in `holdOverdueAfter`. */
  isTooLate: boolean;
  /** The latest time of a published issue of the newsletter. Null if none is published. */
  lastPublishedAt: Date | null;
};

/**
 * Locks and returns the issues that have been due for the longest time by the database's clock, skipping issues that are
 * locked or paused. Issues of one newsletter are published in the order of their scheduled times, on any number of nodes.
 */
export function claimDueIssues(ctx: Context, paused: readonly string[], limit: number): Promise<DueIssue[]> {
  return ctx.db.$queryRaw<DueIssue[]>`
    SELECT issues.id::text, issues.newsletter_id::text AS "newsletterId", issues.number, issues.slug,
      issues.scheduled_at AS "scheduledAt", clock_timestamp() AS "claimedAt",
      coalesce(now() - issues.scheduled_at > hold_overdue_after * interval '1 minute', false) AS "isTooLate",
      (SELECT published_at FROM publications WHERE newsletter_id = issues.newsletter_id
        ORDER BY published_at DESC, number DESC LIMIT 1) AS "lastPublishedAt"
    FROM issues JOIN newsletters ON newsletters.id = issues.newsletter_id
    WHERE issues.scheduled_at <= now() AND issues.id <> ALL (${paused}::uuid[])
      AND issues.scheduled_at = (
        SELECT min(scheduled_at) FROM issues AS candidate
        WHERE candidate.newsletter_id = issues.newsletter_id AND candidate.id <> ALL (${paused}::uuid[])
      )
    ORDER BY issues.scheduled_at, issues.id
    LIMIT ${limit}
    FOR UPDATE OF issues SKIP LOCKED`;
}

/** Locks and returns the issue if it is due and not locked. */
export async function claimDueIssue(
  ctx: Context,
  id: string,
): Promise<Pick<DueIssue, 'id' | 'newsletterId' | 'scheduledAt'> | null> {
  const [due] = await ctx.db.$queryRaw<Pick<DueIssue, 'id' | 'newsletterId' | 'scheduledAt'>[]>`
    SELECT id::text, newsletter_id::text AS "newsletterId", scheduled_at AS "scheduledAt" FROM issues
    WHERE id = ${id}::uuid AND scheduled_at <= now() FOR UPDATE SKIP LOCKED`;
  return due ?? null;
}

/** Time until the next issue is due, by the database's clock. Negative if it is overdue, null if none is scheduled. */
export async function msUntilNextIssue(ctx: Context, paused: readonly string[]): Promise<number | null> {
  const [next] = await ctx.db.$queryRaw<[{ wait: number | null }]>`
    SELECT (extract(epoch FROM min(scheduled_at) - clock_timestamp()) * 1000)::float8 AS wait
    FROM issues WHERE scheduled_at IS NOT NULL AND id <> ALL (${paused}::uuid[])`;
  return next.wait;
}
