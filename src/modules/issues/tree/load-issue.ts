import type { Context } from '../../../context.ts';
import type { Issue, Prisma } from '../../../database/generated/client.ts';
import { notFound } from '../../../errors.ts';
import { visibleNewsletters } from '../../newsletters/visibility.ts';
import { withIdentifiers } from '../../papers/record/present.ts';

/** An issue with its tree in order, and the people, papers and media files that the tree refers to. */
export type IssueTree = Prisma.IssueGetPayload<{ include: typeof wholeTree }>;
export type SectionTree = IssueTree['sections'][number];
export type ItemTree = SectionTree['items'][number];
export type FigureTree = ItemTree['figures'][number];

const media = { include: { file: true } } as const;
const figures = { orderBy: { position: 'asc' }, include: { media } } as const;

const publication = {
  include: { edition: { select: { id: true, version: true, revision: true, publishedAt: true } } },
} as const;

const wholeTree = {
  newsletter: true,
  authors: { orderBy: { position: 'asc' }, include: { person: { include: { avatar: media } } } },
  figures: { ...figures, where: { sectionId: null, itemId: null } },
  sections: {
    orderBy: { position: 'asc' },
    include: {
      figures: { ...figures, where: { itemId: null } },
      items: { orderBy: { position: 'asc' }, include: { paper: { include: withIdentifiers }, figures } },
    },
  },
  publication,
} as const satisfies Prisma.IssueInclude;

/** The fields that a list of issues shows. */
export const issueListing = {
  authors: { orderBy: { position: 'asc' }, select: { personId: true } },
  figures: { where: { place: 'cover' } },
  publication,
} as const satisfies Prisma.IssueInclude;

export type IssueListing = Prisma.IssueGetPayload<{ include: typeof issueListing }>;

export async function loadIssue(ctx: Context, id: string): Promise<IssueTree> {
  const issue = await ctx.db.issue.findFirst({ where: visibleIssue(ctx, id), include: wholeTree });
  if (!issue) throw notFound('issue');
  return issue;
}

/** Reads the issue's own row, without its tree. */
export async function findIssue(ctx: Context, id: string): Promise<Issue> {
  const issue = await ctx.db.issue.findFirst({ where: visibleIssue(ctx, id) });
  if (!issue) throw notFound('issue');
  return issue;
}

/** Whether the issue exists and the actor may see it. */
export async function isVisibleIssue(ctx: Context, id: string): Promise<boolean> {
  return (await ctx.db.issue.count({ where: visibleIssue(ctx, id) })) > 0;
}

/** Matches the issue if the actor may see it. */
export function visibleIssue(ctx: Context, id: string): Prisma.IssueWhereInput {
  return { id, newsletter: visibleNewsletters(ctx.actor) };
}
