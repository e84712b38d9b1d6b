import type { Context } from '../../context.ts';
import type { IssueAddress } from './edition/edition-content.ts';

/** Addresses of other published issues of the newsletter that have the same number or slug. */
export function findTakenAddresses(
  ctx: Context,
  { id, newsletterId, number, slug }: IssueAddress & { id: string; newsletterId: string },
): Promise<IssueAddress[]> {
  return ctx.db.publication.findMany({
    where: { newsletterId, issueId: { not: id }, OR: [{ number }, { slug }] },
    select: { number: true, slug: true },
  });
}

/** The highest number among the published issues of the newsletter; 0 if none is published. */
export async function findHighestNumber(ctx: Context, newsletterId: string): Promise<number> {
  const highest = await ctx.db.publication.findFirst({
    where: { newsletterId },
    orderBy: { number: 'desc' },
    select: { number: true },
  });
  return highest?.number ?? 0;
}
