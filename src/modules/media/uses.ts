import type { Context } from '../../context.ts';
import type { Prisma } from '../../database/generated/client.ts';
import { visibleNewsletters } from '../newsletters/visibility.ts';

type IssueNamed = { id: string; number: number; title: string; newsletterId: string };

/** Where a media stands. An `edition` is the live one of an issue: what readers see. */
type Use =
  | ({ kind: 'issue'; item: { id: string; title: string } | null } & IssueNamed)
  | ({ kind: 'edition' } & IssueNamed)
  | { kind: 'person'; id: string; name: string };

/** Uses that are named at most. */
const USES_NAMED = 20;

/** Counts all uses, and names those that the actor may see. */
export async function findUses(ctx: Context, mediaId: string): Promise<{ uses: Use[]; total: number }> {
  const where = { mediaId };
  const total =
    (await ctx.db.figure.count({ where })) +
    (await ctx.db.publishedMedia.count({ where })) +
    (await ctx.db.person.count({ where: { avatarId: mediaId } }));
  if (total === 0) return { uses: [], total };
  const uses = [
    ...(await findInIssues(ctx, mediaId)),
    ...(await findInEditions(ctx, mediaId)),
    ...(await findAvatars(ctx, mediaId)),
  ];
  return { uses: uses.slice(0, USES_NAMED), total };
}

/** Figures of scheduled issues that show the media with its own alt text. */
export async function findScheduledUses(
  ctx: Context,
  mediaId: string,
): Promise<{ uses: Use[]; total: number }> {
  const where = { alt: null, issue: { status: 'scheduled' } } as const;
  const total = await ctx.db.figure.count({ where: { mediaId, ...where } });
  return { uses: total === 0 ? [] : await findInIssues(ctx, mediaId, where), total };
}

async function findInIssues(
  ctx: Context,
  mediaId: string,
  where: Prisma.FigureWhereInput = {},
): Promise<Use[]> {
  const figures = await ctx.db.figure.findMany({
    where: { AND: [{ mediaId, issue: { newsletter: visibleNewsletters(ctx.actor) } }, where] },
    select: {
      issue: { select: { id: true, number: true, title: true, newsletterId: true } },
      item: { select: { id: true, title: true } },
    },
    orderBy: [{ issueId: 'desc' }, { id: 'asc' }],
    take: USES_NAMED,
  });
  return figures.map(({ issue, item }) => ({ kind: 'issue', ...issue, item }));
}

/** By the number and title under which readers know it, which the draft may have left behind. */
async function findInEditions(ctx: Context, mediaId: string): Promise<Use[]> {
  const published = await ctx.db.publishedMedia.findMany({
    where: { mediaId, publication: { newsletter: visibleNewsletters(ctx.actor) } },
    select: { publication: { select: { issueId: true, number: true, title: true, newsletterId: true } } },
    orderBy: { issueId: 'desc' },
    take: USES_NAMED,
  });
  return published.map(({ publication: { issueId, ...named } }) => ({
    kind: 'edition',
    id: issueId,
    ...named,
  }));
}

async function findAvatars(ctx: Context, mediaId: string): Promise<Use[]> {
  const people = await ctx.db.person.findMany({
    where: { avatarId: mediaId },
    select: { id: true, name: true },
    orderBy: { id: 'desc' },
    take: USES_NAMED,
  });
  return people.map((person) => ({ kind: 'person', ...person }));
}
