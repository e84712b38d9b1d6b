import type { Context } from '../../../context.ts';
import { recordEvents } from '../../events/record-event.ts';
import { logPaperStatuses } from '../../publications/changes/change-log.ts';
import type { PaperRow } from '../record/present.ts';

type Followed = Pick<PaperRow, 'id' | 'title' | 'status' | 'statuses'>;
/** `before` may be another paper: one that was merged into it. */
export type Followup = { before: Followed; after: Followed };

/**
 * Editions that are out show what has become of their papers beside their own text. The last of what a transaction
 * writes: see `logPaperStatuses`.
 */
export async function tellReadersOfStatus(ctx: Context, followups: readonly Followup[]): Promise<void> {
  const changed = followups.filter(({ before, after }) => latest(before) !== latest(after));
  if (changed.length === 0) return;
  const issueIds = await logPaperStatuses(
    ctx,
    changed.map(({ after }) => after.id),
  );
  await recordEvents(
    ctx,
    changed
      .filter(({ before, after }) => before.id === after.id)
      .map(({ before, after: { id, title, status } }) => ({
        type: 'paper.status_changed',
        subject: { kind: 'paper', id },
        details: { title, from: before.status, to: status },
        affected: { issueIds },
      })),
  );
}

function latest({ statuses }: Followed): string {
  return JSON.stringify(Array.isArray(statuses) ? (statuses.at(-1) ?? null) : null);
}
