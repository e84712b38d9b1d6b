import type { Context } from '../../context.ts';
import { DomainError } from '../../errors.ts';
import { findIssuesWithPapers } from '../issues/uses/paper-uses.ts';

/** Refuses if a draft or an edition began to use one of the papers between the lock on issues and that on papers. */
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
    'Another change came between; read again and repeat.',
  );
}
