import { type Context, inTransaction } from '../../../context.ts';
import type { PaperImport } from '../../../database/generated/client.ts';
import { tryLockWork } from '../../../lib/advisory-lock.ts';
import { insertRows } from '../../../lib/insert-rows.ts';
import { recordEvents } from '../../events/record-event.ts';
import { canBeLookedUp } from '../library/awaits-metadata.ts';
import { identifierRows } from '../library/paper.ts';
import { placeIdentifiers } from '../library/place-identifiers.ts';
import { EMPTY_COLUMNS, paperColumns } from '../record/paper-columns.ts';
import { type FilledFields, fillPapers, lockWanting } from './fill-papers.ts';
import { LEASE } from './lease.ts';
import type { Candidate } from './matching/candidate.ts';
import { type Decision, sortOut } from './matching/sort-out.ts';
import type { Works } from './matching/works.ts';

type Import = Pick<PaperImport, 'id' | 'isDryRun' | 'claim'>;

/**
 * Makes papers of the candidates, fills gaps of those that are known, and sets down what became of each, all in
 * one transaction that also counts them: a record is done exactly once, or not at all.
 */
export function importBatch(
  ctx: Context,
  row: Import,
  candidates: readonly Candidate[],
  planned: Works,
): Promise<Works> {
  return inTransaction(ctx, async (ctx) => {
    // One after the other: two that make the same work, which has no identifier, would not see each other's.
    if (!row.isDryRun && !(await tryLockWork(ctx, 'importPapers'))) throw new OthersImport();
    const { decisions, own } = await sortOut(ctx, candidates, planned);
    const matched = decisions.filter((decision) => decision.outcome === 'matched');
    const wanting = row.isDryRun ? matched : await lockWanting(ctx, matched);
    if (!row.isDryRun) await createPapers(ctx, row.id, decisions);
    const filled = await fillPapers(ctx, wanting, row.isDryRun);
    await report(ctx, row, decisions, filled);
    return own;
  });
}

async function createPapers(ctx: Context, importId: string, decisions: readonly Decision[]): Promise<void> {
  const created = decisions
    .filter((decision) => decision.outcome === 'created')
    .map((decision) => ({ ...decision, identifiers: placeIdentifiers(decision.input, []) ?? [] }));
  await insertRows(
    ctx.db,
    'papers',
    created.map(({ paperId: id, input, isIncomplete: incomplete, identifiers }) => ({
      ...EMPTY_COLUMNS,
      ...paperColumns(input),
      ...{ id, title: input.title, incomplete, createdAt: ctx.now, updatedAt: ctx.now },
      completeAt: incomplete && canBeLookedUp(identifiers) ? ctx.now : null,
    })),
  );
  const rows = created.flatMap(({ paperId, identifiers }) =>
    identifierRows(identifiers).map((row) => ({ ...row, paperId })),
  );
  await insertRows(ctx.db, 'paper_identifiers', rows);
  await recordEvents(
    ctx,
    created.map(({ paperId: id, input: { title } }) => ({
      type: 'paper.created',
      subject: { kind: 'paper', id },
      details: { title, importId },
    })),
  );
}

/** The caller holds the import by its claim: whoever took it over meanwhile goes on, and this batch is undone. */
async function report(
  ctx: Context,
  { id, claim }: Import,
  decisions: readonly Decision[],
  filled: FilledFields,
): Promise<void> {
  const count = (outcome: Decision['outcome']) =>
    decisions.filter((decision) => decision.outcome === outcome).length;
  const { count: counted } = await ctx.db.paperImport.updateMany({
    where: { id, claim, finishedAt: null },
    data: {
      done: { increment: decisions.length },
      created: { increment: count('created') },
      matched: { increment: count('matched') },
      refused: { increment: count('refused') },
      leasedUntil: new Date(ctx.now.getTime() + LEASE),
      tries: 0,
    },
  });
  if (counted === 0) throw new ClaimLost();
  await insertRows(
    ctx.db,
    'paper_import_records',
    decisions.map((decision) => toRecord(id, decision, filled.get(decision) ?? [])),
  );
}

/** For a moment: a batch takes no longer. */
export class OthersImport extends Error {}

/** Another works on the import now, or it is over. */
export class ClaimLost extends Error {}

function toRecord(importId: string, decision: Decision, filled: string[]) {
  const { candidate, outcome } = decision;
  const { position, line, key, ignored } = candidate;
  const title = 'input' in candidate ? candidate.input.title : candidate.title;
  return {
    ...{ importId, position, line, outcome, filled },
    key: key === null ? null : storable(key, 300),
    ignored: ignored.map((name) => storable(name, 200)),
    title: title === null ? null : storable(title, 1_000),
    paperId: outcome === 'refused' ? null : decision.paperId,
    faults: outcome === 'refused' ? decision.faults.map((fault) => ({ ...fault })) : [],
  };
}

/** Names of a file's members may hold what the database takes nowhere. */
function storable(text: string, length: number): string {
  return text.replaceAll('\0', '').slice(0, length).toWellFormed();
}
