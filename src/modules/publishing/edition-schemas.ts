import { z } from 'zod';
import { linkRel, profileLink, timestamp, uuid } from '../../schemas.ts';
import { coverage } from '../issues/issue-schemas.ts';
import { itemKind, itemLink } from '../issues/item-schemas.ts';
import { credit } from '../media/credit-schemas.ts';

/** The shape of an edition's document: what readers get, with nothing left to look up. */

const richText = z
  .object({ markdown: z.string(), html: z.string().meta({ description: 'Sanitized.' }) })
  .meta({ id: 'RichText', examples: [{ markdown: 'A *word*.', html: '<p>A <em>word</em>.</p>' }] });

export const publishedFigure = z
  .object({
    mediaId: uuid.meta({ description: 'As `media:<id>` in the Markdown.' }),
    url: z.string(),
    width: z.int().meta({ description: 'Pixels' }),
    height: z.int().meta({ description: 'Pixels' }),
    mimeType: z.string(),
    alt: z.string().nullable(),
    caption: z.string().nullable(),
    credit: credit.nullable(),
  })
  .meta({ id: 'PublishedFigure' });
export type PublishedFigure = z.infer<typeof publishedFigure>;

export const publishedPaper = z
  .object({
    id: uuid,
    title: z.string(),
    authors: z.array(z.object({ name: z.string() })),
    year: z.int().nullable(),
    venue: z.string().nullable(),
    abstract: z.string().nullable(),
    arxivId: z.string().nullable(),
    doi: z.string().nullable(),
    links: z.array(z.object({ label: z.string(), url: z.string(), rel: linkRel })),
  })
  .meta({ id: 'PublishedPaper' });

const publishedItem = z
  .object({
    id: uuid,
    anchor: z.string().meta({ description: 'Unique in the issue; kept by corrections.' }),
    kind: itemKind,
    title: z.string(),
    body: richText.nullable(),
    links: z.array(itemLink),
    figures: z.array(publishedFigure),
    tags: z.array(z.string()),
    paper: publishedPaper.nullable(),
  })
  .meta({ id: 'PublishedItem' });
export type PublishedItem = z.infer<typeof publishedItem>;

const publishedSection = z
  .object({
    id: uuid,
    title: z.string(),
    emoji: z.string().nullable(),
    intro: richText.nullable(),
    items: z.array(publishedItem),
  })
  .meta({ id: 'PublishedSection' });
export type PublishedSection = z.infer<typeof publishedSection>;

const publishedAuthor = z
  .object({
    slug: z.string(),
    name: z.string(),
    bio: z.string().nullable(),
    avatar: publishedFigure.nullable(),
    links: z.array(profileLink),
  })
  .meta({ id: 'PublishedAuthor' });

const newsletterHead = z
  .object({
    slug: z.string(),
    title: z.string(),
    tagline: z.string().nullable(),
    language: z.string(),
    timeZone: z.string(),
  })
  .meta({ id: 'NewsletterHead' });

const headFields = {
  id: uuid,
  number: z.int(),
  slug: z.string(),
  title: z.string(),
  subtitle: z.string().nullable(),
  coverage: coverage.nullable(),
  authors: z.array(publishedAuthor),
  cover: publishedFigure.nullable(),
  tags: z.array(z.string()),
  wordCount: z.int(),
  readingMinutes: z.int(),
  publishedAt: timestamp.meta({ description: 'When its first edition went out.' }),
  updatedAt: timestamp.meta({ description: 'When this edition went out.' }),
  edition: z.int().meta({ description: 'Version of this edition, from 1.' }),
};

/** The entry of an archive. */
export const editionSummary = z.object(headFields).meta({ id: 'EditionSummary' });
export type EditionSummary = z.infer<typeof editionSummary>;

export const editionDocument = z
  .object({
    ...headFields,
    newsletter: newsletterHead,
    intro: richText.nullable(),
    sections: z.array(publishedSection),
    signOff: richText.nullable(),
  })
  .meta({ id: 'EditionDocument' });
export type EditionDocument = z.infer<typeof editionDocument>;
