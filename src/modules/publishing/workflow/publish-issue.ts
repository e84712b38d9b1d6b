import type { Context } from '../../../context.ts';
import type { IfMatch } from '../../../lib/revision.ts';
import { recordEvent } from '../../events/record-event.ts';
import { idsOf, withIssueLocked } from '../../issues/editing/change-issue.ts';
import { storeAnchors } from '../../issues/editing/store-anchors.ts';
import { requirePublishable, requireReady } from '../../issues/readiness/readiness.ts';
import { readIssueTextsAhead } from '../../issues/tree/issue-texts.ts';
import { type IssueTree, loadIssue } from '../../issues/tree/load-issue.ts';
import { findPaperIdsOfIssue } from '../../issues/uses/paper-uses.ts';
import { lockPapersForShare } from '../../papers/library/lock-papers.ts';
import { logChange } from '../../publications/changes/change-log.ts';
import { type EditionText, toEditionText } from '../../publications/edition/edition-content.ts';
import {
  findFirstPublication,
  findLastVersion,
  readEditionHash,
} from '../../publications/edition/editions.ts';
import { type Outcome, putLive } from '../../publications/put-live.ts';
import { withdraw } from '../../publications/withdraw.ts';
import { composeEdition } from '../editions/compose-edition.ts';
import type { EditionDocument } from '../editions/edition-schemas.ts';
import { filesOf } from '../editions/files-of.ts';
import { applyTransition } from './transitions.ts';

/** Publishes the current tree. Does nothing if readers already see exactly that content. */
export async function publishIssue(ctx: Context, id: string, ifMatch: IfMatch): Promise<IssueTree> {
  await readIssueTextsAhead(ctx, id);
  return withIssueLocked(ctx, id, ifMatch, async (ctx) => {
    const issue = await loadWithPapersLocked(ctx, id);
    await requirePublishable(ctx, issue);
    if (await isWhatReadersSee(ctx, issue)) return issue;
    const outcome = await makeEdition(ctx, issue, 'publish');
    const published = await loadIssue(ctx, id);
    await recordOutcome(ctx, 'issue.published', outcome);
    return published;
  });
}

/** Publishes an issue for the schedule, whose transaction has locked the issue's row. */
export async function publishDueIssue(ctx: Context, id: string): Promise<void> {
  const issue = await loadWithPapersLocked(ctx, id);
  await requireReady(ctx, issue);
  await recordOutcome(ctx, 'issue.published', await makeEdition(ctx, issue, 'publishDue'));
}

/** Moves the issue back to draft. Its public address then returns 404. Its editions are kept. */
export function unpublishIssue(ctx: Context, id: string, ifMatch: IfMatch): Promise<IssueTree> {
  return withIssueLocked(ctx, id, ifMatch, async (ctx, issue) => {
    await applyTransition(ctx, id, 'unpublish');
    const outcome = await withdraw(ctx, idsOf(issue));
    const draft = await loadIssue(ctx, id);
    await recordOutcome(ctx, 'issue.unpublished', outcome);
    return draft;
  });
}

/**
 * Locks the issue's papers until the commit. A transaction that changes the status of a paper waits for it, so it sees
 * the new edition and logs the change for its readers.
 */
async function loadWithPapersLocked(ctx: Context, id: string): Promise<IssueTree> {
  await lockPapersForShare(ctx, await findPaperIdsOfIssue(ctx, id));
  return loadIssue(ctx, id);
}

async function makeEdition(
  ctx: Context,
  issue: IssueTree,
  transition: 'publish' | 'publishDue',
): Promise<Outcome> {
  await applyTransition(ctx, issue.id, transition);
  const version = (await findLastVersion(ctx, issue.id)) + 1;
  const publishedAt =
    issue.publication?.publishedAt ?? (await findFirstPublication(ctx, issue.id)) ?? ctx.now;
  const edition = toEditionText(
    await composeEdition(ctx, issue, { version, publishedAt, updatedAt: ctx.now }),
  );
  await storeNewAnchors(ctx, issue, edition);
  return putLive(ctx, {
    ...idsOf(issue),
    // applyTransition has incremented the revision.
    revision: issue.revision + 1,
    edition,
    personIds: issue.authors.map(({ personId }) => personId),
    files: filesOf(issue),
    live: issue.publication,
  });
}

/** Must be the last step of the transaction, because it locks the newsletter's change log. */
async function recordOutcome(
  ctx: Context,
  type: 'issue.published' | 'issue.unpublished',
  { change, listed }: Outcome,
): Promise<void> {
  const { issueId, newsletterId, edition, address } = change;
  const neighbours = await logChange(ctx, change);
  const published = { edition: edition.version, editionId: edition.id };
  await recordEvent(ctx, {
    type,
    ...{ issueId, newsletterId },
    subject: { kind: 'issue', id: issueId },
    details: { ...(type === 'issue.published' ? published : {}), number: address.number },
    affected: { issueIds: [issueId, ...neighbours], ...listed },
  });
}

async function storeNewAnchors(
  ctx: Context,
  { sections }: IssueTree,
  { document }: EditionText<EditionDocument>,
): Promise<void> {
  const areAllStored = sections.every((section) => section.items.every(({ anchor }) => anchor !== null));
  if (areAllStored) return;
  await storeAnchors(
    ctx,
    document.sections.flatMap((section) => section.items),
  );
}

/** Composes the live edition again from the current tree and library, and compares its hash with the stored one. */
async function isWhatReadersSee(ctx: Context, issue: IssueTree): Promise<boolean> {
  if (!issue.publication) return false;
  const { edition, publishedAt } = issue.publication;
  const again = await composeEdition(ctx, issue, {
    version: edition.version,
    publishedAt,
    updatedAt: edition.publishedAt,
  });
  return toEditionText(again).hash === (await readEditionHash(ctx, edition.id));
}
