import { z } from 'zod';
import { markdown, text, uuid } from '../../../schemas.ts';
import { contentItemInput, item, itemInput } from './item-schemas.ts';

export const MAX_SECTIONS = 50;
export const MAX_ITEMS = 200;
/** In all sections of an issue. */
export const MAX_ITEMS_OF_ISSUE = 500;

const fields = {
  title: text(200),
  emoji: text(16).nullable(),
  intro: markdown.nullable(),
};
const optional = { emoji: true, intro: true, items: true } as const;

const example = { title: 'Papers & research', emoji: '📰', intro: 'Vision meets language.' };

export const sectionInput = z
  .strictObject({ ...fields, items: z.array(itemInput).max(MAX_ITEMS) })
  .partial(optional)
  .meta({
    id: 'SectionInput',
    examples: [{ ...example, items: [{ kind: 'note', title: 'Hello', body: 'A note.' }] }],
  });
export type SectionInput = z.infer<typeof sectionInput>;

/** With the id of an existing section, it replaces that section. */
export const contentSectionInput = z
  .strictObject({ id: uuid, ...fields, items: z.array(contentItemInput).max(MAX_ITEMS) })
  .partial({ id: true, ...optional })
  .meta({ id: 'ContentSectionInput', examples: [example] });
export type ContentSectionInput = z.infer<typeof contentSectionInput>;

/** All sections of an issue. */
export function wholeTree<T extends z.ZodType<{ items?: readonly unknown[] | undefined }>>(section: T) {
  return z
    .array(section)
    .max(MAX_SECTIONS)
    .refine((sections) => countItems(sections) <= MAX_ITEMS_OF_ISSUE, {
      error: `must contain at most ${MAX_ITEMS_OF_ISSUE} items in total`,
    });
}

function countItems(sections: readonly { items?: readonly unknown[] | undefined }[]): number {
  return sections.reduce((sum, { items = [] }) => sum + items.length, 0);
}

export const contentInput = z.strictObject({ sections: wholeTree(contentSectionInput) }).meta({
  id: 'ContentInput',
  description:
    'The whole tree. A section or item with the id of an existing one replaces it and keeps its id. One without an id is created. Existing ones that are absent are deleted.',
  examples: [{ sections: [{ ...example, items: [{ kind: 'note', title: 'Hello', body: 'A note.' }] }] }],
});
export type ContentInput = z.infer<typeof contentInput>;

export const sectionPatch = z
  .strictObject(fields)
  .partial()
  .meta({
    id: 'SectionPatch',
    description: 'Only the fields that are present are changed.',
    examples: [{ title: 'Papers' }],
  });
export type SectionPatch = z.infer<typeof sectionPatch>;

export const sectionOrder = z.strictObject({ sectionIds: z.array(uuid).max(MAX_SECTIONS) }).meta({
  id: 'SectionOrder',
  description: 'The ids of all sections of the issue, each once, in the new order.',
  examples: [
    { sectionIds: ['0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11', '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b12'] },
  ],
});

export const section = z.object({ id: uuid, ...fields, items: z.array(item) }).meta({
  id: 'Section',
  examples: [{ id: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b12', ...example, items: [] }],
});
