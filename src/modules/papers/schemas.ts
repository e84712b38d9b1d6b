import { z } from 'zod';
import { filledText, linkRel, revision, text, timestamp, uuid, webAddress } from '../../schemas.ts';
import { parseArxivId, parseDoi } from './identifiers.ts';

export const paperAuthor = z
  .strictObject({ name: filledText(300) })
  .meta({ id: 'PaperAuthor', examples: [{ name: 'Junnan Li' }] });

export const paperLink = z.strictObject({ label: filledText(100), url: webAddress, rel: linkRel }).meta({
  id: 'PaperLink',
  examples: [{ label: 'Code', url: 'https://github.com/example/blip', rel: 'code' }],
});

const fields = {
  title: filledText(1_000),
  authors: z.array(paperAuthor).max(5_000).meta({ description: 'In order.' }),
  year: z.int().min(1500).max(2200).nullable(),
  venue: text(500).nullable().meta({ description: 'Where it was published.' }),
  abstract: text(20_000).nullable(),
  arxivId: z
    .string()
    .nullable()
    .meta({ description: 'Unique. Without version.', examples: ['2201.12086'] }),
  doi: z
    .string()
    .nullable()
    .meta({ description: 'Unique. In lower case.', examples: ['10.1000/182'] }),
  links: z.array(paperLink).max(30),
};

// Below, overwrite and not transform: zod leaves the examples out of a schema that transforms.

/** A name alone is short for an author who has no more than that. */
const authorInput = z
  .union([paperAuthor, filledText(300)], { error: 'must be a name, or { "name" } and nothing else' })
  .overwrite((author) => (typeof author === 'string' ? { name: author } : author));

const arxivIdInput = text(300)
  .refine((spelled) => parseArxivId(spelled) !== null, { error: 'must be an arXiv id, as in 2201.12086' })
  .overwrite((spelled) => parseArxivId(spelled) ?? spelled)
  .meta({
    description:
      'With or without version, arXiv: or the address of the paper at arXiv; stored as the bare id.',
    examples: ['2201.12086', 'arXiv:2201.12086v2', 'https://arxiv.org/abs/2201.12086v1', 'cs/0112017'],
  });

const doiInput = text(500)
  .refine((spelled) => parseDoi(spelled) !== null, { error: 'must be a DOI, as in 10.1000/182' })
  .overwrite((spelled) => parseDoi(spelled) ?? spelled)
  .meta({
    description: 'With or without doi: or the address of the resolver; stored bare and in lower case.',
    examples: ['10.1000/182', 'doi:10.1000/182', 'https://doi.org/10.1000/182'],
  });

const inputFields = {
  ...fields,
  authors: z.array(authorInput).max(5_000).meta({ description: 'In order.' }),
  arxivId: arxivIdInput.nullable(),
  doi: doiInput.nullable(),
};

const example = {
  title: 'BLIP: Bootstrapping Language-Image Pre-training',
  authors: [{ name: 'Junnan Li' }, { name: 'Dongxu Li' }],
  year: 2022,
  venue: 'ICML',
  abstract: null,
  arxivId: '2201.12086',
  doi: null,
  links: [{ label: 'Code', url: 'https://github.com/salesforce/BLIP', rel: 'code' }],
};

export const paperInput = z
  .strictObject(inputFields)
  .partial({ authors: true, year: true, venue: true, abstract: true, arxivId: true, doi: true, links: true })
  .meta({ id: 'PaperInput', examples: [{ ...example, authors: ['Junnan Li', 'Dongxu Li'] }] });
export type PaperInput = z.infer<typeof paperInput>;

export const paperPatch = z
  .strictObject(inputFields)
  .partial()
  .meta({
    id: 'PaperPatch',
    description: 'What it names is changed, the rest stays.',
    examples: [{ venue: 'ICML 2022', doi: '10.48550/arXiv.2201.12086' }],
  });
export type PaperPatch = z.infer<typeof paperPatch>;

export const paper = z
  .object({ id: uuid, ...fields, revision, createdAt: timestamp, updatedAt: timestamp })
  .meta({
    id: 'Paper',
    examples: [
      {
        id: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11',
        ...example,
        revision: 1,
        createdAt: '2026-11-02T08:00:00.000Z',
        updatedAt: '2026-11-02T08:00:00.000Z',
      },
    ],
  });
