import { type Context, inTransaction } from '../../context.ts';
import { DomainError, type Fault, toPointer, unknownReference } from '../../errors.ts';
import { type IfMatch, requireRevision } from '../../lib/revision.ts';
import { lockIssuesWithPapers, replacePapersInDrafts } from '../issues/uses/paper-uses.ts';
import { MAX_IDENTIFIERS } from '../papers/identifiers/identifier-schemas.ts';
import { absorbPapers } from '../papers/library/absorb-papers.ts';
import { lockPapersForUpdate } from '../papers/library/lock-papers.ts';
import { findPapers, getPaper } from '../papers/library/paper.ts';
import { type PaperRow, presentPaperFields } from '../papers/record/present.ts';
import { MAX_LINKS, MAX_RESULTS } from '../papers/record/schemas.ts';
import { replacePapers } from '../publications/published-papers.ts';
import { requireSameIssues } from './locks.ts';

/**
 * Merges duplicates into a paper: it takes over their identifiers, their uses and what they know beyond it. They are
 * deleted, and their ids redirect to it.
 */
export function mergePapers(
  ctx: Context,
  id: string,
  duplicateIds: readonly string[],
  ifMatch: IfMatch,
): Promise<PaperRow> {
  return inTransaction(ctx, async (ctx) => {
    // Issues before papers, in the order in which publishing locks them, so that neither deadlocks the other.
    const locked = await lockIssuesWithPapers(ctx, duplicateIds);
    await lockPapersForUpdate(ctx, [id, ...duplicateIds]);
    const paper = await getPaper(ctx, id);
    requireRevision(ifMatch, paper.revision);
    const duplicates = await requireDuplicates(ctx, id, duplicateIds);
    await requireSameIssues(ctx, duplicateIds, locked);
    requireRoom([paper, ...duplicates]);
    await replacePapersInDrafts(ctx, id, duplicateIds);
    const issueIds = await replacePapers(ctx, id, duplicateIds);
    return absorbPapers(ctx, paper, duplicates, issueIds);
  });
}

/** In the order of their ids in the request: the first that has a value fills a gap. */
async function requireDuplicates(
  ctx: Context,
  id: string,
  duplicateIds: readonly string[],
): Promise<PaperRow[]> {
  const found = await findPapers(
    ctx,
    duplicateIds.filter((other) => other !== id),
  );
  const byId = new Map(found.map((paper) => [paper.id, paper]));
  const faults = duplicateIds.flatMap((other, at): Fault[] => {
    const message = other === id ? 'a paper cannot be merged into itself' : 'there is no such paper';
    return byId.has(other) ? [] : [{ pointer: toPointer(['paperIds', at]), code: 'unknown_paper', message }];
  });
  if (faults.length > 0) throw unknownReference(faults);
  return duplicateIds.flatMap((other) => byId.get(other) ?? []);
}

/** Refuses a merge that would exceed a limit, since it would have to drop what a duplicate knows. */
function requireRoom(papers: readonly PaperRow[]): void {
  const all = papers.map(presentPaperFields);
  const urls = new Set(all.flatMap(({ links }) => links.map(({ url }) => url)));
  requireAtMost(MAX_IDENTIFIERS, 'identifiers', all.flatMap(({ identifiers }) => identifiers).length);
  requireAtMost(MAX_LINKS, 'links', urls.size);
  requireAtMost(MAX_RESULTS, 'results', all.flatMap(({ results }) => results).length);
}

function requireAtMost(most: number, noun: 'identifiers' | 'links' | 'results', total: number): void {
  if (total <= most) return;
  const message = `Together they have ${total} ${noun}; a paper may have ${most}.`;
  throw new DomainError('invalid', `too_many_${noun}`, message, { total, most });
}
