import type { Context } from '../../../context.ts';
import type { IssueStatus, Prisma } from '../../../database/generated/client.ts';

/** The three columns that are set if and only if an issue is scheduled. */
export type ScheduleColumns = Pick<
  Prisma.IssueUncheckedUpdateManyInput,
  'scheduledAt' | 'scheduledLocal' | 'scheduledTimeZone'
>;

/**
 * Changes the status of the issue and raises its revision. The WHERE clause names the allowed current statuses, so of
 * two nodes only one succeeds. Returns false if the issue has none of these statuses or does not exist.
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
