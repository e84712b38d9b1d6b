import type { Context } from '../../../context.ts';
import type { IssueStatus, Prisma } from '../../../database/generated/client.ts';

/** The three columns that are set if and only if an issue is scheduled. */
export type ScheduleColumns = Pick<
  Prisma.IssueUncheckedUpdateManyInput,
  'scheduledAt' | 'scheduledLocal' | 'scheduledTimeZone'
>;

/**
 * Changes the status of the issue and increments its revision. The WHERE clause checks the current status, so only one of
 * two concurrent changes succeeds. Returns false if the issue has no status of `from` or does not exist.
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
