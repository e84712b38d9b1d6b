import type { Context } from '../../../context.ts';
import type { Newsletter } from '../../../database/generated/client.ts';
import { DomainError } from '../../../errors.ts';
import type { IfMatch } from '../../../lib/revision.ts';
import { recordEvent } from '../../events/record-event.ts';
import { idsOf, withIssueLocked } from '../../issues/editing/change-issue.ts';
import { requirePublishable } from '../../issues/readiness/readiness.ts';
import { readIssueTextsAhead } from '../../issues/tree/issue-texts.ts';
import { type IssueTree, loadIssue } from '../../issues/tree/load-issue.ts';
import { applyTransition } from '../workflow/transitions.ts';
import { describeInstant, type ResolvedTime, resolveLocalTime } from './local-time.ts';
import { announceSchedule } from './schedule-channel.ts';
import type { ScheduleInput } from './schemas.ts';

/** Schedules a draft, or moves a scheduled issue to another time. */
export async function scheduleIssue(
  ctx: Context,
  id: string,
  input: ScheduleInput,
  ifMatch: IfMatch,
): Promise<IssueTree> {
  await readIssueTextsAhead(ctx, id);
  return withIssueLocked(ctx, id, ifMatch, async (ctx) => {
    const issue = await loadIssue(ctx, id);
    const { at, local, timeZone } = readTime(input, issue.newsletter);
    if (at <= ctx.now) throw pastTime(input, at);
    await requirePublishable(ctx, issue);
    await applyTransition(ctx, [id], 'schedule', {
      scheduledAt: at,
      scheduledLocal: local,
      scheduledTimeZone: timeZone,
    });
    await announceSchedule(ctx);
    await recordEvent(ctx, {
      type: 'issue.scheduled',
      ...idsOf(issue),
      subject: { kind: 'issue', id },
      details: { at: at.toISOString(), local, timeZone },
    });
    return loadIssue(ctx, id);
  });
}

export function unscheduleIssue(ctx: Context, id: string, ifMatch: IfMatch): Promise<IssueTree> {
  return withIssueLocked(ctx, id, ifMatch, async (ctx, issue) => {
    await applyTransition(ctx, [id], 'unschedule');
    await recordEvent(ctx, {
      type: 'issue.unscheduled',
      ...idsOf(issue),
      subject: { kind: 'issue', id },
      details: { at: issue.scheduledAt?.toISOString() ?? null },
    });
    return loadIssue(ctx, id);
  });
}

/** An instant is stored with its local time in the newsletter's time zone. */
function readTime(input: ScheduleInput, newsletter: Newsletter): ResolvedTime {
  if ('at' in input) {
    const at = new Date(input.at);
    return { at, local: describeInstant(at, newsletter.timeZone), timeZone: newsletter.timeZone };
  }
  const { local, timeZone = newsletter.timeZone } = input;
  const resolved = resolveLocalTime(local, timeZone);
  if (resolved.ok) return resolved;
  const { code, message, choices } = resolved;
  throw new DomainError('invalid', code, `The local time ${message}.`, {
    faults: [{ pointer: '/local', code, message }],
    choices,
  });
}

function pastTime(input: ScheduleInput, at: Date): DomainError {
  const pointer = 'at' in input ? '/at' : '/local';
  const message = `must be in the future; ${at.toISOString()} has passed`;
  return new DomainError('invalid', 'past_time', `The time ${message}.`, {
    faults: [{ pointer, code: 'past_time', message }],
  });
}
