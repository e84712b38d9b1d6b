import type { Context } from '../../../context.ts';
import { insertRows } from '../../../lib/insert-rows.ts';
import { type Identifier, keyOf } from '../identifiers/identifier.ts';
import { identifierRows, type PaperChanges, paperColumns } from '../record/paper-columns.ts';
import { type PaperRow, presentPaperFields, withIdentifiers } from '../record/present.ts';
import { lookUpColumns } from './look-up-columns.ts';

/**
 * Writes changes to a paper whose row the caller has locked, and increments its revision. An identifier of another paper
 * causes a primary key violation. The caller must record the event and announce a status change.
 */
export async function writePaper(ctx: Context, before: PaperRow, changes: PaperChanges): Promise<PaperRow> {
  if (changes.identifiers) await writeIdentifiers(ctx, before, changes.identifiers);
  return ctx.db.paper.update({
    where: { id: before.id },
    data: {
      ...paperColumns(changes, presentPaperFields(before)),
      ...changedLookUp(ctx, before, changes),
      revision: { increment: 1 },
      updatedAt: ctx.now,
    },
    include: withIdentifiers,
  });
}

type IdentifierRow = PaperRow['identifiers'][number];

/** Writes only the rows that differ, because most changes keep the identifiers or add to them. */
async function writeIdentifiers(
  ctx: Context,
  { id: paperId, identifiers: before }: PaperRow,
  identifiers: readonly Identifier[],
): Promise<void> {
  const after = identifierRows(paperId, identifiers);
  const removed = before.filter((row) => !after.some((other) => isSameRow(row, other)));
  const added = after.filter((row) => !before.some((other) => isSameRow(row, other)));
  if (removed.length > 0) {
    const keys = removed.map(({ scheme, value }) => ({ scheme, value }));
    await ctx.db.paperIdentifier.deleteMany({ where: { paperId, OR: keys } });
  }
  await insertRows(ctx.db, 'paper_identifiers', added);
}

function isSameRow(one: IdentifierRow, other: IdentifierRow): boolean {
  return keyOf(one) === keyOf(other) && one.version === other.version && one.position === other.position;
}

/** Changes to other fields do not affect the schedule of look-ups. */
function changedLookUp(ctx: Context, before: PaperRow, { identifiers, incomplete }: PaperChanges) {
  if (identifiers === undefined && incomplete === undefined) return {};
  return lookUpColumns(ctx, {
    incomplete: incomplete ?? before.incomplete,
    identifiers: identifiers ?? before.identifiers,
  });
}
