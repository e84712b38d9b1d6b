import type { Context } from '../../../context.ts';
import { recordEvents } from '../../events/record-event.ts';
import { storeAnchors } from '../../issues/editing/store-anchors.ts';
import { logChanges } from '../../publications/changes/change-log.ts';
import { type Outcome, putLive } from '../../publications/put-live.ts';
import { applyTransition } from './transitions.ts';

/**
 * Makes the staged editions of the issues live: for the editor's button and for the schedule, for one issue and for many.
 * It computes nothing, so its locks are held only as long as the database needs. The caller has locked the issues and their
 * papers, has checked that the staged editions are up to date, and calls `indexTexts` after the commit.
 */
export async function flip(
  ctx: Context,
  transition: 'publish' | 'publishDue',
  issueIds: readonly string[],
): Promise<Outcome[]> {
  await applyTransition(ctx, issueIds, transition);
  await storeAnchors(ctx, issueIds);
  const outcomes = await putLive(ctx, issueIds);
  await recordOutcomes(ctx, 'issue.published', outcomes);
  return outcomes;
}

/** Must be the last step of the transaction, because it locks the change logs of the newsletters. */
export async function recordOutcomes(
  ctx: Context,
  type: 'issue.published' | 'issue.unpublished',
  outcomes: readonly Outcome[],
): Promise<void> {
  const neighbours = await logChanges(
    ctx,
    outcomes.map(({ change }) => change),
  );
  const events = outcomes.map(({ change, listed }, index) => {
    const { issueId, newsletterId, edition, address } = change;
    const published = { edition: edition.version, editionId: edition.id };
    return {
      type,
      ...{ issueId, newsletterId },
      subject: { kind: 'issue' as const, id: issueId },
      details: { ...(type === 'issue.published' ? published : {}), number: address.number },
      affected: { issueIds: [issueId, ...(neighbours[index] ?? [])], ...listed },
    };
  });
  await recordEvents(ctx, events);
}
