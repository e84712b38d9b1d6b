import { z } from 'zod';
import { describedAs, linkRel, markdown, tags, text, uuid } from '../../../schemas.ts';
import { figure, figureInput } from './figure-schemas.ts';

export const itemKind = z.enum(['note', 'link', 'paper', 'tool', 'media', 'promo']).meta({ id: 'ItemKind' });

/** A draft may contain an unfinished URL. Readiness requires http or https. */
export const itemLink = z.strictObject({ label: text(200), url: text(2_000), rel: linkRel }).meta({
  id: 'ItemLink',
  examples: [{ label: 'Code', url: 'https://github.com/salesforce/BLIP', rel: 'code' }],
});

const fields = {
  kind: itemKind,
  title: text(300).meta({
    id: 'ItemTitle',
    description:
      'If it is blank, readers see the title of the paper or, in an item without a body, the label of the first link.',
  }),
  body: markdown.nullable(),
  links: z.array(itemLink).max(30),
  tags,
  paperId: uuid
    .nullable()
    .meta({ description: 'The paper that an item of kind paper features. Null for all other kinds.' }),
};
const figures = z
  .array(figureInput)
  .max(30)
  .refine(hasEachMediaOnce, { error: 'must not contain a media file twice' });
const inputFields = { ...fields, figures };

/** Readers would see only the first of two figures with the same media file. */
function hasEachMediaOnce(figures: readonly { mediaId: string }[]): boolean {
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
} as const;
const PAPER_EXAMPLE = { kind: 'paper', paperId: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b14' } as const;

const paperFields = { ...inputFields, kind: z.literal('paper') };
const otherFields = {
  ...inputFields,
  kind: itemKind.exclude(['paper']).meta({ id: 'OtherItemKind' }),
  paperId: z.null(),
};

const ONLY_PAPERS = { error: 'must be null unless the kind is paper', path: ['paperId'] };

function hasPaperIdOnlyOnPapers(item: {
  kind?: string | undefined;
  paperId?: string | null | undefined;
}): boolean {
  return item.kind === undefined || item.kind === 'paper' || !item.paperId;
}

export const itemInput = describedAs(
  z
    .union([
      z.strictObject(paperFields).partial(optional).meta({ id: 'PaperItemInput' }),
      z.strictObject(otherFields).partial(optional).meta({ id: 'OtherItemInput' }),
    ])
    .meta({ id: 'ItemInput', examples: [example, PAPER_EXAMPLE] }),
  z.strictObject(inputFields).partial(optional).refine(hasPaperIdOnlyOnPapers, ONLY_PAPERS),
);
export type ItemInput = z.infer<typeof itemInput>;

const withId = { id: uuid };
const optionalId = { ...optional, id: true } as const;

/** An item of a tree that replaces the current one. With the id of an existing item, it replaces that item. */
export const contentItemInput = describedAs(
  z
    .union([
      z
        .strictObject({ ...withId, ...paperFields })
        .partial(optionalId)
        .meta({ id: 'PaperContentItemInput' }),
      z
        .strictObject({ ...withId, ...otherFields })
        .partial(optionalId)
        .meta({ id: 'OtherContentItemInput' }),
    ])
    .meta({ id: 'ContentItemInput', examples: [example, PAPER_EXAMPLE] }),
  z
    .strictObject({ ...withId, ...inputFields })
    .partial(optionalId)
    .refine(hasPaperIdOnlyOnPapers, ONLY_PAPERS),
);
export type ContentItemInput = z.infer<typeof contentItemInput>;

export const itemPatch = describedAs(
  z
    .union([
      z.strictObject(paperFields).partial().meta({ id: 'PaperItemPatch' }),
      z.strictObject(otherFields).partial().meta({ id: 'OtherItemPatch' }),
    ])
    .meta({
      id: 'ItemPatch',
      description: 'Only the fields that are present are changed.',
      examples: [{ title: 'A clear guide to MLOps' }],
    }),
  z.strictObject(inputFields).partial().refine(hasPaperIdOnlyOnPapers, ONLY_PAPERS),
);
export type ItemPatch = z.infer<typeof itemPatch>;

export const itemPosition = z.strictObject({ sectionId: uuid, index: z.int().min(0).max(1_000) }).meta({
  id: 'ItemPosition',
  description: 'The new place of an item: a section of the same issue, and the index in it, from 0.',
  examples: [{ sectionId: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11', index: 0 }],
});
export type ItemPosition = z.infer<typeof itemPosition>;

export const item = z.object({ id: uuid, ...fields, figures: z.array(figure) }).meta({
  id: 'Item',
  examples: [{ id: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b13', ...example, figures: [], paperId: null }],
});
