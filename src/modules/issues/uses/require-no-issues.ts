import type { Context } from '../../../context.ts';
import type { Prisma } from '../../../database/generated/client.ts';
import { DomainError } from '../../../errors.ts';
import { visibleNewsletters } from '../../newsletters/visibility.ts';

/** Uses that a refusal names at most. */
const USES_NAMED = 20;

/** Refuses while there are issues that use a record: counts all, and names those that the actor may see. */
export async function requireNoIssues(
  ctx: Context,
  usedBy: Prisma.IssueWhereInput,
  what: string,
): Promise<void> {
  const total = await ctx.db.issue.count({ where: usedBy });
  if (total === 0) return;
  const issues = await ctx.db.issue.findMany({
    where: { AND: [usedBy, { newsletter: visibleNewsletters(ctx.actor) }] },
    select: { id: true, title: true, number: true, newsletterId: true },
    orderBy: { id: 'desc' },
    take: USES_NAMED,
  });
  const uses = issues.map((issue) => ({ kind: 'issue', ...issue }));
  throw new DomainError('conflict', 'in_use', `${what}: ${total}.`, { uses, total });
}
