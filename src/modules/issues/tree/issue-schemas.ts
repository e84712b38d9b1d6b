import { z } from 'zod';
import { markdown, revision, slug, tags, text, timestamp, uuid } from '../../../schemas.ts';
import { figure, figureInput } from './figure-schemas.ts';
import { section, sectionInput, wholeTree } from './section-schemas.ts';

export const MAX_NUMBER = 1_000_000;

export const issueStatus = z.enum(['draft', 'scheduled', 'published']).meta({ id: 'IssueStatus' });

/** In a URL, a number or `latest` can take the place of the slug. */
const issueSlug = slug
  .refine((value) => !/^\d+$/.test(value), { error: 'must not be all digits' })
  .refine((value) => value !== 'latest', { error: 'must not be "latest"' });

/** ISO 8601 has a year 0, PostgreSQL does not. */
const day = z.iso
  .date()
  .refine((value) => value >= '0001-01-01', { error: 'must be in the year 1 or later' });

export const coverage = z
  .strictObject({ from: day, to: day })
  .refine(({ from, to }) => from <= to, { error: 'must not be before `from`', path: ['to'] })
  .meta({
    id: 'Coverage',
    description: 'The period that the issue covers. Both days are included.',
    examples: [{ from: '2022-02-01', to: '2022-02-28' }],
  });

const plainFields = {
  number: z
    .int()
    .min(1)
    .max(MAX_NUMBER)
    .meta({ description: 'Unique in the newsletter.', examples: [26] }),
  slug: issueSlug.meta({ description: 'Unique in the newsletter.', examples: ['february-2022'] }),
  title: text(300),
  subtitle: text(300).nullable(),
  intro: markdown.nullable(),
  signOff: markdown.nullable(),
  coverage: coverage.nullable(),
  authorIds: z
    .array(uuid)
    .max(50)
    .refine((ids) => new Set(ids).size === ids.length, { error: 'must not contain a person twice' })
    .meta({ description: 'Ids of the authors, in order.' }),
  tags,
};
const fields = { ...plainFields, cover: figureInput.nullable() };

const example = {
  number: 26,
  slug: 'february-2022',
  title: 'What you missed in February',
  intro: 'A month of *vision* and language.',
  coverage: { from: '2022-02-01', to: '2022-02-28' },
  tags: ['vision'],
};
const sectionsExample = [
  { title: 'Notes', items: [{ kind: 'note', title: 'Hello', body: 'A first note.' }] },
];

export const issueInput = z
  .strictObject({ ...fields, sections: wholeTree(sectionInput) })
  .partial()
  .meta({
    id: 'IssueInput',
    description:
      'An issue with its whole tree. The number defaults to the next free number, the slug to `issue-<number>`, and the sections to the newsletter’s template.',
    examples: [{ ...example, sections: sectionsExample }],
  });
export type IssueInput = z.infer<typeof issueInput>;

export const issuePatch = z
  .strictObject(fields)
  .partial()
  .meta({
    id: 'IssuePatch',
    description: 'Only the fields that are present are changed. Sections have their own operations.',
    examples: [{ title: 'What February brought' }],
  });
export type IssuePatch = z.infer<typeof issuePatch>;

const schedule = z.object({ at: timestamp, local: z.string(), timeZone: z.string() }).meta({
  id: 'Schedule',
  description: 'When the issue is published: the instant, and the local time and time zone it was set in.',
  examples: [{ at: '2026-11-30T23:00:00.000Z', local: '2026-12-01T09:00', timeZone: 'Australia/Brisbane' }],
});

const publication = z
  .object({
    editionId: uuid,
    edition: z.int().meta({ description: 'Version of the edition that readers see.' }),
    publishedAt: timestamp.meta({ description: 'When the issue was first published.' }),
    updatedAt: timestamp.meta({ description: 'When the live edition was published.' }),
    hasUnpublishedChanges: z.boolean(),
  })
  .meta({
    id: 'PublicationState',
    examples: [
      {
        editionId: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b14',
        edition: 2,
        publishedAt: '2026-12-01T09:00:00.000Z',
        updatedAt: '2026-12-02T10:00:00.000Z',
        hasUnpublishedChanges: false,
      },
    ],
  });

const outputFields = {
  id: uuid,
  newsletterId: uuid,
  ...plainFields,
  cover: figure.nullable(),
  status: issueStatus,
  schedule: schedule.nullable(),
  publication: publication.nullable(),
  revision,
  createdAt: timestamp,
  updatedAt: timestamp,
};

const outputExample = {
  id: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11',
  newsletterId: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b10',
  ...example,
  subtitle: null,
  signOff: null,
  authorIds: [],
  cover: null,
  status: 'draft',
  schedule: null,
  publication: null,
  revision: 1,
  createdAt: '2026-11-02T08:00:00.000Z',
  updatedAt: '2026-11-02T08:00:00.000Z',
};

export const issue = z
  .object({ ...outputFields, sections: z.array(section) })
  .meta({ id: 'Issue', examples: [{ ...outputExample, sections: [] }] });

const { intro: _intro, signOff: _signOff, ...summaryExample } = outputExample;

export const issueSummary = z
  .object(outputFields)
  .omit({ intro: true, signOff: true })
  .meta({
    id: 'IssueSummary',
    description: 'An issue without intro, sign-off and sections.',
    examples: [summaryExample],
  });
