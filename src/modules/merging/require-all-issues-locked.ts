import type { Context } from '../../context.ts';
import { DomainError } from '../../errors.ts';
import { findIssuesWithPapers } from '../issues/uses/paper-uses.ts';

/**
 * Throws if an issue uses one of the papers but is not locked, because it began to use the paper after the issues were
 * locked and before the papers were.
 */
export async function requireAllIssuesLocked(
  ctx: Context,
  paperIds: readonly string[],
  locked: ReadonlySet<string>,
): Promise<void> {
  const ids = await findIssuesWithPapers(ctx, paperIds);
  if (ids.every((id) => locked.has(id))) return;
  throw new DomainError(
    'conflict',
    'changed_meanwhile',
    'Another request added one of the papers to an issue at the same time; repeat the request.',
  );
}
