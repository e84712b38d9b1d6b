import { type Context, inTransaction } from '../../context.ts';
import { DomainError, toPointer, unknownReference } from '../../errors.ts';
import { type IfMatch, requireRevision } from '../../lib/revision.ts';
import { lockIssuesWithPapers, replacePapersInDrafts } from '../issues/uses/paper-uses.ts';
import { schemeText } from '../papers/identifiers/identifier.ts';
import { MAX_IDENTIFIERS } from '../papers/identifiers/identifier-schemas.ts';
import { canBeLookedUp } from '../papers/library/awaits-metadata.ts';
import { fillGaps } from '../papers/library/fill-gaps.ts';
import { lockPapersForUpdate } from '../papers/library/lock-papers.ts';
import { getPaper } from '../papers/library/paper.ts';
import { recordPaper } from '../papers/library/record-paper.ts';
import { tellReadersOfStatus } from '../papers/library/tell-readers.ts';
import { paperColumns } from '../papers/record/paper-columns.ts';
import { type PaperRow, presentPaperFields, withIdentifiers } from '../papers/record/present.ts';
import { MAX_LINKS, MAX_RESULTS, type PaperInput } from '../papers/record/schemas.ts';
import { replacePapers } from '../publications/papers.ts';
import { requireSameIssues } from './locks.ts';
import { moveIdentifiers } from './moves.ts';

/**
 * Makes duplicates part of the paper: it has their identifiers, their uses and what it lacked itself, and they are
 * gone. Their ids lead to it from now on.
 */
export function mergePapers(
  ctx: Context,
  id: string,
  duplicateIds: readonly string[],
  ifMatch: IfMatch,
): Promise<PaperRow> {
  return inTransaction(ctx, async (ctx) => {
    // Issues before papers, as publishing locks them: then neither waits for the other in a circle.
    const locked = await lockIssuesWithPapers(ctx, duplicateIds);
    await lockPapersForUpdate(ctx, [id, ...duplicateIds]);
    const paper = await getPaper(ctx, id);
    requireRevision(ifMatch, paper.revision);
    const duplicates = await requireDuplicates(ctx, id, duplicateIds);
    await requireSameIssues(ctx, duplicateIds, locked);
    requireRoom([paper, ...duplicates]);

    await fillFrom(ctx, paper, duplicates);
    await replacePapersInDrafts(ctx, id, duplicateIds);
    const issueIds = await replacePapers(ctx, id, duplicateIds);
    await moveIdentifiers(ctx, id, duplicateIds);
    await ctx.db.paper.deleteMany({ where: { id: { in: [...duplicateIds] } } });
    const merged = await settle(ctx, id);
    await recordMerge(ctx, merged, duplicates, issueIds);
    await tellReadersOfStatus(
      ctx,
      [paper, ...duplicates].map((before) => ({ before, after: merged })),
    );
    return merged;
  });
}

/** One that is still incomplete is looked up by the identifiers that it has now. */
async function settle(ctx: Context, id: string): Promise<PaperRow> {
  const { incomplete, identifiers } = await getPaper(ctx, id);
  const due = incomplete && canBeLookedUp(identifiers) ? { completeAt: ctx.now, completeTries: 0 } : {};
  return ctx.db.paper.update({
    where: { id },
    data: { ...due, revision: { increment: 1 }, updatedAt: ctx.now },
    include: withIdentifiers,
  });
}

async function requireDuplicates(
  ctx: Context,
  id: string,
  duplicateIds: readonly string[],
): Promise<PaperRow[]> {
  const found = await ctx.db.paper.findMany({
    where: { id: { in: duplicateIds.filter((other) => other !== id) } },
    include: withIdentifiers,
  });
  const byId = new Map(found.map((paper) => [paper.id, paper]));
  const faults = duplicateIds.flatMap((other, at) => {
    const message = other === id ? 'a paper cannot be merged into itself' : 'there is no such paper';
    return byId.has(other) ? [] : [{ pointer: toPointer(['paperIds', at]), code: 'unknown_paper', message }];
  });
  if (faults.length > 0) throw unknownReference(faults);
  return duplicateIds.flatMap((other) => byId.get(other) ?? []);
}

/** Nothing of them is left behind unsaid. */
function requireRoom(papers: readonly PaperRow[]): void {
  const all = papers.map(presentPaperFields);
  const urls = new Set(all.flatMap(({ links }) => links.map(({ url }) => url)));
  requireAtMost(MAX_IDENTIFIERS, 'identifiers', all.flatMap(({ identifiers }) => identifiers).length);
  requireAtMost(MAX_LINKS, 'links', urls.size);
  requireAtMost(MAX_RESULTS, 'results', all.flatMap(({ results }) => results).length);
}

function requireAtMost(most: number, noun: string, total: number): void {
  if (total <= most) return;
  const message = `Together they have ${total} ${noun}; a paper may have ${most}.`;
  throw new DomainError('invalid', `too_many_${noun}`, message, { total, most });
}

/** What it lacks, from the first that has it. Identifiers are moved, not copied. */
async function fillFrom(ctx: Context, paper: PaperRow, duplicates: readonly PaperRow[]): Promise<void> {
  let filled = paper;
  for (const duplicate of duplicates) {
    const gaps = fillGaps(filled, toSource(duplicate), duplicate.incomplete);
    const data = paperColumns(gaps, presentPaperFields(filled));
    filled = await ctx.db.paper.update({ where: { id: paper.id }, data, include: withIdentifiers });
  }
}

function toSource(duplicate: PaperRow): PaperInput {
  const {
    identifiers: _all,
    arxivId: _arxivId,
    doi: _doi,
    status: _status,
    ...fields
  } = presentPaperFields(duplicate);
  return fields;
}

function recordMerge(
  ctx: Context,
  paper: PaperRow,
  duplicates: readonly PaperRow[],
  issueIds: readonly string[],
): Promise<void> {
  const merged = duplicates.map(({ id, title, identifiers }) => {
    return { id, title, identifiers: identifiers.map(schemeText) };
  });
  const paperIds = duplicates.map(({ id }) => id);
  return recordPaper(ctx, 'paper.merged', paper, { merged }, { issueIds, paperIds });
}
