import type { Context } from '../../context.ts';
import { DomainError } from '../../errors.ts';
import { findIssuesWithPapers } from '../issues/uses/paper-uses.ts';

/** Throws if an issue began to use one of the papers after the issues were locked and before the papers were locked. */
export async function requireSameIssues(
  ctx: Context,
  paperIds: readonly string[],
  locked: ReadonlySet<string>,
): Promise<void> {
  const ids = await findIssuesWithPapers(ctx, paperIds);
  if (ids.every((id) => locked.has(id))) return;
  throw new DomainError(
    'conflict',
    'changed_meanwhile',
    'An issue began to use one of the papers at the same time; repeat the request.',
  );
}
