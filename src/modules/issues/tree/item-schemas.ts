import { z } from 'zod';
import { linkRel, markdown, tags, text, uuid } from '../../../schemas.ts';
import { figure, figureInput } from './figure-schemas.ts';

export const itemKind = z.enum(['note', 'link', 'paper', 'tool', 'media', 'promo']).meta({ id: 'ItemKind' });

/** A draft may hold an address that is not one yet; readiness asks for http or https. */
export const itemLink = z.strictObject({ label: text(200), url: text(2_000), rel: linkRel }).meta({
  id: 'ItemLink',
  examples: [{ label: 'Code', url: 'https://github.com/salesforce/BLIP', rel: 'code' }],
});

const fields = {
  kind: itemKind,
  title: text(300),
  body: markdown.nullable(),
  links: z.array(itemLink).max(30),
  tags,
  paperId: uuid.nullable().meta({ description: 'The paper of an item of kind paper; null for other kinds.' }),
};
const inputFields = {
  ...fields,
  figures: z.array(figureInput).max(30).refine(namesEachOnce, { error: 'must not name a media twice' }),
};

/** Of two figures of one media readers would see the first alone. */
function namesEachOnce(figures: readonly { mediaId: string }[]): boolean {
  return new Set(figures.map((figure) => figure.mediaId)).size === figures.length;
}

const optional = {
  title: true,
  body: true,
  links: true,
  tags: true,
  paperId: true,
  figures: true,
} as const;

const example = {
  kind: 'link',
  title: 'A guide to MLOps',
  body: 'Three levels, from *by hand* to automated.',
  links: [{ label: 'Read it', url: 'https://cloud.google.com/architecture', rel: 'source' }],
  tags: ['mlops'],
};

const ONLY_PAPERS = { error: 'only an item of kind paper has one', path: ['paperId'] };

function hasPaperOnlyAsPaper(item: {
  kind?: string | undefined;
  paperId?: string | null | undefined;
}): boolean {
  return item.kind === undefined || item.kind === 'paper' || !item.paperId;
}

export const itemInput = z
  .strictObject(inputFields)
  .partial(optional)
  .refine(hasPaperOnlyAsPaper, ONLY_PAPERS)
  .meta({ id: 'ItemInput', examples: [example] });
export type ItemInput = z.infer<typeof itemInput>;

/** An item of a tree that replaces another: with the id of an item that is there, it stays that item. */
export const keptItemInput = z
  .strictObject({ id: uuid, ...inputFields })
  .partial({ id: true, ...optional })
  .refine(hasPaperOnlyAsPaper, ONLY_PAPERS)
  .meta({ id: 'ContentItemInput', examples: [example] });
export type KeptItemInput = z.infer<typeof keptItemInput>;

export const itemPatch = z
  .strictObject(inputFields)
  .partial()
  .refine(hasPaperOnlyAsPaper, ONLY_PAPERS)
  .meta({
    id: 'ItemPatch',
    description: 'What it names is changed, the rest stays.',
    examples: [{ title: 'A clear guide to MLOps' }],
  });
export type ItemPatch = z.infer<typeof itemPatch>;

export const itemPosition = z.strictObject({ sectionId: uuid, index: z.int().min(0).max(1_000) }).meta({
  id: 'ItemPosition',
  description: 'A section of the same issue, and the place in it that the item shall have, from 0.',
  examples: [{ sectionId: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11', index: 0 }],
});
export type ItemPosition = z.infer<typeof itemPosition>;

export const item = z.object({ id: uuid, ...fields, figures: z.array(figure) }).meta({
  id: 'Item',
  examples: [{ id: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b13', ...example, figures: [], paperId: null }],
});
