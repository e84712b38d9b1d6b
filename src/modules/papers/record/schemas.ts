import { z } from 'zod';
import { cslDetails } from '../../../bibliography/csl/csl.ts';
import { filledText, linkRel, revision, text, timestamp, uuid, webAddress } from '../../../schemas.ts';
import { authorInput, paperAuthor } from '../authors/author-schemas.ts';
import {
  arxivIdInput,
  doiInput,
  identifiersInput,
  paperIdentifier,
} from '../identifiers/identifier-schemas.ts';
import { paperStatus, paperStatusEntry, statusesInput } from './status-schemas.ts';

const MAX_AUTHORS = 5_000;
export const MAX_LINKS = 100;
export const MAX_RESULTS = 200;

export const paperLink = z.strictObject({ label: filledText(100), url: webAddress, rel: linkRel }).meta({
  id: 'PaperLink',
  examples: [{ label: 'Code', url: 'https://github.com/example/blip', rel: 'code' }],
});

export const reportedResult = z
  .strictObject({
    benchmark: filledText(200),
    metric: filledText(100),
    value: z.number(),
    unit: text(50).nullable().optional().meta({ description: 'As in `%`; null or left out: none.' }),
  })
  .meta({
    id: 'ReportedResult',
    examples: [{ benchmark: 'COCO Captions', metric: 'CIDEr', value: 136.7, unit: null }],
  });

const fields = {
  title: filledText(1_000),
  hasMoreAuthors: z.boolean().meta({ description: 'The list of authors goes on: `et al.`' }),
  year: z.int().min(1500).max(2200).nullable(),
  venue: text(500).nullable().meta({ description: 'Where it was published.' }),
  abstract: text(20_000).nullable(),
  licence: filledText(300)
    .nullable()
    .meta({ description: 'SPDX id, or an address.', examples: ['CC-BY-4.0'] }),
  results: z.array(reportedResult).max(MAX_RESULTS).meta({ description: 'As the paper reports them.' }),
  links: z.array(paperLink).max(MAX_LINKS),
  csl: cslDetails.meta({
    id: 'CslVariables',
    description:
      'What else a reference says, in the variables of CSL-JSON: type, volume, issue, page, publisher, editor …',
    examples: [{ type: 'paper-conference', volume: '162', page: '12888-12900' }],
  }),
};

const inputFields = {
  ...fields,
  authors: z.array(authorInput).max(MAX_AUTHORS).meta({ description: 'In order.' }),
  identifiers: identifiersInput,
  arxivId: arxivIdInput.nullable(),
  doi: doiInput.nullable(),
  statuses: statusesInput,
  incomplete: z.literal(false).meta({ description: 'Nothing more is to be looked up for it.' }),
};

const example = {
  title: 'BLIP: Bootstrapping Language-Image Pre-training',
  authors: [{ name: 'Junnan Li', orcid: '0000-0002-1825-0097' }, { name: 'Dongxu Li' }],
  hasMoreAuthors: false,
  year: 2022,
  venue: 'ICML',
  abstract: null,
  licence: 'CC-BY-4.0',
  results: [{ benchmark: 'COCO Captions', metric: 'CIDEr', value: 136.7, unit: null }],
  links: [{ label: 'Code', url: 'https://github.com/salesforce/BLIP', rel: 'code' as const }],
  csl: { type: 'paper-conference' as const, page: '12888-12900' },
};

export const paperInput = z
  .strictObject(inputFields)
  .partial()
  .required({ title: true })
  .meta({
    id: 'PaperInput',
    examples: [
      {
        ...example,
        authors: ['Junnan Li', 'Dongxu Li'],
        identifiers: ['arXiv:2201.12086v2'],
        statuses: [{ status: 'preprint', date: '2022-01-28' }],
      },
    ],
  });
export type PaperInput = z.infer<typeof paperInput>;

export const paperPatch = z
  .strictObject(inputFields)
  .partial()
  .meta({
    id: 'PaperPatch',
    description: 'What it names is changed, the rest stays.',
    examples: [{ venue: 'ICML 2022', statuses: [{ status: 'published', date: '2022-07' }] }],
  });
export type PaperPatch = z.infer<typeof paperPatch>;

/** What a paper says to readers. */
export const paperFields = {
  ...fields,
  authors: z.array(paperAuthor).meta({ description: 'In order.' }),
  identifiers: z
    .array(paperIdentifier)
    .meta({ description: 'The first of a scheme is the one that is cited.' }),
  arxivId: z
    .string()
    .nullable()
    .meta({ description: 'The first of `identifiers` at arXiv, without version.', examples: ['2201.12086'] }),
  doi: z
    .string()
    .nullable()
    .meta({
      description:
        'The first DOI of `identifiers`; where there is none, the one that arXiv gave. In lower case.',
      examples: ['10.48550/arxiv.2201.12086'],
    }),
  status: paperStatus.nullable().meta({ description: 'The latest of `statuses`; null where none is known.' }),
  statuses: z.array(paperStatusEntry).meta({ description: 'The latest last.' }),
};

export const paperFieldsExample = {
  ...example,
  identifiers: [
    { scheme: 'arxiv' as const, value: '2201.12086', version: 2, url: 'https://arxiv.org/abs/2201.12086v2' },
  ],
  arxivId: '2201.12086',
  doi: '10.48550/arxiv.2201.12086',
  status: 'preprint' as const,
  statuses: [{ status: 'preprint' as const, date: '2022-01-28', note: null, url: null }],
};

export const paper = z
  .object({
    id: uuid,
    ...paperFields,
    incomplete: z.boolean().meta({
      description: 'It was imported by an identifier alone; its metadata are still to come.',
    }),
    revision,
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({
    id: 'Paper',
    examples: [
      {
        id: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11',
        ...paperFieldsExample,
        incomplete: false,
        revision: 1,
        createdAt: '2026-11-02T08:00:00.000Z',
        updatedAt: '2026-11-02T08:00:00.000Z',
      },
    ],
  });
