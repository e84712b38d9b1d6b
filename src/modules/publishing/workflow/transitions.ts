import type { Context } from '../../../context.ts';
import type { IssueStatus } from '../../../database/generated/client.ts';
import { DomainError } from '../../../errors.ts';
import { changeStatus, type ScheduleColumns } from '../../issues/editing/change-status.ts';
import { findIssue } from '../../issues/tree/load-issue.ts';

type Transition = { from: readonly IssueStatus[]; to: IssueStatus };

/** Every way in which the status of an issue changes. */
export const TRANSITIONS = {
  /** Also moves it to another time. */
  schedule: { from: ['draft', 'scheduled'], to: 'scheduled' },
  unschedule: { from: ['scheduled'], to: 'draft' },
  /** Also publishes the changes of a published issue. */
  publish: { from: ['draft', 'scheduled', 'published'], to: 'published' },
  publishDue: { from: ['scheduled'], to: 'published' },
  /** It is overdue by more than the newsletter allows, or was not publishable when it fell due. */
  hold: { from: ['scheduled'], to: 'draft' },
  unpublish: { from: ['published'], to: 'draft' },
} as const satisfies Record<string, Transition>;

export type TransitionName = keyof typeof TRANSITIONS;

const UNSCHEDULED: ScheduleColumns = { scheduledAt: null, scheduledLocal: null, scheduledTimeZone: null };

/** Moves the issue by one transition. Refuses if its status is not one that the transition starts from. */
export async function applyTransition(
  ctx: Context,
  issueId: string,
  name: TransitionName,
  schedule: ScheduleColumns = UNSCHEDULED,
): Promise<void> {
  const { from } = TRANSITIONS[name];
  if (await changeStatus(ctx, issueId, TRANSITIONS[name], schedule)) return;
  const { status } = await findIssue(ctx, issueId);
  throw new DomainError(
    'conflict',
    'wrong_status',
    `The issue is ${status}; this needs it to be ${from.join(' or ')}.`,
    { issueStatus: status, allowedFrom: from },
  );
}
