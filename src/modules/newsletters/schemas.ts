import { z } from 'zod';
import { isTimeZone } from '../../lib/time-zone.ts';
import {
  filledText,
  language,
  profileLink,
  revision,
  slug,
  text,
  timestamp,
  uuid,
  webAddress,
} from '../../schemas.ts';
import { issueUrl } from './issue-url.ts';

const timeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, { error: 'must be an IANA time zone such as Europe/Berlin' })
  .meta({ description: 'IANA time zone.', examples: ['Australia/Brisbane'] });

export const sectionTemplate = z
  .strictObject({
    title: filledText(200),
    emoji: text(16).nullable().optional(),
    intro: text(20_000).nullable().optional(),
  })
  .meta({ id: 'SectionTemplate' });

const fields = {
  slug: slug.meta({ description: 'Unique. Part of public URLs.', examples: ['signal-and-noise'] }),
  title: filledText(200),
  tagline: text(300).nullable(),
  description: text(5_000).nullable(),
  language,
  timeZone,
  links: z.array(profileLink).max(20),
  siteUrl: webAddress
    .nullable()
    .meta({ description: 'URL of the home page.', examples: ['https://letter.example'] }),
  issueUrl: issueUrl.nullable(),
  lengthTarget: z
    .int()
    .min(1)
    .max(100_000)
    .nullable()
    .meta({ description: 'Target length of an issue, in words. Readiness warns if an issue misses it.' }),
  lengthTolerance: z
    .int()
    .min(0)
    .max(100_000)
    .nullable()
    .meta({ description: 'Allowed difference from `lengthTarget`, in words. Null means 0.' }),
  sectionTemplate: z
    .array(sectionTemplate)
    .max(50)
    .meta({ description: 'Sections of an issue that is created without `sections`.' }),
  holdOverdueAfter: z.int().min(1).max(525_600).nullable().meta({
    description:
      'Maximum delay of a scheduled issue, in minutes. An issue that is overdue by more, for example after an outage, goes back to draft instead of being published. Null: an overdue issue is always published.',
  }),
};

const example = {
  slug: 'signal-and-noise',
  title: 'Signal & Noise',
  tagline: 'A monthly letter on machine learning',
  language: 'en-AU',
  timeZone: 'Australia/Brisbane',
  siteUrl: 'https://letter.example',
  issueUrl: 'https://letter.example/issues/{slug}',
  lengthTarget: 1500,
  lengthTolerance: 500,
  sectionTemplate: [{ title: 'Papers & research', emoji: '📰' }],
};

export const newsletterInput = z
  .strictObject(fields)
  .partial({
    tagline: true,
    description: true,
    language: true,
    timeZone: true,
    links: true,
    siteUrl: true,
    issueUrl: true,
    lengthTarget: true,
    lengthTolerance: true,
    sectionTemplate: true,
    holdOverdueAfter: true,
  })
  .meta({
    id: 'NewsletterInput',
    description: '`language` defaults to en, `timeZone` to UTC.',
    examples: [example],
  });
export type NewsletterInput = z.infer<typeof newsletterInput>;

export const newsletterPatch = z
  .strictObject(fields)
  .partial()
  .meta({
    id: 'NewsletterPatch',
    description: 'Only the fields that are present are changed.',
    examples: [{ tagline: 'What mattered in machine learning this month' }],
  });
export type NewsletterPatch = z.infer<typeof newsletterPatch>;

export const newsletter = z
  .object({ id: uuid, ...fields, revision, createdAt: timestamp, updatedAt: timestamp })
  .meta({
    id: 'Newsletter',
    examples: [
      {
        id: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b10',
        ...example,
        description: null,
        links: [],
        holdOverdueAfter: null,
        revision: 1,
        createdAt: '2026-11-02T08:00:00.000Z',
        updatedAt: '2026-11-02T08:00:00.000Z',
      },
    ],
  });
