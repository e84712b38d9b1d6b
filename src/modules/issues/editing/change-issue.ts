import type { Context } from '../../../context.ts';
import type { Issue, Prisma } from '../../../database/generated/client.ts';
import { type IfMatch, requireRevision, withRowLocked } from '../../../lib/revision.ts';
import { recordEvent } from '../../events/record-event.ts';
import type { SubjectKind } from '../../events/types.ts';
import { requirePublishable } from '../readiness/readiness.ts';
import { findIssue, type IssueTree, loadIssue } from '../tree/load-issue.ts';

/** The part of the event that describes the change. */
export type Change = {
  subject: { kind: SubjectKind; id: string };
  details: Prisma.InputJsonObject;
};

/**
 * Every edit of an issue's tree goes through here. It locks the issue, checks If-Match, runs `write`, increments the
 * revision and records the event. A scheduled issue must still be publishable after the write.
 */
export function changeIssue(
  ctx: Context,
  issueId: string,
  ifMatch: IfMatch,
  write: (ctx: Context, issue: Issue) => Promise<Change>,
): Promise<IssueTree> {
  return withIssueLocked(ctx, issueId, ifMatch, async (ctx, issue) => {
    const { subject, details } = await write(ctx, issue);
    await ctx.db.issue.update({
      where: { id: issueId },
      data: { revision: { increment: 1 }, updatedAt: ctx.now },
    });
    const changed = await loadIssue(ctx, issueId);
    if (issue.status === 'scheduled') await requirePublishable(ctx, changed);
    await recordEvent(ctx, { type: 'issue.updated', ...idsOf(issue), subject, details });
    return changed;
  });
}

/** Locks the issue's row and runs `fn`. Writers of the tree take the same lock, so none of them runs at the same time. */
export function withIssueLocked<T>(
  ctx: Context,
  issueId: string,
  ifMatch: IfMatch,
  fn: (ctx: Context, issue: Issue) => Promise<T>,
): Promise<T> {
  return withRowLocked(ctx, 'issues', issueId, async (ctx) => {
    const issue = await findIssue(ctx, issueId);
    requireRevision(ifMatch, issue.revision);
    return fn(ctx, issue);
  });
}

/** The ids that events and publications take. */
export function idsOf(issue: { id: string; newsletterId: string }) {
  return { issueId: issue.id, newsletterId: issue.newsletterId };
}
