import { type Context, inTransaction } from '../../context.ts';
import type { Paper, Prisma } from '../../database/generated/client.ts';
import { notFound } from '../../errors.ts';
import { type ById, newestFirst, type Page, toPage } from '../../page.ts';
import { definedFields } from '../../patch.ts';
import { type IfMatch, requireRevision, withRowLocked } from '../../revision.ts';
import { recordEvent } from '../events/record-event.ts';
import { requireNoIssues } from '../newsletters/require-no-issues.ts';
import type { PaperInput, PaperPatch } from './schemas.ts';

/** The library is shared by all newsletters: every key sees all of it. */

export function createPaper(ctx: Context, input: PaperInput): Promise<Paper> {
  return inTransaction(ctx, async (ctx) => {
    const paper = await ctx.db.paper.create({
      data: { ...definedFields(input), createdAt: ctx.now, updatedAt: ctx.now },
    });
    await record(ctx, 'paper.created', paper);
    return paper;
  });
}

/** Newest first. */
export async function listPapers(ctx: Context, query: ById): Promise<Page<Paper, string>> {
  const rows = await ctx.db.paper.findMany(newestFirst(query));
  return toPage(rows, query.limit, (row) => row.id);
}

export async function getPaper(ctx: Context, id: string): Promise<Paper> {
  const paper = await ctx.db.paper.findUnique({ where: { id } });
  if (!paper) throw notFound('paper');
  return paper;
}

export function updatePaper(ctx: Context, id: string, patch: PaperPatch, ifMatch: IfMatch): Promise<Paper> {
  return withRowLocked(ctx, 'papers', id, async (ctx) => {
    requireRevision(ifMatch, (await getPaper(ctx, id)).revision);
    const changes: Prisma.PaperUpdateInput = definedFields(patch);
    const paper = await ctx.db.paper.update({
      where: { id },
      data: { ...changes, revision: { increment: 1 }, updatedAt: ctx.now },
    });
    await record(ctx, 'paper.updated', paper, { fields: Object.keys(changes) });
    return paper;
  });
}

/** Refused while an issue has it: in an item, or in the edition that readers see. */
export function deletePaper(ctx: Context, id: string, ifMatch: IfMatch): Promise<void> {
  return withRowLocked(ctx, 'papers', id, async (ctx) => {
    const paper = await getPaper(ctx, id);
    requireRevision(ifMatch, paper.revision);
    await requireUnused(ctx, id);
    await ctx.db.paper.delete({ where: { id } });
    await record(ctx, 'paper.deleted', paper);
  });
}

function requireUnused(ctx: Context, id: string): Promise<void> {
  const usedBy = {
    OR: [
      { sections: { some: { items: { some: { paperId: id } } } } },
      { publication: { papers: { some: { paperId: id } } } },
    ],
  };
  return requireNoIssues(ctx, usedBy, 'Issues with this paper, in the draft or the published edition');
}

function record(
  ctx: Context,
  type: 'paper.created' | 'paper.updated' | 'paper.deleted',
  { id, title }: Paper,
  details: Prisma.InputJsonObject = {},
): Promise<void> {
  return recordEvent(ctx, { type, subject: { kind: 'paper', id }, details: { title, ...details } });
}
