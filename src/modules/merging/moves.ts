import type { Context } from '../../context.ts';
import { announceStale } from '../events/announce-stale.ts';
import { recordEvents } from '../events/record-event.ts';
import { draftsWith } from './locks.ts';

/** Of drafts and of live editions; whose text stays as it went out. */
export async function moveUses(ctx: Context, id: string, from: readonly string[]): Promise<void> {
  const raised = await ctx.db.$queryRaw<{ id: string; newsletterId: string }[]>`
    UPDATE issues SET revision = revision + 1, updated_at = ${ctx.now}::timestamptz
    WHERE id = ANY (ARRAY (${draftsWith(from)}))
    RETURNING id, newsletter_id AS "newsletterId"`;
  await ctx.db.item.updateMany({ where: { paperId: { in: [...from] } }, data: { paperId: id } });
  await recordEvents(
    ctx,
    raised.map(({ id: issueId, newsletterId }) => ({
      type: 'issue.updated',
      ...{ issueId, newsletterId },
      subject: { kind: 'paper', id },
      details: { mergedPaperIds: [...from] },
    })),
  );
  const shown = await ctx.db.$queryRaw<{ id: string }[]>`
    WITH moved AS (
      UPDATE published_papers SET paper_id = ${id}::uuid WHERE paper_id = ANY(${from}::uuid[])
      RETURNING newsletter_id
    )
    SELECT DISTINCT newsletter_id AS id FROM moved`;
  await announceStale(ctx, [
    ...from.map((paper) => `paper:${paper}`),
    ...shown.map((newsletter) => `newsletter:${newsletter.id}`),
  ]);
}
