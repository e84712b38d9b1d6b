import type { Context } from '../../context.ts';
import { countPaperItems } from '../issues/uses/paper-uses.ts';
import { requireNoIssues } from '../issues/uses/require-no-issues.ts';
import { countPaperUses } from '../publications/published-papers.ts';

/** Refuses to delete a paper that an issue features, in its draft or in its published edition. */
export async function requirePaperUnused(ctx: Context, paperId: string): Promise<void> {
  // The two counts are look-ups in indexes; naming the issues reads all of them.
  const uses = (await countPaperItems(ctx, paperId)) + (await countPaperUses(ctx, paperId));
  if (uses === 0) return;
  const usedBy = {
    OR: [
      { sections: { some: { items: { some: { paperId } } } } },
      { publication: { papers: { some: { paperId } } } },
    ],
  };
  await requireNoIssues(ctx, usedBy, 'Issues with this paper, in the draft or the published edition');
}

/** Refuses to delete a person whom an issue names as an author. */
export function requirePersonUnused(ctx: Context, personId: string): Promise<void> {
  return requireNoIssues(ctx, { authors: { some: { personId } } }, 'Issues with this author');
}
