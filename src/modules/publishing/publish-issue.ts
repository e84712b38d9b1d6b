import type { Context } from '../../context.ts';
import type { IfMatch } from '../../lib/revision.ts';
import { type Change, recordChange } from '../events/record-change.ts';
import { recordEvent } from '../events/record-event.ts';
import { placeOf, withIssueLocked } from '../issues/editing/change-issue.ts';
import { requirePublishable, requireReady } from '../issues/readiness/readiness.ts';
import { type IssueTree, loadIssue } from '../issues/tree/load-issue.ts';
import { composeEdition } from './compose-edition.ts';
import { storeEdition, toText } from './store-edition.ts';
import { applyTransition } from './transitions.ts';

/**
 * Makes the issue's tree as it stands the edition that readers see. When they see exactly that already,
 * nothing changes.
 */
export function publishIssue(ctx: Context, id: string, ifMatch: IfMatch): Promise<IssueTree> {
  return withIssueLocked(ctx, id, ifMatch, async (ctx) => {
    await keepPapers(ctx, id);
    const issue = await loadIssue(ctx, id);
    await requirePublishable(ctx, issue);
    if (await isWhatReadersSee(ctx, issue)) return issue;
    return settle(ctx, await makeEdition(ctx, issue, 'publish'));
  });
}

/** The same for the schedule, in a transaction of its own that holds the issue's row. */
export async function publishDueIssue(ctx: Context, id: string): Promise<void> {
  await keepPapers(ctx, id);
  const issue = await loadIssue(ctx, id);
  requireReady(issue);
  await recordChange(ctx, await makeEdition(ctx, issue, 'publishDue'));
}

/**
 * Until the commit nobody changes the papers in it: a change of their status then finds the edition that is out,
 * and tells its readers.
 */
async function keepPapers(ctx: Context, id: string): Promise<void> {
  await ctx.db.$queryRaw`
    SELECT 1 FROM papers WHERE id IN (
      SELECT items.paper_id FROM sections JOIN items ON items.section_id = sections.id
      WHERE sections.issue_id = ${id}::uuid)
    ORDER BY id FOR SHARE`;
}

/** Takes the issue back to draft: its address answers like one that never was. Its editions stay on record. */
export function unpublishIssue(ctx: Context, id: string, ifMatch: IfMatch): Promise<IssueTree> {
  return withIssueLocked(ctx, id, ifMatch, async (ctx, issue) => {
    await applyTransition(ctx, id, 'unpublish');
    const { edition, ...address } = await ctx.db.publication.delete({
      where: { issueId: id },
      select: { number: true, slug: true, edition: { select: { id: true, version: true } } },
    });
    await recordEvent(ctx, {
      type: 'issue.unpublished',
      ...placeOf(issue),
      subject: { kind: 'issue', id },
      details: { number: address.number },
    });
    return settle(ctx, { type: 'withdrawn', ...placeOf(issue), edition, address });
  });
}

/** The issue as it is after the change, which goes into the log when nothing else is left to do. */
async function settle(ctx: Context, change: Change): Promise<IssueTree> {
  const issue = await loadIssue(ctx, change.issueId);
  await recordChange(ctx, change);
  return issue;
}

async function makeEdition(
  ctx: Context,
  issue: IssueTree,
  transition: 'publish' | 'publishDue',
): Promise<Change> {
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
  return {
    type: issue.publication ? 'corrected' : 'published',
    ...placeOf(issue),
    edition: { id: editionId, version },
    address: issue,
    former: formerAddress(issue),
  };
}

function formerAddress({ publication, number, slug }: IssueTree): Change['former'] {
  const isKept = !publication || (publication.number === number && publication.slug === slug);
  return isKept ? undefined : publication;
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
  const last = await ctx.db.edition.findFirst({
    where: { issueId },
    orderBy: { version: 'desc' },
    select: { version: true },
  });
  return last?.version ?? 0;
}
