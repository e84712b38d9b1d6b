import type { Context } from '../../../context.ts';
import type { IssueStatus, Prisma } from '../../../database/generated/client.ts';

/** The three columns that are set if and only if an issue is scheduled. */
export type ScheduleColumns = Pick<
  Prisma.IssueUncheckedUpdateManyInput,
  'scheduledAt' | 'scheduledLocal' | 'scheduledTimeZone'
>;

/**
 * Changes the status of the issues and increments their revisions. The WHERE clause checks the current status, so only one
 * of two concurrent changes succeeds. Returns the ids of the issues that had a status of `from`.
 */
export async function changeStatus(
  ctx: Context,
  issueIds: readonly string[],
  { from, to }: { from: readonly IssueStatus[]; to: IssueStatus },
  schedule: ScheduleColumns,
): Promise<Set<string>> {
  const changed = await ctx.db.issue.updateManyAndReturn({
    where: { id: { in: [...issueIds] }, status: { in: [...from] } },
    data: { status: to, ...schedule, revision: { increment: 1 }, updatedAt: ctx.now },
    select: { id: true },
  });
  return new Set(changed.map(({ id }) => id));
}
