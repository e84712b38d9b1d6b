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

export async function moveIdentifiers(ctx: Context, id: string, from: readonly string[]): Promise<void> {
  await ctx.db.$executeRaw`
    UPDATE paper_identifiers SET paper_id = ${id}::uuid, position = moved.position
    FROM (
      SELECT scheme, value, (SELECT coalesce(max(position) + 1, 0) FROM paper_identifiers WHERE paper_id = ${id}::uuid)
        + row_number() OVER (ORDER BY array_position(${from}::uuid[], paper_id), position) - 1 AS position
      FROM paper_identifiers WHERE paper_id = ANY(${from}::uuid[])
    ) AS moved
    WHERE paper_identifiers.scheme = moved.scheme AND paper_identifiers.value = moved.value`;
  await ctx.db.mergedPaper.updateMany({ where: { paperId: { in: [...from] } }, data: { paperId: id } });
  await ctx.db.mergedPaper.createMany({
    data: from.map((old) => ({ id: old, paperId: id, mergedAt: ctx.now })),
  });
}
