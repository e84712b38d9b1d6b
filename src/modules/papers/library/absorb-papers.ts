import type { Context } from '../../../context.ts';
import { schemeText } from '../identifiers/identifier.ts';
import { type PaperRow, presentPaperFields } from '../record/present.ts';
import { announceStatusChanges } from './announce-status-changes.ts';
import { fillGapsFrom, type PaperSource } from './fill-gaps.ts';
import { recordPaperEvents } from './record-paper-events.ts';
import { writePaper } from './write-paper.ts';

/**
 * Adds the identifiers of duplicates to a paper, fills its gaps from them, and deletes them; their ids redirect to the
 * paper. The caller must have locked all these papers for update and moved their uses; `issueIds` are the published
 * issues among these uses. Call it last in a transaction, because it announces status changes.
 */
export async function absorbPapers(
  ctx: Context,
  paper: PaperRow,
  duplicates: readonly PaperRow[],
  issueIds: readonly string[],
): Promise<PaperRow> {
  await redirectPapers(
    ctx,
    duplicates.map(({ id }) => id),
    paper.id,
  );
  const { changes } = fillGapsFrom(paper, duplicates.map(toSource));
  const identifiers = [paper, ...duplicates].flatMap((one) => one.identifiers);
  const merged = await writePaper(ctx, paper, { ...changes, identifiers });
  await recordPaperEvents(ctx, 'paper.merged', [
    {
      paper: merged,
      details: { merged: duplicates.map(describe) },
      affected: { issueIds, paperIds: duplicates.map(({ id }) => id) },
    },
  ]);
  await announceStatusChanges(
    ctx,
    [paper, ...duplicates].map((before) => ({ before, after: merged })),
  );
  return merged;
}

/** Deletes the papers with their identifiers. Ids of papers that were merged into them earlier redirect to `target` too. */
async function redirectPapers(ctx: Context, ids: readonly string[], target: string): Promise<void> {
  await ctx.db.mergedPaper.updateMany({ where: { paperId: { in: [...ids] } }, data: { paperId: target } });
  await ctx.db.mergedPaper.createMany({
    data: ids.map((id) => ({ id, paperId: target, mergedAt: ctx.now })),
  });
  await ctx.db.paper.deleteMany({ where: { id: { in: [...ids] } } });
}

/** Omits the identifiers, which are copied as they are stored. */
function toSource(duplicate: PaperRow): PaperSource {
  const {
    identifiers: _,
    arxivId: _arxivId,
    doi: _doi,
    status: _status,
    ...input
  } = presentPaperFields(duplicate);
  return { input, isIncomplete: duplicate.incomplete };
}

function describe({ id, title, identifiers }: PaperRow) {
  return { id, title, identifiers: identifiers.map(schemeText) };
}
