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
import { requireAllIssuesLocked } from './require-all-issues-locked.ts';

/**
 * Merges duplicates into a paper. The paper gets their identifiers and their uses, and its gaps are filled from them. The
 * duplicates are deleted, and their ids redirect to the paper.
 */
export function mergePapers(
  ctx: Context,
  id: string,
  duplicateIds: readonly string[],
  ifMatch: IfMatch,
): Promise<PaperRow> {
  return inTransaction(ctx, async (ctx) => {
    // Issues are locked before papers, as in publishing, which avoids deadlocks.
    const locked = await lockIssuesWithPapers(ctx, duplicateIds);
    await lockPapersForUpdate(ctx, [id, ...duplicateIds]);
    const paper = await getPaper(ctx, id);
    requireRevision(ifMatch, paper.revision);
    const duplicates = await requireDuplicates(ctx, id, duplicateIds);
    await requireAllIssuesLocked(ctx, duplicateIds, locked);
    requireRoom([paper, ...duplicates]);
    await replacePapersInDrafts(ctx, id, duplicateIds);
    const issueIds = await replacePapers(ctx, id, duplicateIds);
    return absorbPapers(ctx, paper, duplicates, issueIds);
  });
}

/** Returns the duplicates in the order of the request, in which they fill the gaps of the paper. */
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
    const message = other === id ? 'must not be the paper itself' : 'refers to a paper that does not exist';
    return byId.has(other) ? [] : [{ pointer: toPointer(['paperIds', at]), code: 'unknown_paper', message }];
  });
  if (faults.length > 0) throw unknownReference(faults);
  return duplicateIds.flatMap((other) => byId.get(other) ?? []);
}

/** Refuses a merge that exceeds a limit, because it would lose data of a duplicate. */
function requireRoom(papers: readonly PaperRow[]): void {
  const all = papers.map(presentPaperFields);
  const urls = new Set(all.flatMap(({ links }) => links.map(({ url }) => url)));
  requireAtMost(MAX_IDENTIFIERS, 'identifiers', all.flatMap(({ identifiers }) => identifiers).length);
  requireAtMost(MAX_LINKS, 'links', urls.size);
  requireAtMost(MAX_RESULTS, 'results', all.flatMap(({ results }) => results).length);
}

function requireAtMost(max: number, noun: 'identifiers' | 'links' | 'results', total: number): void {
  if (total <= max) return;
  const message = `The merged paper would have ${total} ${noun}; the limit is ${max}. Remove some of them first.`;
  throw new DomainError('invalid', `too_many_${noun}`, message, { total, most: max });
}
