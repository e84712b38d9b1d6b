import type { Context } from '../../../context.ts';
import type { IssueStatus } from '../../../database/generated/client.ts';
import { DomainError } from '../../../errors.ts';
import { changeStatus, type ScheduleColumns } from '../../issues/editing/change-status.ts';
import { findIssue } from '../../issues/tree/load-issue.ts';

type Transition = { from: readonly IssueStatus[]; to: IssueStatus };

/** All transitions of the status of an issue. */
export const TRANSITIONS = {
  /** From `scheduled`, it moves the issue to another time. */
  schedule: { from: ['draft', 'scheduled'], to: 'scheduled' },
  unschedule: { from: ['scheduled'], to: 'draft' },
  /** From `published`, it publishes the changes. */
  publish: { from: ['draft', 'scheduled', 'published'], to: 'published' },
  publishDue: { from: ['scheduled'], to: 'published' },
  /** The issue is overdue by more than the newsletter allows, or was not publishable when it was due. */
  hold: { from: ['scheduled'], to: 'draft' },
  unpublish: { from: ['published'], to: 'draft' },
} as const satisfies Record<string, Transition>;

export type TransitionName = keyof typeof TRANSITIONS;

const UNSCHEDULED: ScheduleColumns = { scheduledAt: null, scheduledLocal: null, scheduledTimeZone: null };

/** Throws if the transition does not start from the current status of the issue. */
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
    `The issue is ${status}, but must be ${from.join(' or ')}.`,
    { issueStatus: status, allowedFrom: from },
  );
}
