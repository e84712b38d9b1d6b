import type { Context } from '../../context.ts';
import type { Prisma } from '../../database/generated/client.ts';
import { notFound } from '../../errors.ts';
import { type Page, toPage } from '../../lib/page.ts';
import { findIssue } from '../issues/tree/load-issue.ts';
import { visibleNewsletters } from '../newsletters/visibility.ts';

const entry = {
  id: true,
  issueId: true,
  version: true,
  hash: true,
  publishedAt: true,
  publication: { select: { issueId: true } },
} as const satisfies Prisma.EditionSelect;

export type EditionEntry = Prisma.EditionGetPayload<{ select: typeof entry }>;
export type WholeEdition = EditionEntry & { document: string };

/** The newest version first. */
export async function listEditions(
  ctx: Context,
  issueId: string,
  { limit, after }: { limit: number; after: number | undefined },
): Promise<Page<EditionEntry, number>> {
  await findIssue(ctx, issueId);
  const rows = await ctx.db.edition.findMany({
    where: { issueId, ...(after === undefined ? {} : { version: { lt: after } }) },
    orderBy: { version: 'desc' },
    take: limit + 1,
    select: entry,
  });
  return toPage(rows, limit, (row) => row.version);
}

export async function getEdition(ctx: Context, id: string): Promise<WholeEdition> {
  const edition = await ctx.db.edition.findFirst({
    where: { id, issue: { newsletter: visibleNewsletters(ctx.actor) } },
    select: { ...entry, document: true },
  });
  if (!edition) throw notFound('edition');
  return edition;
}
