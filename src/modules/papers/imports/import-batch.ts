import { type Context, inTransaction } from '../../../context.ts';
import type { PaperImport } from '../../../database/generated/client.ts';
import { tryLockWork } from '../../../lib/advisory-lock.ts';
import { insertRows } from '../../../lib/insert-rows.ts';
import { changeLockedPapers } from '../library/change-paper.ts';
import { createPapers } from '../library/create-papers.ts';
import { LEASE_MS } from './lease.ts';
import type { Candidate } from './matching/candidate.ts';
import { type Decision, decideCandidates } from './matching/decide-candidates.ts';
import type { Works } from './matching/works.ts';
import { type FilledFields, planBatch } from './plan-batch.ts';

type Import = Pick<PaperImport, 'id' | 'isDryRun' | 'claim'>;

/**
 * Creates papers from the candidates, fills gaps of matched papers, and stores the outcome of each candidate. The same
 * transaction updates the progress of the import, so that each record is processed exactly once.
 */
export function importBatch(
  ctx: Context,
  row: Import,
  candidates: readonly Candidate[],
  planned: Works,
): Promise<Works> {
  return inTransaction(ctx, async (ctx) => {
    // One batch at a time: concurrent batches could both create the same work if it has no identifier.
    if (!row.isDryRun && !(await tryLockWork(ctx, 'importPapers'))) throw new OtherImportRuns();
    const { decisions, own } = await decideCandidates(ctx, candidates, planned);
    const { created, changed, filled } = await planBatch(ctx, decisions, row.isDryRun);
    await report(ctx, row, decisions, filled);
    if (row.isDryRun) return own;
    await createPapers(ctx, created, { importId: row.id });
    await changeLockedPapers(ctx, changed);
    return own;
  });
}

/** Throws, which rolls the batch back, if another worker has claimed the import in the meantime. */
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

/** Another import is running a batch. */
export class OtherImportRuns extends Error {}

/** Another worker has claimed the import, or it has ended. */
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
    faults: outcome === 'refused' ? decision.faults.map((fault) => ({ ...fault })) : toNotices(candidate),
  };
}

/** A record has either faults or notices, so both are stored in one column. */
function toNotices({ notices = [] }: Candidate) {
  return notices.map((message) => ({ pointer: '', code: 'notice', message }));
}

/** Field names in a file may contain characters that PostgreSQL cannot store. */
function storable(text: string, length: number): string {
  return text.replaceAll('\0', '').slice(0, length).toWellFormed();
}
