import type { Context } from '../../../context.ts';
import { insertRows } from '../../../lib/insert-rows.ts';
import { recordEvents } from '../../events/record-event.ts';
import { keyOf } from '../identifiers/identifier.ts';
import { fillGaps } from '../library/fill-gaps.ts';
import { placeIdentifiers } from '../library/place-identifiers.ts';
import { tellReadersOfStatus } from '../library/tell-readers.ts';
import { paperColumns } from '../record/paper-columns.ts';
import { type PaperRow, presentPaperFields, withIdentifiers } from '../record/present.ts';
import type { PaperPatch } from '../record/schemas.ts';
import type { Decision } from './matching/sort-out.ts';

export type Matched = Extract<Decision, { outcome: 'matched' }>;
/** Names of the fields that a decision filled. */
export type FilledFields = Map<Decision, string[]>;

/**
 * Those whose papers lack something, or are still to be made by this batch; these papers are held, in one order, as
 * everybody locks papers. Most lack nothing and are left alone.
 */
export async function lockWanting(ctx: Context, matched: readonly Matched[]): Promise<Matched[]> {
  const papers = await loadPapers(ctx, matched);
  const wanting = matched.filter(({ paperId, input, isIncomplete }) => {
    const paper = papers.get(paperId);
    return !paper || Object.keys(fillGaps(paper, input, isIncomplete)).length > 0;
  });
  const ids = wanting.map(({ paperId }) => paperId);
  if (ids.length > 0)
    await ctx.db.$queryRaw`SELECT 1 FROM papers WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
  return wanting;
}

/** Fills what the matched papers lack, one after the other so that a gap is filled once. `lockWanting` came before. */
export async function fillPapers(
  ctx: Context,
  matched: readonly Matched[],
  isDryRun: boolean,
): Promise<FilledFields> {
  const before = await loadPapers(ctx, matched);
  const papers = new Map(before);
  const filled: FilledFields = new Map();
  for (const decision of matched) {
    const paper = papers.get(decision.paperId);
    if (!paper) continue;
    const patch = fillGaps(paper, decision.input, decision.isIncomplete);
    filled.set(decision, Object.keys(patch));
    if (Object.keys(patch).length > 0 && !isDryRun) papers.set(paper.id, await fill(ctx, paper, patch));
  }
  await tell(ctx, before, papers);
  return filled;
}

async function loadPapers(ctx: Context, matched: readonly Matched[]): Promise<Map<string, PaperRow>> {
  const ids = [...new Set(matched.map(({ paperId }) => paperId))];
  const rows = await ctx.db.paper.findMany({ where: { id: { in: ids } }, include: withIdentifiers });
  return new Map(rows.map((row) => [row.id, row]));
}

async function fill(ctx: Context, paper: PaperRow, patch: PaperPatch): Promise<PaperRow> {
  await addIdentifiers(ctx, paper, patch);
  return ctx.db.paper.update({
    where: { id: paper.id },
    data: {
      ...paperColumns(patch, presentPaperFields(paper)),
      revision: { increment: 1 },
      updatedAt: ctx.now,
    },
    include: withIdentifiers,
  });
}

async function addIdentifiers(ctx: Context, paper: PaperRow, patch: PaperPatch): Promise<void> {
  const known = new Set(paper.identifiers.map(keyOf));
  const all = placeIdentifiers(patch, []) ?? [];
  const rows = all.flatMap(({ scheme, value, version }, position) =>
    known.has(keyOf({ scheme, value })) ? [] : [{ scheme, value, version, position, paperId: paper.id }],
  );
  await insertRows(ctx.db, 'paper_identifiers', rows);
}

async function tell(
  ctx: Context,
  before: ReadonlyMap<string, PaperRow>,
  after: ReadonlyMap<string, PaperRow>,
): Promise<void> {
  const changed = [...before.values()].flatMap((paper) => {
    const now = after.get(paper.id);
    return now && now.revision !== paper.revision ? [{ before: paper, after: now }] : [];
  });
  await recordEvents(
    ctx,
    changed.map(({ before, after: { id, title, ...now } }) => ({
      type: 'paper.updated',
      subject: { kind: 'paper', id },
      details: { title, fields: fieldsThatDiffer(before, { id, title, ...now }) },
    })),
  );
  await tellReadersOfStatus(ctx, changed);
}

function fieldsThatDiffer(before: PaperRow, after: PaperRow): string[] {
  const [old, now] = [before, after].map((row) => Object.entries(presentPaperFields(row)));
  const known = new Map(old?.map(([name, value]) => [name, JSON.stringify(value)]));
  return (now ?? [])
    .filter(([name, value]) => known.get(name) !== JSON.stringify(value))
    .map(([name]) => name);
}
