import { z } from 'zod';
import { bibtexDetails } from '../../../bibliography/csl/bibtex-details.ts';
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
    unit: text(50)
      .nullable()
      .optional()
      .meta({ description: 'Unit of the value, such as `%`. Null or absent if it has none.' }),
  })
  .meta({
    id: 'ReportedResult',
    examples: [{ benchmark: 'COCO Captions', metric: 'CIDEr', value: 136.7, unit: null }],
  });

const fields = {
  title: filledText(1_000),
  hasMoreAuthors: z.boolean().meta({ description: 'True if the list of authors is incomplete (“et al.”).' }),
  year: z.int().min(1500).max(2200).nullable(),
  venue: text(500).nullable().meta({ description: 'Journal, conference or other place of publication.' }),
  abstract: text(20_000).nullable(),
  licence: filledText(300)
    .nullable()
    .meta({ description: 'SPDX licence id, or the URL of the licence.', examples: ['CC-BY-4.0'] }),
  results: z.array(reportedResult).max(MAX_RESULTS).meta({ description: 'Results that the paper reports.' }),
  links: z.array(paperLink).max(MAX_LINKS),
  csl: cslDetails.extend({ bibtex: bibtexDetails.optional() }).meta({
    id: 'CslVariables',
    description:
      'Further bibliographic data as CSL-JSON variables: type, volume, issue, page, publisher, editor and others. `bibtex` has what a BibTeX entry says beyond them.',
    examples: [{ type: 'paper-conference', volume: '162', page: '12888-12900' }],
  }),
};

const inputFields = {
  ...fields,
  authors: z.array(authorInput).max(MAX_AUTHORS).meta({ description: 'Authors, in order.' }),
  identifiers: identifiersInput,
  arxivId: arxivIdInput.nullable(),
  doi: doiInput.nullable(),
  statuses: statusesInput,
  incomplete: z.literal(false).meta({
    description: '`false` marks the paper as complete, so that it is no longer looked up at the registries.',
  }),
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
    description: 'Fields to change. Absent fields stay as they are; lists are replaced as a whole.',
    examples: [{ venue: 'ICML 2022', statuses: [{ status: 'published', date: '2022-07' }] }],
  });
export type PaperPatch = z.infer<typeof paperPatch>;

/** The fields of a paper that readers see */
export const paperFields = {
  ...fields,
  authors: z.array(paperAuthor).meta({ description: 'Authors, in order.' }),
  identifiers: z
    .array(paperIdentifier)
    .meta({ description: 'Identifiers, in order. References cite the first of each scheme.' }),
  arxivId: z
    .string()
    .nullable()
    .meta({ description: 'The first arXiv id in `identifiers`, without version.', examples: ['2201.12086'] }),
  doi: z
    .string()
    .nullable()
    .meta({
      description:
        'The first DOI in `identifiers`, or else the DOI that arXiv assigned to its first arXiv id. In lower case.',
      examples: ['10.48550/arxiv.2201.12086'],
    }),
  status: paperStatus
    .nullable()
    .meta({ description: 'The status of the last entry in `statuses`. Null if there is none.' }),
  statuses: z
    .array(paperStatusEntry)
    .meta({ description: 'Status history, ordered by date. A retraction is always last.' }),
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
      description:
        'True if the paper was imported by its identifier and the registries have not provided its metadata yet.',
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
