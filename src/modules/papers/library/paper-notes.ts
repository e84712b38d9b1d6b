import { type Context, inTransaction } from '../../../context.ts';
import type { PaperRow } from '../record/present.ts';
import { presentPaperFields } from '../record/present.ts';
import { changeLockedPapers } from './change-paper.ts';
import { lockPapersForChange } from './lock-papers.ts';

/**
 * Release 0.1.0 imported private comments as the note of a paper, which readers see. What was imported does not say which
 * field a note came from, so a person has to choose the notes to clear.
 */

export type PaperNote = { id: string; title: string; note: string };

/** Lists all papers that have a note, oldest first. */
export function listPaperNotes(ctx: Context): Promise<PaperNote[]> {
  return ctx.db.$queryRaw<PaperNote[]>`
    SELECT id::text, title, csl ->> 'note' AS note FROM papers WHERE csl ->> 'note' <> '' ORDER BY id`;
}

/** Papers per transaction */
const BATCH_SIZE = 100;

/** Returns the papers whose note was cleared. Papers without a note stay as they are. */
export async function clearPaperNotes(ctx: Context, ids: readonly string[]): Promise<PaperRow[]> {
  const cleared: PaperRow[] = [];
  for (let from = 0; from < ids.length; from += BATCH_SIZE)
    cleared.push(...(await clearBatch(ctx, ids.slice(from, from + BATCH_SIZE))));
  return cleared;
}

function clearBatch(ctx: Context, ids: readonly string[]): Promise<PaperRow[]> {
  return inTransaction(ctx, async (ctx) => {
    const papers = await lockPapersForChange(ctx, ids);
    const changes = papers.flatMap((before) => {
      const { note, ...csl } = presentPaperFields(before).csl;
      return note ? [{ before, changes: { csl } }] : [];
    });
    await changeLockedPapers(ctx, changes);
    return changes.map(({ before }) => before);
  });
}
