import type { Context } from '../../context.ts';
import type { IfMatch } from '../../revision.ts';
import { recordEvent } from '../events/record-event.ts';
import { placeOf, withIssueLocked } from '../issues/change-issue.ts';
import { type IssueTree, loadIssue } from '../issues/load-issue.ts';
import { requirePublishable, requireReady } from '../issues/readiness.ts';
import { composeEdition } from './compose-edition.ts';
import { storeEdition, toText } from './store-edition.ts';
import { applyTransition } from './transitions.ts';

/**
 * Makes the issue's tree as it stands the edition that readers see. When they see exactly that already,
 * nothing changes.
 */
export function publishIssue(ctx: Context, id: string, ifMatch: IfMatch): Promise<IssueTree> {
  return withIssueLocked(ctx, id, ifMatch, async (ctx) => {
    const issue = await loadIssue(ctx, id);
    await requirePublishable(ctx, issue);
    if (await isWhatReadersSee(ctx, issue)) return issue;
    await makeEdition(ctx, issue, 'publish');
    return loadIssue(ctx, id);
  });
}

/** The same for the schedule, in a transaction of its own that holds the issue's row. */
export async function publishDueIssue(ctx: Context, id: string): Promise<void> {
  const issue = await loadIssue(ctx, id);
  requireReady(issue);
  await makeEdition(ctx, issue, 'publishDue');
}

/** Takes the issue back to draft: its address answers like one that never was. Its editions stay on record. */
export function unpublishIssue(ctx: Context, id: string, ifMatch: IfMatch): Promise<IssueTree> {
  return withIssueLocked(ctx, id, ifMatch, async (ctx, issue) => {
    await applyTransition(ctx, id, 'unpublish');
    const { number } = await ctx.db.publication.delete({ where: { issueId: id } });
    await recordEvent(ctx, {
      type: 'issue.unpublished',
      ...placeOf(issue),
      subject: { kind: 'issue', id },
      details: { number },
    });
    return loadIssue(ctx, id);
  });
}

async function makeEdition(
  ctx: Context,
  issue: IssueTree,
  transition: 'publish' | 'publishDue',
): Promise<void> {
  await applyTransition(ctx, issue.id, transition);
  const version = (await lastVersion(ctx, issue.id)) + 1;
  const publishedAt = issue.publication?.publishedAt ?? ctx.now;
  const document = composeEdition(issue, { version, publishedAt, updatedAt: ctx.now });
  const editionId = await storeEdition(ctx, issue, toText(document));
  await recordEvent(ctx, {
    type: 'issue.published',
    ...placeOf(issue),
    subject: { kind: 'issue', id: issue.id },
    details: { edition: version, editionId, number: issue.number },
  });
}

/** Whether composing the live edition again, from the tree and the library of now, would change nothing. */
async function isWhatReadersSee(ctx: Context, issue: IssueTree): Promise<boolean> {
  if (!issue.publication) return false;
  const { edition, publishedAt } = issue.publication;
  const again = composeEdition(issue, {
    version: edition.version,
    publishedAt,
    updatedAt: edition.publishedAt,
  });
  const stored = await ctx.db.edition.findUniqueOrThrow({
    where: { id: edition.id },
    select: { hash: true },
  });
  return toText(again).hash === stored.hash;
}

async function lastVersion(ctx: Context, issueId: string): Promise<number> {
  const { _max } = await ctx.db.edition.aggregate({ where: { issueId }, _max: { version: true } });
  return _max.version ?? 0;
}
