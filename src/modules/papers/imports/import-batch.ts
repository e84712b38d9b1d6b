import { type Context, inTransaction } from '../../../context.ts';
import type { PaperImport } from '../../../database/generated/client.ts';
import { tryLockWork } from '../../../lib/advisory-lock.ts';
import { insertRows } from '../../../lib/insert-rows.ts';
import { changeLockedPapers } from '../library/change-paper.ts';
import { createPapers } from '../library/create-papers.ts';
import { LEASE_MS } from './lease.ts';
import type { Candidate } from './matching/candidate.ts';
import { type Decision, sortOut } from './matching/sort-out.ts';
import type { Works } from './matching/works.ts';
import { type FilledFields, planBatch } from './plan-batch.ts';

type Import = Pick<PaperImport, 'id' | 'isDryRun' | 'claim'>;

/**
 * Creates papers from the candidates, fills gaps of the papers that the library has already, and reports what became
 * of each candidate, in one transaction that also counts them: a record is done exactly once, or not at all.
 */
export function importBatch(
  ctx: Context,
  row: Import,
  candidates: readonly Candidate[],
  planned: Works,
): Promise<Works> {
  return inTransaction(ctx, async (ctx) => {
    // One batch at a time: two that create the same work without an identifier would not see each other's paper.
    if (!row.isDryRun && !(await tryLockWork(ctx, 'importPapers'))) throw new OtherImportRuns();
    const { decisions, own } = await sortOut(ctx, candidates, planned);
    const { created, changed, filled } = await planBatch(ctx, decisions, row.isDryRun);
    await report(ctx, row, decisions, filled);
    if (row.isDryRun) return own;
    await createPapers(ctx, created, { importId: row.id });
    await changeLockedPapers(ctx, changed);
    return own;
  });
}

/** Fails, and so undoes the batch, where another worker has claimed the import meanwhile. */
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
      leasedUntil: new Date(ctx.now.getTime() + LEASE_MS),
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

/** Another import runs a batch. It takes a moment. */
export class OtherImportRuns extends Error {}

/** Another worker has claimed the import, or it is over. */
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

/** Names in a file may hold characters that PostgreSQL cannot store. */
function storable(text: string, length: number): string {
  return text.replaceAll('\0', '').slice(0, length).toWellFormed();
}
