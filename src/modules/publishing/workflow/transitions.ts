import type { Context } from '../../../context.ts';
import type { IssueStatus } from '../../../database/generated/client.ts';
import { DomainError } from '../../../errors.ts';
import { changeStatus, type ScheduleColumns } from '../../issues/editing/change-status.ts';
import { findIssue } from '../../issues/tree/load-issue.ts';

/** `instead` says what to do with a published issue. */
type Transition = { from: readonly IssueStatus[]; to: IssueStatus; instead?: string };

/** All transitions of the status of an issue. */
export const TRANSITIONS = {
  /** From `scheduled`, it moves the issue to another time. */
  schedule: {
    from: ['draft', 'scheduled'],
    to: 'scheduled',
    instead: 'A correction cannot be scheduled: publish it, and readers see it at once.',
  },
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

/**
 * Throws if the transition does not start from the current status of each of the issues. The caller then rolls back, because
 * other issues may have changed.
 */
export async function applyTransition(
  ctx: Context,
  issueIds: readonly string[],
  name: TransitionName,
  schedule: ScheduleColumns = UNSCHEDULED,
): Promise<void> {
  const { from, instead }: Transition = TRANSITIONS[name];
  const changed = await changeStatus(ctx, issueIds, TRANSITIONS[name], schedule);
  const refused = issueIds.find((id) => !changed.has(id));
  if (refused === undefined) return;
  const { status } = await findIssue(ctx, refused);
  const must = `The issue is ${status}, but must be ${from.join(' or ')}.`;
  const message = status === 'published' && instead ? `${must} ${instead}` : must;
  throw new DomainError('conflict', 'wrong_status', message, { issueStatus: status, allowedFrom: from });
}
