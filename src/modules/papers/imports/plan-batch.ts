import type { Context } from '../../../context.ts';
import type { PaperChange } from '../library/change-paper.ts';
import type { NewPaper } from '../library/create-papers.ts';
import { type FillablePaper, fillGaps, fillGapsFrom, withChanges } from '../library/fill-gaps.ts';
import { lockPapersForChange } from '../library/lock-papers.ts';
import { findPapers } from '../library/paper.ts';
import { resolvePatch } from '../library/resolve-identifiers.ts';
import { EMPTY_COLUMNS, type PaperChanges } from '../record/paper-columns.ts';
import type { PaperRow } from '../record/present.ts';
import type { Decision } from './matching/decide-candidates.ts';

type CreatedDecision = Extract<Decision, { outcome: 'created' }>;
type MatchedDecision = Extract<Decision, { outcome: 'matched' }>;

/** The names of the fields that each decision fills */
export type FilledFields = Map<Decision, string[]>;

/** The papers that a batch writes, each once, even if several records describe it */
export type BatchPlan = { created: NewPaper[]; changed: PaperChange[]; filled: FilledFields };

/** Plans the writes of a batch, and locks the papers that it changes, unless it is a dry run. */
export async function planBatch(
  ctx: Context,
  decisions: readonly Decision[],
  isDryRun: boolean,
): Promise<BatchPlan> {
  const filled: FilledFields = new Map();
  const matches = Map.groupBy(
    decisions.filter((decision) => decision.outcome === 'matched'),
    ({ paperId }) => paperId,
  );
  const created = decisions
    .filter((decision) => decision.outcome === 'created')
    .map((decision) => planCreation(decision, matches.get(decision.paperId) ?? [], filled));
  // The remaining papers exist already.
  for (const { id } of created) matches.delete(id);
  const papers = await readPapersToFill(ctx, matches, isDryRun);
  const changed = papers.map((before) => {
    return { before, changes: planChanges(before, matches.get(before.id) ?? [], filled) };
  });
  return { created, changed: changed.filter(({ changes }) => !isEmpty(changes)), filled };
}

function planCreation(
  { paperId, input, isIncomplete }: CreatedDecision,
  matches: readonly MatchedDecision[],
  filled: FilledFields,
): NewPaper {
  const fields = resolvePatch(input, []);
  if (matches.length === 0) return { id: paperId, fields, isIncomplete };
  const empty = { ...EMPTY_COLUMNS, title: input.title, identifiers: [], incomplete: isIncomplete };
  const changes = planChanges(withChanges(empty, fields), matches, filled);
  const { title = input.title } = changes;
  return { id: paperId, fields: { ...fields, ...changes, title }, isIncomplete };
}

function planChanges(
  paper: FillablePaper,
  matches: readonly MatchedDecision[],
  filled: FilledFields,
): PaperChanges {
  const { changes, added } = fillGapsFrom(paper, matches);
  for (const [decision, fields] of added) filled.set(decision, Object.keys(fields));
  return changes;
}

/** Most matched papers have no gaps to fill; those are neither locked nor read again. */
async function readPapersToFill(
  ctx: Context,
  matches: ReadonlyMap<string, readonly MatchedDecision[]>,
  isDryRun: boolean,
): Promise<PaperRow[]> {
  const known = await findPapers(ctx, [...matches.keys()]);
  const lacking = known.filter((paper) => {
    return matches.get(paper.id)?.some((decision) => !isEmpty(fillGaps(paper, decision)));
  });
  return isDryRun
    ? lacking
    : lockPapersForChange(
        ctx,
        lacking.map(({ id }) => id),
      );
}

function isEmpty(changes: PaperChanges): boolean {
  return Object.keys(changes).length === 0;
}
