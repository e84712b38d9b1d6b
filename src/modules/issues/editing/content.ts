import { randomUUIDv7 } from 'node:crypto';
import type { Context } from '../../../context.ts';
import { definedFields } from '../../../lib/patch.ts';
import type { IfMatch } from '../../../lib/revision.ts';
import { type FigureUse, readTextsAhead, writeFigures } from '../figures/write-figures.ts';
import type { ContentItemInput } from '../tree/item-schemas.ts';
import type { IssueTree } from '../tree/load-issue.ts';
import type { ContentInput, ContentSectionInput } from '../tree/section-schemas.ts';
import { changeIssue } from './change-issue.ts';
import { requireIdsOfIssue } from './require-ids-of-issue.ts';
import { referencesOfSections, requireReferences } from './require-references.ts';

/** Replaces the whole tree in one transaction. */
export async function replaceContent(
  ctx: Context,
  issueId: string,
  { sections }: ContentInput,
  ifMatch: IfMatch,
): Promise<IssueTree> {
  await readTextsAhead(ctx, textsOfSections(sections));
  return changeIssue(ctx, issueId, ifMatch, async (ctx) => {
    await requireReferences(ctx, referencesOfSections(sections));
    const anchors = await requireIdsOfIssue(ctx, issueId, sections);
    await ctx.db.section.deleteMany({ where: { issueId } });
    await insertSections(ctx, issueId, sections, anchors);
    const items = sections.reduce((sum, section) => sum + (section.items?.length ?? 0), 0);
    return {
      subject: { kind: 'issue', id: issueId },
      details: { change: 'content.replaced', sections: sections.length, items },
    };
  });
}

export function textsOfSections(sections: readonly ContentSectionInput[]): FigureUse['texts'] {
  return sections.flatMap((section) => [section.intro, ...(section.items ?? []).map(({ body }) => body)]);
}

/** `anchors` has the anchors of existing items by id. Returns the ids of the sections. */
export async function insertSections(
  ctx: Context,
  issueId: string,
  sections: readonly ContentSectionInput[],
  anchors: ReadonlyMap<string, string | null> = new Map(),
  firstPosition = 0,
): Promise<string[]> {
  const placed = sections.map((section, index) => ({
    ...section,
    id: section.id ?? randomUUIDv7(),
    position: firstPosition + index,
    items: (section.items ?? []).map((item) => ({ ...item, id: item.id ?? randomUUIDv7() })),
  }));
  await ctx.db.section.createMany({
    data: placed.map(({ id, position, title, emoji, intro }) => ({
      ...definedFields({ emoji, intro }),
      id,
      issueId,
      position,
      title,
    })),
  });
  await ctx.db.item.createMany({
    data: placed.flatMap((section) =>
      section.items.map((item, position) => ({
        ...itemRow(item),
        sectionId: section.id,
        position,
        anchor: anchors.get(item.id) ?? null,
      })),
    ),
  });
  await writeFigures(
    ctx,
    placed.flatMap((section) => figuresOfSection(issueId, section)),
  );
  return placed.map((section) => section.id);
}

/** The columns of an item that come from its input. */
export function itemRow<T extends Omit<ContentItemInput, 'kind'>>({ figures: _, ...item }: T) {
  return definedFields(item);
}

function figuresOfSection(
  issueId: string,
  section: Omit<ContentSectionInput, 'id' | 'items'> & {
    id: string;
    items: (ContentItemInput & { id: string })[];
  },
): FigureUse[] {
  const sectionId = section.id;
  return [
    { owner: { issueId, sectionId }, listed: [], texts: [section.intro] },
    ...section.items.map((item) => figuresOfItem({ issueId, sectionId, itemId: item.id }, item)),
  ];
}

export function figuresOfItem(
  owner: FigureUse['owner'],
  item: Pick<ContentItemInput, 'figures' | 'body'>,
): FigureUse {
  return { owner, listed: item.figures ?? [], texts: [item.body] };
}
