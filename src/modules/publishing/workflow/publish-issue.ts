import { type Context, isTransaction } from '../../../context.ts';
import { DomainError } from '../../../errors.ts';
import { type IfMatch, requireRevision } from '../../../lib/revision.ts';
import { idsOf, withIssueLocked } from '../../issues/editing/change-issue.ts';
import { requireFreePublicAddress } from '../../issues/readiness/address.ts';
import { type IssueTree, loadIssue } from '../../issues/tree/load-issue.ts';
import { readEditionHash } from '../../publications/edition/editions.ts';
import { indexTexts } from '../../publications/index/index-texts.ts';
import type { Outcome } from '../../publications/put-live.ts';
import { stageEdition } from '../../publications/staging/stage-edition.ts';
import { withdraw } from '../../publications/withdraw.ts';
import { type Composed, composeNext, hasContentOf, stampEdition } from '../staging/compose-next.ts';
import { findUnchanged } from '../staging/fingerprint.ts';
import { flip, recordOutcomes } from './flip.ts';
import { applyTransition } from './transitions.ts';

/** Somebody else has to change the issue, or a thing in it, during each of them. */
const MAX_ATTEMPTS = 5;

/**
 * Publishes the current tree. Does nothing if readers already see exactly that content. The edition is composed outside the
 * transaction, and composed again if anything in it has changed by the time that the issue is locked.
 */
export async function publishIssue(ctx: Context, id: string, ifMatch: IfMatch): Promise<IssueTree> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const composed = await composeNext(ctx, id, ({ revision }) => requireRevision(ifMatch, revision));
    if (await isWhatReadersSee(ctx, composed)) return composed.issue;
    const published = await goLive(ctx, composed, ifMatch);
    if (!published) continue;
    await indexNow(ctx, id);
    return published;
  }
  throw new DomainError(
    'conflict',
    'changed_meanwhile',
    `The issue or something in it changed during each of ${MAX_ATTEMPTS} attempts to publish it.`,
  );
}

/** The issue is published, also if its texts cannot be indexed now. Background work then does it, and logs what goes wrong. */
async function indexNow(ctx: Context, id: string): Promise<void> {
  try {
    await indexTexts(ctx, id);
  } catch (error) {
    if (isTransaction(ctx)) throw error;
  }
}

/** Moves the issue back to draft. Its public address then returns 404. Its editions are kept. */
export function unpublishIssue(ctx: Context, id: string, ifMatch: IfMatch): Promise<IssueTree> {
  return withIssueLocked(ctx, id, ifMatch, async (ctx, issue) => {
    await applyTransition(ctx, [id], 'unpublish');
    const outcome = await withdraw(ctx, idsOf(issue));
    const draft = await loadIssue(ctx, id);
    await recordOutcomes(ctx, 'issue.unpublished', [outcome]);
    return draft;
  });
}

async function isWhatReadersSee(ctx: Context, composed: Composed): Promise<boolean> {
  const { publication } = composed.issue;
  if (!publication) return false;
  return hasContentOf(composed, publication.edition, await readEditionHash(ctx, publication.edition.id));
}

/** Returns null if the composed edition is out of date. */
function goLive(ctx: Context, composed: Composed, ifMatch: IfMatch): Promise<IssueTree | null> {
  const { issue } = composed;
  return withIssueLocked(ctx, issue.id, ifMatch, async (ctx) => {
    if ((await findUnchanged(ctx, [composed])).size === 0) return null;
    await requireFreePublicAddress(ctx, issue);
    await stageEdition(ctx, stampEdition(composed, ctx.now));
    const [outcome] = await flip(ctx, 'publish', [issue.id]);
    if (!outcome) throw new Error(`The staged edition of issue ${issue.id} is missing`);
    return asPublished(ctx, composed, outcome);
  });
}

/** The issue as it is stored now, without reading it again. */
function asPublished(ctx: Context, { issue, document, revision }: Composed, { change }: Outcome): IssueTree {
  const { edition, address, publishedAt } = change;
  const anchors = new Map(
    document.sections.flatMap((section) => section.items.map((item) => [item.id, item.anchor])),
  );
  return {
    ...issue,
    ...{ status: 'published', revision, updatedAt: ctx.now },
    ...{ scheduledAt: null, scheduledLocal: null, scheduledTimeZone: null },
    sections: issue.sections.map((section) => ({
      ...section,
      items: section.items.map((item) => ({ ...item, anchor: anchors.get(item.id) ?? null })),
    })),
    publication: {
      ...idsOf(issue),
      ...{ ...address, publishedAt, editionId: edition.id, title: issue.title, tags: issue.tags },
      edition: { ...edition, revision, publishedAt: ctx.now },
    },
  };
}
