import type { Context } from '../../context.ts';
import { countPaperItems } from '../issues/uses/paper-uses.ts';
import { requireNoIssues } from '../issues/uses/require-no-issues.ts';
import { countPaperUses } from '../publications/published-papers.ts';

/** Throws if an issue features the paper, in its draft or in its published edition. */
export async function requirePaperUnused(ctx: Context, paperId: string): Promise<void> {
  // Counting uses indexes. Finding the issues for the message reads every issue, so it runs only for a refusal.
  const uses = (await countPaperItems(ctx, paperId)) + (await countPaperUses(ctx, paperId));
  if (uses === 0) return;
  const usedBy = {
    OR: [
      { sections: { some: { items: { some: { paperId } } } } },
      { publication: { papers: { some: { paperId } } } },
    ],
  };
  await requireNoIssues(ctx, usedBy, 'Issues that feature this paper, in a draft or a published edition');
}

/** Throws if an issue names the person as an author. */
export function requirePersonUnused(ctx: Context, personId: string): Promise<void> {
  return requireNoIssues(ctx, { authors: { some: { personId } } }, 'Issues with this person as an author');
}
