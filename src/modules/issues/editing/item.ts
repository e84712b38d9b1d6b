import { randomUUIDv7 } from 'node:crypto';
import type { Context } from '../../../context.ts';
import type { Item } from '../../../database/generated/client.ts';
import { type CodeOf, DomainError, type Fault, notFound } from '../../../errors.ts';
import { definedFields } from '../../../lib/patch.ts';
import type { IfMatch } from '../../../lib/revision.ts';
import { visibleNewsletters } from '../../newsletters/visibility.ts';
import { readTextsAhead, rewriteFigures, writeFigures } from '../figures/write-figures.ts';
import type { FigureInput } from '../tree/figure-schemas.ts';
import type { ItemInput, ItemPatch, ItemPosition } from '../tree/item-schemas.ts';
import type { IssueTree, ItemTree } from '../tree/load-issue.ts';
import { presentFigure } from '../tree/present.ts';
import { MAX_ITEMS } from '../tree/section-schemas.ts';
import { changeIssue } from './change-issue.ts';
import { figuresOfItem, itemRow } from './content.ts';
import { withIdAt, without } from './order.ts';
import { referencesOfItem, requireReferences } from './require-references.ts';
import { findSection, limitReached, requireRoomFor } from './section.ts';

export type ItemChange = { item: ItemTree; issue: IssueTree };

/** Adds an item at the end of the section. */
export async function createItem(
  ctx: Context,
  sectionId: string,
  input: ItemInput,
  ifMatch: IfMatch,
): Promise<ItemChange> {
  const { issueId } = await findSection(ctx, sectionId);
  const id = randomUUIDv7();
  await readTextsAhead(ctx, [input.body]);
  const issue = await changeIssue(ctx, issueId, ifMatch, async (ctx) => {
    await findSection(ctx, sectionId);
    await requireReferences(ctx, referencesOfItem(input));
    const position = await ctx.db.item.count({ where: { sectionId } });
    if (position >= MAX_ITEMS) throw limitReached(`A section can have at most ${MAX_ITEMS} items.`);
    await requireRoomFor(ctx, issueId, 1);
    await ctx.db.item.create({ data: { ...itemRow(input), id, sectionId, position } });
    await writeFigures(ctx, [figuresOfItem({ issueId, sectionId, itemId: id }, input)]);
    return { subject: { kind: 'item', id }, details: { change: 'item.created' } };
  });
  return { item: itemOf(issue, id), issue };
}

export async function updateItem(
  ctx: Context,
  id: string,
  patch: ItemPatch,
  ifMatch: IfMatch,
): Promise<ItemChange> {
  const { issueId, item: former } = await findItem(ctx, id);
  const rewritesFigures = patch.body !== undefined || patch.figures !== undefined;
  if (rewritesFigures) await readTextsAhead(ctx, [patch.body === undefined ? former.body : patch.body]);
  const issue = await changeIssue(ctx, issueId, ifMatch, async (ctx) => {
    const current = await findItem(ctx, id);
    await requireReferences(ctx, referencesOfItem(patch));
    requirePaperIdOnlyOnPapers({ ...current.item, ...definedFields(patch) });
    const item = await ctx.db.item.update({ where: { id }, data: itemRow(patch) });
    if (rewritesFigures) await rewriteItemFigures(ctx, issueId, item, patch.figures ?? current.figures);
    const details = { change: 'item.updated', fields: Object.keys(definedFields(patch)) };
    return { subject: { kind: 'item', id }, details };
  });
  return { item: itemOf(issue, id), issue };
}

export async function deleteItem(ctx: Context, id: string, ifMatch: IfMatch): Promise<IssueTree> {
  const { issueId } = await findItem(ctx, id);
  return changeIssue(ctx, issueId, ifMatch, async (ctx) => {
    const { item } = await findItem(ctx, id);
    const others = without(await itemIdsOf(ctx, item.sectionId), id);
    await ctx.db.item.delete({ where: { id } });
    await placeItems(ctx, item.sectionId, others);
    return { subject: { kind: 'item', id }, details: { change: 'item.deleted' } };
  });
}

/** Moves an item within its section or to another section of the same issue. */
export async function moveItem(
  ctx: Context,
  id: string,
  { sectionId, index }: ItemPosition,
  ifMatch: IfMatch,
): Promise<ItemChange> {
  const { issueId } = await findItem(ctx, id);
  const issue = await changeIssue(ctx, issueId, ifMatch, async (ctx) => {
    const { item } = await findItem(ctx, id);
    await requireSectionOf(ctx, issueId, sectionId);
    const target = without(await itemIdsOf(ctx, sectionId), id);
    if (index > target.length) throw outOfRange(target.length);
    if (item.sectionId !== sectionId && target.length >= MAX_ITEMS) {
      throw limitReached(`A section can have at most ${MAX_ITEMS} items.`);
    }
    await moveBetween(ctx, item, sectionId, withIdAt(target, id, index));
    return { subject: { kind: 'item', id }, details: { change: 'item.moved', sectionId, index } };
  });
  return { item: itemOf(issue, id), issue };
}

async function moveBetween(ctx: Context, item: Item, sectionId: string, target: string[]): Promise<void> {
  await placeItems(ctx, sectionId, target);
  if (item.sectionId === sectionId) return;
  await ctx.db.figure.updateMany({ where: { itemId: item.id }, data: { sectionId } });
  await placeItems(ctx, item.sectionId, await itemIdsOf(ctx, item.sectionId));
}

/** Puts the items into the section in this order. One statement, for the same reason as in placeSections. */
async function placeItems(ctx: Context, sectionId: string, ids: readonly string[]): Promise<void> {
  await ctx.db.$executeRaw`
    UPDATE items SET section_id = ${sectionId}::uuid, position = placed.ordinal - 1
    FROM unnest(${[...ids]}::uuid[]) WITH ORDINALITY AS placed (id, ordinal)
    WHERE items.id = placed.id`;
}

type FoundItem = { issueId: string; item: Item; figures: FigureInput[] };

async function findItem(ctx: Context, id: string): Promise<FoundItem> {
  const found = await ctx.db.item.findFirst({
    where: { id, section: { issue: { newsletter: visibleNewsletters(ctx.actor) } } },
    include: {
      section: { select: { issueId: true } },
      figures: { where: { place: 'item' }, orderBy: { position: 'asc' } },
    },
  });
  if (!found) throw notFound('item');
  const { section, figures, ...item } = found;
  return { issueId: section.issueId, item, figures: figures.map(presentFigure) };
}

async function rewriteItemFigures(
  ctx: Context,
  issueId: string,
  item: Item,
  figures: FigureInput[],
): Promise<void> {
  const owner = { issueId, sectionId: item.sectionId, itemId: item.id };
  await rewriteFigures(ctx, figuresOfItem(owner, { figures, body: item.body }));
}

async function requireSectionOf(ctx: Context, issueId: string, sectionId: string): Promise<void> {
  const section = await ctx.db.section.findFirst({ where: { id: sectionId, issueId } });
  if (!section) throw invalidItem('/sectionId', 'unknown_section', 'must be a section of the same issue');
}

function requirePaperIdOnlyOnPapers(item: { kind: string; paperId: string | null }): void {
  if (item.kind === 'paper' || item.paperId === null) return;
  throw invalidItem('/paperId', 'only_papers', 'must be null unless the kind is paper');
}

function outOfRange(length: number): DomainError {
  return invalidItem(
    '/index',
    'out_of_range',
    `must be at most ${length}, the number of other items in the section`,
  );
}

function invalidItem(pointer: string, code: CodeOf<'invalid'> & Fault['code'], message: string): DomainError {
  const faults: Fault[] = [{ pointer, code, message }];
  return new DomainError('invalid', code, `The item is not valid: ${pointer} ${message}.`, { faults });
}

function itemOf(issue: IssueTree, id: string): ItemTree {
  const item = issue.sections.flatMap((section) => section.items).find((candidate) => candidate.id === id);
  if (!item) throw notFound('item');
  return item;
}

async function itemIdsOf(ctx: Context, sectionId: string): Promise<string[]> {
  const rows = await ctx.db.item.findMany({
    where: { sectionId },
    orderBy: { position: 'asc' },
    select: { id: true },
  });
  return rows.map((row) => row.id);
}
