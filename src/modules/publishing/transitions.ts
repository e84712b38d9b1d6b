import type { Context } from '../../context.ts';
import type { IssueStatus, Prisma } from '../../database/generated/client.ts';
import { DomainError, notFound } from '../../errors.ts';

type Transition = { from: readonly IssueStatus[]; to: IssueStatus };

/** How an issue gets from state to state; there is no other way. */
export const TRANSITIONS = {
  /** Also to another time. */
  schedule: { from: ['draft', 'scheduled'], to: 'scheduled' },
  unschedule: { from: ['scheduled'], to: 'draft' },
  /** Also to publish the changes of what is published. */
  publish: { from: ['draft', 'scheduled', 'published'], to: 'published' },
  publishDue: { from: ['scheduled'], to: 'published' },
  /** Overdue by more than the newsletter allows, or no longer publishable when it fell due. */
  hold: { from: ['scheduled'], to: 'draft' },
  unpublish: { from: ['published'], to: 'draft' },
} as const satisfies Record<string, Transition>;

export type TransitionName = keyof typeof TRANSITIONS;

/** The three columns that are set exactly while an issue is scheduled. */
export type ScheduleColumns = Pick<
  Prisma.IssueUncheckedUpdateManyInput,
  'scheduledAt' | 'scheduledLocal' | 'scheduledTimeZone'
>;
const UNSCHEDULED: ScheduleColumns = { scheduledAt: null, scheduledLocal: null, scheduledTimeZone: null };

/**
 * Moves the issue by an UPDATE that is guarded by the states it may come from, so that of two nodes one wins.
 * Refuses from any other state, and names it.
 */
export async function applyTransition(
  ctx: Context,
  issueId: string,
  name: TransitionName,
  schedule: ScheduleColumns = UNSCHEDULED,
): Promise<void> {
  const { from, to } = TRANSITIONS[name];
  const { count } = await ctx.db.issue.updateMany({
    where: { id: issueId, status: { in: [...from] } },
    data: { status: to, ...schedule, revision: { increment: 1 }, updatedAt: ctx.now },
  });
  if (count === 0) throw await refusal(ctx, issueId, name);
}

async function refusal(ctx: Context, issueId: string, name: TransitionName): Promise<DomainError> {
  const issue = await ctx.db.issue.findUnique({ where: { id: issueId }, select: { status: true } });
  if (!issue) return notFound('issue');
  const { from } = TRANSITIONS[name];
  return new DomainError(
    'conflict',
    'wrong_status',
    `The issue is ${issue.status}; this needs it to be ${from.join(' or ')}.`,
    { issueStatus: issue.status, allowedFrom: from },
  );
}
