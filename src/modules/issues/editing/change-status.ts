import type { Context } from '../../../context.ts';
import type { IssueStatus, Prisma } from '../../../database/generated/client.ts';

/** The three columns that are set exactly while an issue is scheduled. */
export type ScheduleColumns = Pick<
  Prisma.IssueUncheckedUpdateManyInput,
  'scheduledAt' | 'scheduledLocal' | 'scheduledTimeZone'
>;

/**
 * Gives the issue another status and raises its revision. The UPDATE is guarded by the statuses it may come from, so
 * that of two nodes one wins. False: the issue has none of these statuses, or is gone.
 */
export async function changeStatus(
  ctx: Context,
  issueId: string,
  { from, to }: { from: readonly IssueStatus[]; to: IssueStatus },
  schedule: ScheduleColumns,
): Promise<boolean> {
  const { count } = await ctx.db.issue.updateMany({
    where: { id: issueId, status: { in: [...from] } },
    data: { status: to, ...schedule, revision: { increment: 1 }, updatedAt: ctx.now },
  });
  return count > 0;
}
