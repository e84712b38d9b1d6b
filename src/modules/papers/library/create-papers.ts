import { randomUUIDv7 } from 'node:crypto';
import { type Context, inTransaction } from '../../../context.ts';
import type { Prisma } from '../../../database/generated/client.ts';
import { insertRows } from '../../../lib/insert-rows.ts';
import { EMPTY_COLUMNS, identifierRows, type PaperChanges, paperColumns } from '../record/paper-columns.ts';
import type { PaperRow } from '../record/present.ts';
import type { PaperInput } from '../record/schemas.ts';
import { lookUpColumns } from './look-up-columns.ts';
import { getPaper } from './paper.ts';
import { recordPaperEvents } from './record-paper-events.ts';
import { requireFreeIdentifiers } from './require-free-identifiers.ts';
import { resolvePatch } from './resolve-identifiers.ts';

export function createPaper(ctx: Context, input: PaperInput): Promise<PaperRow> {
  return inTransaction(ctx, async (ctx) => {
    const id = randomUUIDv7();
    const fields = resolvePatch(input, []);
    await requireFreeIdentifiers(ctx, fields.identifiers ?? [], null);
    await createPapers(ctx, [{ id, fields }]);
    return getPaper(ctx, id);
  });
}

/** `isIncomplete` means that only an identifier is known, unless `fields` set `incomplete` to false. */
export type NewPaper = { id: string; fields: PaperChanges & { title: string }; isIncomplete?: boolean };

/**
 * Creates papers in the transaction of the caller, with one statement per table. An identifier of another paper causes a
 * primary key violation. `details` are added to the event of each paper.
 */
export async function createPapers(
  ctx: Context,
  papers: readonly NewPaper[],
  details: Prisma.InputJsonObject = {},
): Promise<void> {
  await insertRows(
    ctx.db,
    'papers',
    papers.map((paper) => toRow(ctx, paper)),
  );
  await insertRows(
    ctx.db,
    'paper_identifiers',
    papers.flatMap(({ id, fields }) => identifierRows(id, fields.identifiers ?? [])),
  );
  await recordPaperEvents(
    ctx,
    'paper.created',
    papers.map(({ id, fields: { title } }) => ({ paper: { id, title }, details })),
  );
}

function toRow(ctx: Context, { id, fields, isIncomplete = false }: NewPaper) {
  const { title, identifiers = [] } = fields;
  const incomplete = isIncomplete && fields.incomplete !== false;
  return {
    ...EMPTY_COLUMNS,
    ...paperColumns(fields),
    ...lookUpColumns(ctx, { incomplete, identifiers }),
    id,
    title,
    incomplete,
    createdAt: ctx.now,
    updatedAt: ctx.now,
  };
}
