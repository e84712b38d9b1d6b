import type { Context } from '../../context.ts';
import { announceStale } from '../events/announce-stale.ts';
import { recordStatusChange } from '../events/record-change.ts';
import type { PaperRow } from './present.ts';
import { recordPaper } from './record-paper.ts';

type Followed = Pick<PaperRow, 'id' | 'title' | 'status' | 'statuses'>;

/** Whether readers of editions that are out are to be told something else. */
export function hasOtherStatus(before: Followed, after: Followed): boolean {
  return JSON.stringify(latest(before)) !== JSON.stringify(latest(after));
}

function latest({ statuses }: Followed): unknown {
  return Array.isArray(statuses) ? statuses.at(-1) : undefined;
}

/**
 * Editions that are out show what has become of a paper beside their own text. The last of what a transaction
 * writes: see `recordStatusChange`.
 */
export async function tellReadersOfStatus(ctx: Context, before: Followed, after: Followed): Promise<void> {
  await recordPaper(ctx, 'paper.status_changed', after, { from: before.status, to: after.status });
  const newsletterIds = await recordStatusChange(ctx, after.id);
  await announceStale(
    ctx,
    newsletterIds.map((id) => `newsletter:${id}`),
  );
}
