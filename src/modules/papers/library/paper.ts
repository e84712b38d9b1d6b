import { type Context, inTransaction } from '../../../context.ts';
import { DomainError, notFound } from '../../../errors.ts';
import { type ById, newestFirst, type Page, toPage } from '../../../lib/page.ts';
import { definedFields } from '../../../lib/patch.ts';
import { type IfMatch, requireRevision, withRowLocked } from '../../../lib/revision.ts';
import { type Identifier, keyOf } from '../identifiers/identifier.ts';
import { paperColumns } from '../record/paper-columns.ts';
import { type PaperRow, presentPaperFields, withIdentifiers } from '../record/present.ts';
import type { PaperInput, PaperPatch } from '../record/schemas.ts';
import type { PaperStatus } from '../record/status-schemas.ts';
import { canBeLookedUp } from './awaits-metadata.ts';
import { placeIdentifiers } from './place-identifiers.ts';
import { recordPaper } from './record-paper.ts';
import { requireFree } from './require-free.ts';
import { tellReadersOfStatus } from './tell-readers.ts';

/** The library is shared by all newsletters: every key sees all of it. */

export function createPaper(ctx: Context, input: PaperInput): Promise<PaperRow> {
  return inTransaction(ctx, async (ctx) => {
    const identifiers = placeIdentifiers(input, []) ?? [];
    await requireFree(ctx, identifiers, null);
    const paper = await ctx.db.paper.create({
      data: {
        ...paperColumns(input),
        title: input.title,
        identifiers: { create: identifierRows(identifiers) },
        createdAt: ctx.now,
        updatedAt: ctx.now,
      },
      include: withIdentifiers,
    });
    await recordPaper(ctx, 'paper.created', paper);
    return paper;
  });
}

export type PaperFilter = {
  identifier?: Identifier | undefined;
  status?: PaperStatus | undefined;
  incomplete?: boolean | undefined;
};

/** Newest first. */
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

/** Id of the paper that has it, by one look into its index. */
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

function mergedInto(id: string): DomainError {
  return new DomainError('not_found', 'paper_merged', `The paper was merged into ${id}.`, { mergedInto: id });
}

export function updatePaper(
  ctx: Context,
  id: string,
  patch: PaperPatch,
  ifMatch: IfMatch,
): Promise<PaperRow> {
  return withRowLocked(ctx, 'papers', id, async (ctx) => {
    const before = await getPaper(ctx, id);
    requireRevision(ifMatch, before.revision);
    const identifiers = await replaceIdentifiers(ctx, before, patch);
    const paper = await ctx.db.paper.update({
      where: { id },
      data: {
        ...paperColumns(patch, presentPaperFields(before)),
        ...(identifiers ? dueWith(ctx, before, patch, identifiers) : {}),
        ...{ revision: { increment: 1 }, updatedAt: ctx.now },
      },
      include: withIdentifiers,
    });
    await recordPaper(ctx, 'paper.updated', paper, { fields: Object.keys(definedFields(patch)) });
    await tellReadersOfStatus(ctx, [{ before, after: paper }]);
    return paper;
  });
}

/** What is incomplete is looked up by the identifiers that it has from now on. */
function dueWith(
  ctx: Context,
  { incomplete }: PaperRow,
  patch: PaperPatch,
  identifiers: readonly Identifier[],
): { completeAt?: Date; completeTries?: number } {
  const isStill = incomplete && patch.incomplete !== false;
  return isStill && canBeLookedUp(identifiers) ? { completeAt: ctx.now, completeTries: 0 } : {};
}

/** Null: they stay. */
async function replaceIdentifiers(
  ctx: Context,
  paper: PaperRow,
  patch: PaperPatch,
): Promise<Identifier[] | null> {
  const identifiers = placeIdentifiers(patch, paper.identifiers);
  if (identifiers === null) return null;
  const present = new Set(paper.identifiers.map(keyOf));
  const fresh = identifiers.filter((one) => !present.has(keyOf(one)));
  await requireFree(ctx, fresh, paper.id);
  await ctx.db.paperIdentifier.deleteMany({ where: { paperId: paper.id } });
  await ctx.db.paperIdentifier.createMany({
    data: identifierRows(identifiers).map((row) => ({ ...row, paperId: paper.id })),
  });
  return identifiers;
}

export function identifierRows(identifiers: readonly Identifier[]) {
  return identifiers.map(({ scheme, value, version }, position) => ({ scheme, value, version, position }));
}

/** `requireUnused` refuses while an issue features the paper. */
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
    await recordPaper(ctx, 'paper.deleted', paper);
  });
}
