import type { Context } from '../../../context.ts';
import type { Prisma } from '../../../database/generated/client.ts';
import { DomainError } from '../../../errors.ts';
import { visibleNewsletters } from '../../newsletters/visibility.ts';

const MAX_USES_LISTED = 20;

/** Throws if any issue matches `usedBy`. The error counts all of them and lists those that the actor may see. */
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
    take: MAX_USES_LISTED,
  });
  const uses = issues.map((issue) => ({ kind: 'issue', ...issue }));
  throw new DomainError('conflict', 'in_use', `${what}: ${total}.`, { uses, total });
}
