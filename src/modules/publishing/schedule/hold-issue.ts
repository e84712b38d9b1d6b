import { type Context, inTransaction } from '../../../context.ts';
import type { Fault } from '../../../errors.ts';
import { recordEvent } from '../../events/record-event.ts';
import { readFingerprints } from '../staging/fingerprint.ts';
import { applyTransition } from '../workflow/transitions.ts';
import { claimDueIssue } from './claim-due-issues.ts';

export type HoldReason = 'too_late' | 'address_taken' | 'not_ready';

type Scheduled = { id: string; newsletterId: string; scheduledAt: Date };

/** Moves a due issue that cannot be published back to draft. The caller has locked its row. */
export async function holdIssue(
  ctx: Context,
  { id, newsletterId, scheduledAt }: Scheduled,
  reason: HoldReason,
  problems: readonly Fault[] = [],
): Promise<void> {
  await applyTransition(ctx, [id], 'hold');
  await recordEvent(ctx, {
    type: 'issue.held',
    newsletterId,
    issueId: id,
    subject: { kind: 'issue', id },
    details: { reason, at: scheduledAt.toISOString(), problems: problems.map((problem) => ({ ...problem })) },
  });
}

/**
 * Holds a due issue whose content has these faults, which were found when it had the fingerprint. Returns false if it has
 * changed since, is no longer due, or is locked by another node or an editor.
 */
export function holdUnready(
  ctx: Context,
  { issueId, fingerprint }: { issueId: string; fingerprint: string | undefined },
  faults: readonly Fault[],
): Promise<boolean> {
  return inTransaction(ctx, async (ctx) => {
    const due = await claimDueIssue(ctx, issueId);
    if (!due || (await readFingerprints(ctx, [issueId])).get(issueId) !== fingerprint) return false;
    await holdIssue(ctx, due, 'not_ready', faults);
    return true;
  });
}
