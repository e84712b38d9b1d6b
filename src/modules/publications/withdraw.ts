import type { Context } from '../../context.ts';
import { clearIndex } from './index/clear-index.ts';
import type { Outcome } from './put-live.ts';

/**
 * Removes a published issue from everything that readers see. Its editions are kept. The caller has locked the issue's
 * row, and passes the change to `logChange` afterwards.
 */
export async function withdraw(
  ctx: Context,
  { issueId, newsletterId }: { issueId: string; newsletterId: string },
): Promise<Outcome> {
  const { tags, listed } = await clearIndex(ctx, issueId);
  const { edition, publishedAt, ...address } = await ctx.db.publication.delete({
    where: { issueId },
    select: {
      ...{ number: true, slug: true, publishedAt: true },
      edition: { select: { id: true, version: true } },
    },
  });
  return {
    change: { type: 'withdrawn', issueId, newsletterId, edition, address, publishedAt, tags },
    listed,
  };
}
