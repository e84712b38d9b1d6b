import type { Context } from '../../context.ts';
import { clearIndex } from './index/clear-index.ts';
import type { Outcome } from './put-live.ts';

/**
 * Removes a published issue from everything that readers see. Its editions are kept. The caller has locked the issue's
 * row, and passes the change to `logChanges` afterwards.
 */
export async function withdraw(
  ctx: Context,
  { issueId, newsletterId }: { issueId: string; newsletterId: string },
): Promise<Outcome> {
  const cleared = await clearIndex(ctx, [issueId]);
  // Its texts may still be waiting to become searchable.
  await ctx.db.stagedEdition.deleteMany({ where: { issueId } });
  const { edition, publishedAt, ...address } = await ctx.db.publication.delete({
    where: { issueId },
    select: {
      ...{ number: true, slug: true, publishedAt: true },
      edition: { select: { id: true, version: true } },
    },
  });
  return {
    change: {
      type: 'withdrawn',
      ...{ issueId, newsletterId, edition, address, publishedAt, at: ctx.now },
      tags: cleared.flatMap(({ tags }) => tags),
    },
    listed: {
      paperIds: cleared.flatMap(({ paperIds }) => paperIds),
      personIds: cleared.flatMap(({ personIds }) => personIds),
    },
  };
}
