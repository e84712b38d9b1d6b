import type { Context } from '../../../context.ts';
import { DomainError, notFound } from '../../../errors.ts';
import { definedFields } from '../../../lib/patch.ts';
import type { IfMatch } from '../../../lib/revision.ts';
import { visibleNewsletters } from '../../newsletters/visibility.ts';
import { readTextsAhead, rewriteFigures } from '../figures/write-figures.ts';
import type { IssueTree, SectionTree } from '../tree/load-issue.ts';
import {
  MAX_ITEMS_OF_ISSUE,
  MAX_SECTIONS,
  type SectionInput,
  type SectionPatch,
} from '../tree/section-schemas.ts';
import { changeIssue } from './change-issue.ts';
import { insertSections, textsOfSections } from './content.ts';
import { isPermutation, without } from './order.ts';
import { referencesOfSection, requireReferences } from './require-references.ts';

/** A section after a write, and the issue that contains it. */
export type SectionChange = { section: SectionTree; issue: IssueTree };

/** Adds a section, with its items, at the end of the issue. */
export async function createSection(
  ctx: Context,
  issueId: string,
  input: SectionInput,
  ifMatch: IfMatch,
): Promise<SectionChange> {
  let sectionId = '';
  await readTextsAhead(ctx, textsOfSections([input]));
  const issue = await changeIssue(ctx, issueId, ifMatch, async (ctx) => {
    await requireReferences(ctx, referencesOfSection(input));
    const present = await sectionIdsOf(ctx, issueId);
    if (present.length >= MAX_SECTIONS) {
      throw limitReached(`An issue can have at most ${MAX_SECTIONS} sections.`);
    }
    await requireRoomFor(ctx, issueId, input.items?.length ?? 0);
    [sectionId = ''] = await insertSections(ctx, issueId, [input], new Map(), present.length);
    return { subject: { kind: 'section', id: sectionId }, details: { change: 'section.created' } };
  });
  return { section: sectionOf(issue, sectionId), issue };
}

export async function updateSection(
  ctx: Context,
  id: string,
  patch: SectionPatch,
  ifMatch: IfMatch,
): Promise<SectionChange> {
  const { issueId } = await findSection(ctx, id);
  await readTextsAhead(ctx, [patch.intro]);
  const issue = await changeIssue(ctx, issueId, ifMatch, async (ctx) => {
    await findSection(ctx, id);
    const section = await ctx.db.section.update({ where: { id }, data: definedFields(patch) });
    if (patch.intro !== undefined) {
      await rewriteFigures(ctx, { owner: { issueId, sectionId: id }, listed: [], texts: [section.intro] });
    }
    const details = { change: 'section.updated', fields: Object.keys(definedFields(patch)) };
    return { subject: { kind: 'section', id }, details };
  });
  return { section: sectionOf(issue, id), issue };
}

/** Deletes the section and its items. */
export async function deleteSection(ctx: Context, id: string, ifMatch: IfMatch): Promise<IssueTree> {
  const { issueId } = await findSection(ctx, id);
  return changeIssue(ctx, issueId, ifMatch, async (ctx) => {
    await findSection(ctx, id);
    const others = without(await sectionIdsOf(ctx, issueId), id);
    await ctx.db.section.delete({ where: { id } });
    await placeSections(ctx, others);
    return { subject: { kind: 'section', id }, details: { change: 'section.deleted' } };
  });
}

export function orderSections(
  ctx: Context,
  issueId: string,
  sectionIds: readonly string[],
  ifMatch: IfMatch,
): Promise<IssueTree> {
  return changeIssue(ctx, issueId, ifMatch, async (ctx) => {
    if (!isPermutation(sectionIds, await sectionIdsOf(ctx, issueId))) {
      const message = 'must contain the id of every section of the issue exactly once';
      throw new DomainError('invalid', 'not_an_order', `sectionIds ${message}.`, {
        faults: [{ pointer: '/sectionIds', code: 'not_an_order', message }],
      });
    }
    await placeSections(ctx, sectionIds);
    return { subject: { kind: 'issue', id: issueId }, details: { change: 'sections.ordered' } };
  });
}

/** Throws if the section does not exist or the actor may not see it. */
export async function findSection(ctx: Context, id: string): Promise<{ issueId: string }> {
  const section = await ctx.db.section.findFirst({
    where: { id, issue: { newsletter: visibleNewsletters(ctx.actor) } },
    select: { issueId: true },
  });
  if (!section) throw notFound('section');
  return section;
}

/** Throws if the issue would have too many items. `items` is the number of items to add. */
export async function requireRoomFor(ctx: Context, issueId: string, items: number): Promise<void> {
  const present = await ctx.db.item.count({ where: { section: { issueId } } });
  if (present + items > MAX_ITEMS_OF_ISSUE) {
    throw limitReached(`An issue can have at most ${MAX_ITEMS_OF_ISSUE} items.`);
  }
}

export function limitReached(message: string): DomainError {
  return new DomainError('invalid', 'full', message);
}

function sectionOf(issue: IssueTree, id: string): SectionTree {
  const section = issue.sections.find((candidate) => candidate.id === id);
  if (!section) throw notFound('section');
  return section;
}

async function sectionIdsOf(ctx: Context, issueId: string): Promise<string[]> {
  const rows = await ctx.db.section.findMany({
    where: { issueId },
    orderBy: { position: 'asc' },
    select: { id: true },
  });
  return rows.map((row) => row.id);
}

/** One statement, because the deferrable unique constraint on positions is checked after the statement, not after each row. */
async function placeSections(ctx: Context, ids: readonly string[]): Promise<void> {
  await ctx.db.$executeRaw`
    UPDATE sections SET position = placed.ordinal - 1
    FROM unnest(${[...ids]}::uuid[]) WITH ORDINALITY AS placed (id, ordinal)
    WHERE sections.id = placed.id`;
}
