import type { Context } from '../../../context.ts';
import { logPaperStatuses } from '../../publications/changes/change-log.ts';
import type { PaperRow } from '../record/present.ts';
import { recordPaperEvents } from './record-paper-events.ts';

type WithStatus = Pick<PaperRow, 'id' | 'title' | 'status' | 'statuses'>;
/** `before` is another paper if it was merged into `after`. */
export type ChangedPaper = { before: WithStatus; after: WithStatus };

/**
 * Records the status changes among the given papers in the change logs, because published editions show the current
 * status of a paper. Call it last in a transaction, because it locks the change logs.
 */
export async function announceStatusChanges(ctx: Context, papers: readonly ChangedPaper[]): Promise<void> {
  const changed = papers.filter(({ before, after }) => latestStatus(before) !== latestStatus(after));
  if (changed.length === 0) return;
  const issueIds = await logPaperStatuses(
    ctx,
    changed.map(({ after }) => after.id),
  );
  await recordPaperEvents(
    ctx,
    'paper.status_changed',
    changed
      .filter(({ before, after }) => before.id === after.id)
      .map(({ before, after }) => ({
        paper: after,
        details: { from: before.status, to: after.status },
        affected: { issueIds },
      })),
  );
}

function latestStatus({ statuses }: WithStatus): string {
  return JSON.stringify(Array.isArray(statuses) ? (statuses.at(-1) ?? null) : null);
}
