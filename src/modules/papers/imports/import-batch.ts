import { type Context, inTransaction } from '../../../context.ts';
import { DomainError } from '../../../errors.ts';
import { insertRows } from '../../../insert-rows.ts';
import { recordEvents } from '../../events/record-event.ts';
import { fillGaps } from '../fill-gaps.ts';
import { identifierRows, updatePaper } from '../paper.ts';
import { EMPTY_COLUMNS, paperColumns } from '../paper-columns.ts';
import { placeIdentifiers } from '../place-identifiers.ts';
import { type PaperRow, withIdentifiers } from '../present.ts';
import type { PaperPatch } from '../schemas.ts';
import type { Candidate } from './candidate.ts';
import { type Decision, type Planned, sortOut } from './sort-out.ts';

type Import = { id: string; isDryRun: boolean };
type Settled = { decision: Decision; filled: string[] };

/**
 * Makes papers of the candidates, fills gaps of those that are known, and sets down what became of each, all in
 * one transaction that also counts them: a record is done exactly once, or not at all.
 */
export function importBatch(
  ctx: Context,
  { id, isDryRun }: Import,
  candidates: readonly Candidate[],
  planned: Planned,
): Promise<Planned> {
  return inTransaction(ctx, async (ctx) => {
    const { decisions, own } = await sortOut(ctx, candidates, planned);
    if (!isDryRun) await createPapers(ctx, id, decisions);
    const settled = await fillMatched(ctx, decisions, isDryRun);
    await report(ctx, id, settled);
    return own;
  });
}

async function createPapers(ctx: Context, importId: string, decisions: readonly Decision[]): Promise<void> {
  const created = decisions.filter((decision) => decision.outcome === 'created');
  await insertRows(
    ctx.db,
    'papers',
    created.map(({ paperId: id, input, isIncomplete: incomplete }) => ({
      ...EMPTY_COLUMNS,
      ...paperColumns(input),
      ...{ id, title: input.title, incomplete },
      completeAt: incomplete && canBeLookedUp(input) ? ctx.now : null,
      createdAt: ctx.now,
      updatedAt: ctx.now,
    })),
  );
  await insertRows(
    ctx.db,
    'paper_identifiers',
    created.flatMap(({ paperId, input }) =>
      identifierRows(placeIdentifiers(input, []) ?? []).map((row) => ({ ...row, paperId })),
    ),
  );
  await recordEvents(
    ctx,
    created.map(({ paperId: id, input: { title } }) => ({
      type: 'paper.created',
      subject: { kind: 'paper', id },
      details: { title, importId },
    })),
  );
}

function canBeLookedUp(input: PaperPatch): boolean {
  return (placeIdentifiers(input, []) ?? []).some(({ scheme }) => scheme === 'arxiv' || scheme === 'doi');
}

/** One after the other, so that a gap is filled once. */
async function fillMatched(
  ctx: Context,
  decisions: readonly Decision[],
  isDryRun: boolean,
): Promise<Settled[]> {
  const papers = await lockMatched(ctx, decisions);
  const settled: Settled[] = [];
  for (const decision of decisions) {
    const paper = decision.outcome === 'matched' ? papers.get(decision.paperId) : undefined;
    const patch = paper && decision.outcome === 'matched' ? fillGaps(paper, decision.input) : {};
    const filled = Object.keys(patch);
    settled.push({ decision, filled });
    if (!paper || filled.length === 0 || isDryRun) continue;
    papers.set(paper.id, await updatePaper(ctx, paper.id, patch, '*'));
  }
  return settled;
}

/** In one order, as everybody locks papers. */
async function lockMatched(ctx: Context, decisions: readonly Decision[]): Promise<Map<string, PaperRow>> {
  const ids = [...new Set(decisions.flatMap((one) => (one.outcome === 'matched' ? one.paperId : [])))];
  if (ids.length === 0) return new Map();
  await ctx.db.$queryRaw`SELECT 1 FROM papers WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
  const rows = await ctx.db.paper.findMany({ where: { id: { in: ids } }, include: withIdentifiers });
  return new Map(rows.map((row) => [row.id, row]));
}

async function report(ctx: Context, importId: string, settled: readonly Settled[]): Promise<void> {
  const count = (outcome: Decision['outcome']) =>
    settled.filter(({ decision }) => decision.outcome === outcome).length;
  const { count: counted } = await ctx.db.paperImport.updateMany({
    where: { id: importId, finishedAt: null },
    data: {
      done: { increment: settled.length },
      created: { increment: count('created') },
      matched: { increment: count('matched') },
      refused: { increment: count('refused') },
      leasedUntil: new Date(ctx.now.getTime() + LEASE),
    },
  });
  if (counted === 0) throw new DomainError('conflict', 'import_over', 'The import is over.');
  await insertRows(
    ctx.db,
    'paper_import_records',
    settled.map((one) => toRecord(importId, one)),
  );
}

/** Milliseconds for which an import is left to whoever works on it; renewed with each batch. */
export const LEASE = 120_000;

function toRecord(importId: string, { decision, filled }: Settled) {
  const { candidate, outcome } = decision;
  const { position, line, key, ignored } = candidate;
  const title = 'input' in candidate ? candidate.input.title : candidate.title;
  return {
    ...{ importId, position, line, key, ignored, outcome, filled },
    title: title?.slice(0, 1_000) ?? null,
    paperId: outcome === 'refused' ? null : decision.paperId,
    faults: outcome === 'refused' ? decision.faults.map((fault) => ({ ...fault })) : [],
  };
}
