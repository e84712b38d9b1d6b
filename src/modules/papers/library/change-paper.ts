import type { Context } from '../../../context.ts';
import { definedFields } from '../../../lib/patch.ts';
import { type IfMatch, requireRevision, withRowLocked } from '../../../lib/revision.ts';
import { keyOf } from '../identifiers/identifier.ts';
import type { PaperChanges } from '../record/paper-columns.ts';
import type { PaperRow } from '../record/present.ts';
import type { PaperPatch } from '../record/schemas.ts';
import { announceStatusChanges } from './announce-status-changes.ts';
import { getPaper } from './paper.ts';
import { recordPaperEvents } from './record-paper-events.ts';
import { requireFreeIdentifiers } from './require-free-identifiers.ts';
import { resolvePatch } from './resolve-identifiers.ts';
import { writePaper } from './write-paper.ts';

/** Every change to a paper is made here, except a merge (`absorbPapers`). */

export function changePaper(
  ctx: Context,
  id: string,
  patch: PaperPatch,
  ifMatch: IfMatch,
): Promise<PaperRow> {
  return withRowLocked(ctx, 'papers', id, async (ctx) => {
    const before = await getPaper(ctx, id);
    requireRevision(ifMatch, before.revision);
    const changes = await resolveChanges(ctx, before, patch);
    const after = await writePaper(ctx, before, changes);
    await announce(ctx, [{ before, after, fields: Object.keys(definedFields(patch)) }]);
    return after;
  });
}

/** Throws if another paper has one of the new identifiers. */
async function resolveChanges(ctx: Context, { id, identifiers }: PaperRow, patch: PaperPatch) {
  const changes = resolvePatch(patch, identifiers);
  const present = new Set(identifiers.map(keyOf));
  const added = (changes.identifiers ?? []).filter((one) => !present.has(keyOf(one)));
  await requireFreeIdentifiers(ctx, added, id);
  return changes;
}

export type PaperChange = { before: PaperRow; changes: PaperChanges };

/**
 * Changes papers that `lockPapersForChange` returned in the same transaction. Call it last in a transaction, because it
 * announces status changes.
 */
export async function changeLockedPapers(ctx: Context, papers: readonly PaperChange[]): Promise<void> {
  const changed: Changed[] = [];
  for (const { before, changes } of papers) {
    changed.push({ before, after: await writePaper(ctx, before, changes), fields: Object.keys(changes) });
  }
  await announce(ctx, changed);
}

type Changed = { before: PaperRow; after: PaperRow; fields: string[] };

async function announce(ctx: Context, papers: readonly Changed[]): Promise<void> {
  await recordPaperEvents(
    ctx,
    'paper.updated',
    papers.map(({ after, fields }) => ({ paper: after, details: { fields } })),
  );
  await announceStatusChanges(ctx, papers);
}
