import { z } from 'zod';
import { profileLink, uuid } from '../../schemas.ts';
import { paperFields, paperFieldsExample } from '../papers/record/schemas.ts';
import { documentExample, summaryExample } from '../publishing/editions/edition-examples.ts';
import { editionDocument, editionSummary } from '../publishing/editions/edition-schemas.ts';
import { feedAddresses, sitemapAddress } from './content-addresses.ts';
import { paperStatuses } from './paper-status-schemas.ts';
import { itemUse, neighbouringIssue, useExample } from './use-schemas.ts';

const neighbour = neighbouringIssue
  .nullable()
  .meta({ description: 'The neighbour of the issue in the archive. Null if there is none.' });

export const publishedIssue = z
  .object({ ...editionDocument.shape, paperStatuses, previous: neighbour, next: neighbour })
  .meta({
    id: 'PublishedIssue',
    examples: [
      {
        ...documentExample,
        paperStatuses: [],
        previous: { number: 25, slug: 'january-2022', title: 'January in short' },
        next: null,
      },
    ],
  });

export const archiveEntry = z.object(editionSummary.shape).meta({
  id: 'ArchiveEntry',
  description: 'A published issue without its introduction, sections and sign-off.',
  examples: [summaryExample],
});

/** A position in the archive: newest first, and the higher number first if two issues have the same time. */
export const archiveKey = z.strictObject({ publishedAt: z.iso.datetime(), number: z.int32() });
export type ArchiveKey = z.infer<typeof archiveKey>;

export const archiveField = editionSummary.keyof().meta({ id: 'ArchiveField' });
export type ArchiveField = z.infer<typeof archiveField>;

const parts = editionDocument.pick({ intro: true, sections: true, signOff: true });
export const archivePart = parts.keyof().meta({ id: 'ArchivePart' });
export type ArchivePart = z.infer<typeof archivePart>;

export const selectedEntry = z
  .object({ ...archiveEntry.shape, ...parts.shape })
  .partial()
  .meta({
    id: 'SelectedArchiveEntry',
    description:
      'A published issue. `include` adds parts of its content. With `fields`, all other fields are omitted.',
    examples: [summaryExample],
  });

const newsletterExample = {
  slug: 'signal-and-noise',
  title: 'Signal & Noise',
  tagline: 'A monthly letter on machine learning',
  description: null,
  language: 'en-AU',
  timeZone: 'Australia/Brisbane',
  links: [],
  siteUrl: 'https://letter.example',
  issueUrl: 'https://letter.example/issues/{slug}',
  feeds: feedAddresses('signal-and-noise', 'https://letters.example.org'),
  sitemap: sitemapAddress('signal-and-noise', 'https://letters.example.org'),
};

export const publicNewsletter = z.object({
  slug: z.string(),
  title: z.string(),
  tagline: z.string().nullable(),
  description: z.string().nullable(),
  language: z.string(),
  timeZone: z.string(),
  links: z.array(profileLink),
  siteUrl: z.string().nullable(),
  issueUrl: z
    .string()
    .nullable()
    .meta({ description: 'URL template of an issue on the website, with `{slug}` or `{number}`.' }),
  feeds: z
    .object({ rss: z.string(), atom: z.string(), json: z.string() })
    .meta({ id: 'FeedAddresses' })
    .meta({
      description: 'Absolute URLs of the feeds. With `?tag=`, a feed has only the issues with that tag.',
    }),
  sitemap: z.string().meta({ description: 'Absolute URL of the sitemap.' }),
});

export const selectedNewsletter = z
  .object(publicNewsletter.shape)
  .partial()
  .meta({
    id: 'SelectedNewsletter',
    description: 'A newsletter. With `fields`, all other fields are omitted.',
    examples: [newsletterExample],
  });

export const newsletterField = publicNewsletter.keyof().meta({ id: 'NewsletterField' });
export type NewsletterField = z.infer<typeof newsletterField>;

export const newsletterPart = z.enum(['latestIssue']);

export const newsletterInFull = z
  .object({
    ...publicNewsletter.shape,
    latestIssue: archiveEntry.nullable().optional().meta({
      description:
        'The newest issue of the archive, with `include=latestIssue`. Null if no issue is published.',
    }),
  })
  .meta({
    id: 'PublicNewsletter',
    examples: [{ ...newsletterExample, latestIssue: summaryExample }],
  });

export const publicPaper = z
  .object({
    id: uuid,
    ...paperFields,
    featuredTotal: z.int().meta({
      description: 'Number of uses, counted up to 1,000. At 1,000 there may be more.',
    }),
    featuredIn: z
      .array(itemUse.meta({ id: 'PaperUse' }))
      .meta({ description: 'Uses in published issues, newest first, at most 100.' }),
  })
  .meta({
    id: 'PublicPaper',
    examples: [
      {
        id: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b16',
        ...paperFieldsExample,
        featuredTotal: 1,
        featuredIn: [useExample],
      },
    ],
  });
