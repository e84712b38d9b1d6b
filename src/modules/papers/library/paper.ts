import type { Context } from '../../../context.ts';
import { DomainError, notFound } from '../../../errors.ts';
import { type ById, newestFirst, type Page, toPage } from '../../../lib/page.ts';
import { type IfMatch, requireRevision, withRowLocked } from '../../../lib/revision.ts';
import type { Identifier } from '../identifiers/identifier.ts';
import { type PaperRow, withIdentifiers } from '../record/present.ts';
import type { PaperStatus } from '../record/status-schemas.ts';
import { recordPaperEvents } from './record-paper-events.ts';

/** Papers belong to no newsletter, so every actor sees all of them. */

export type PaperFilter = {
  identifier?: Identifier | undefined;
  status?: PaperStatus | undefined;
  incomplete?: boolean | undefined;
};

/** Lists papers, newest first. */
export async function listPapers(
  ctx: Context,
  { limit, after, identifier, ...filter }: ById & PaperFilter,
): Promise<Page<PaperRow, string>> {
  const { where, ...order } = newestFirst({ limit, after });
  const { status, incomplete } = filter;
  const rows = await ctx.db.paper.findMany({
    where: {
      AND: [
        where ?? {},
        identifier ? { id: (await findPaperId(ctx, identifier)) ?? { in: [] } } : {},
        status === undefined ? {} : { status },
        incomplete === undefined ? {} : { incomplete },
      ],
    },
    include: withIdentifiers,
    ...order,
  });
  return toPage(rows, limit, (row) => row.id);
}

/** Returns the id of the paper that has the identifier. */
export async function findPaperId(
  ctx: Context,
  { scheme, value }: Pick<Identifier, 'scheme' | 'value'>,
): Promise<string | null> {
  const found = await ctx.db.paperIdentifier.findUnique({ where: { scheme_value: { scheme, value } } });
  return found?.paperId ?? null;
}

export async function getPaper(ctx: Context, id: string): Promise<PaperRow> {
  const paper = await ctx.db.paper.findUnique({ where: { id }, include: withIdentifiers });
  if (paper) return paper;
  const merged = await ctx.db.mergedPaper.findUnique({ where: { id } });
  throw merged ? mergedInto(merged.paperId) : notFound('paper');
}

/** Returns the papers that exist, in the order of their ids. */
export async function findPapers(ctx: Context, ids: readonly string[]): Promise<PaperRow[]> {
  if (ids.length === 0) return [];
  return ctx.db.paper.findMany({
    where: { id: { in: [...ids] } },
    include: withIdentifiers,
    orderBy: { id: 'asc' },
  });
}

function mergedInto(id: string): DomainError {
  return new DomainError(
    'not_found',
    'paper_merged',
    `The paper was merged into ${id}; use that paper instead.`,
    { mergedInto: id },
  );
}

/** `requireUnused` throws if an issue uses the paper. */
export function deletePaper(
  ctx: Context,
  id: string,
  ifMatch: IfMatch,
  requireUnused: (ctx: Context, id: string) => Promise<void>,
): Promise<void> {
  return withRowLocked(ctx, 'papers', id, async (ctx) => {
    const paper = await getPaper(ctx, id);
    requireRevision(ifMatch, paper.revision);
    await requireUnused(ctx, id);
    await ctx.db.paper.delete({ where: { id } });
    await recordPaperEvents(ctx, 'paper.deleted', [{ paper }]);
  });
}
