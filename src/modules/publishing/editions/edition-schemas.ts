import { z } from 'zod';
import { linkRel, profileLink, timestamp, uuid } from '../../../schemas.ts';
import { coverage } from '../../issues/tree/issue-schemas.ts';
import { itemKind, itemLink } from '../../issues/tree/item-schemas.ts';
import { credit } from '../../media/record/credit-schemas.ts';
import { focalPoint, imageSource } from '../../media/record/schemas.ts';
import { paperAuthor } from '../../papers/authors/author-schemas.ts';
import { paperFields } from '../../papers/record/schemas.ts';
import { attachmentExample, figureExample } from './edition-examples.ts';

/** The shape of an edition's document: what readers get, with nothing left to look up. */

const richText = z
  .object({
    markdown: z.string(),
    html: z.string().meta({
      description:
        'Sanitized. Figures are `<picture>`s of lazy images; the placeholder of one is its style attribute, and `data-thumbhash` the preview.',
    }),
  })
  .meta({ id: 'RichText', examples: [{ markdown: 'A *word*.', html: '<p>A <em>word</em>.</p>' }] });

/** What editions did not hold that went out before there were renderings. */
const renderings = z
  .object({
    sources: z.array(imageSource).meta({
      description:
        'Renderings for `<picture>`, the best format first; their addresses serve the image itself until they are made. Left out, as the three below, by editions of before there were any.',
    }),
    thumbhash: z.string().nullable().meta({
      description: 'A blurred preview of some 25 bytes, in base64: https://evanw.github.io/thumbhash',
    }),
    placeholder: z.string().nullable().meta({
      description: 'The same as a tiny image, a `data:` address. Null for what one can see through.',
    }),
    focalPoint: focalPoint.nullable().meta({ description: 'Null: the middle.' }),
  })
  .partial();

export const publishedFigure = z
  .object({
    mediaId: uuid.meta({ description: 'As `media:<id>` in the Markdown.' }),
    url: z.string().meta({ description: 'The image itself, whole.' }),
    width: z.int().meta({ description: 'Pixels' }),
    height: z.int().meta({ description: 'Pixels' }),
    mimeType: z.string(),
    alt: z.string().nullable(),
    caption: z.string().nullable(),
    credit: credit.nullable(),
    ...renderings.shape,
  })
  .meta({ id: 'PublishedFigure', examples: [figureExample] });
export type PublishedFigure = z.infer<typeof publishedFigure>;

/** What editions did not hold that went out before papers had identities. */
const laterPaperFields = z
  .object({
    hasMoreAuthors: paperFields.hasMoreAuthors,
    identifiers: paperFields.identifiers,
    licence: z.string().nullable(),
    results: paperFields.results,
    status: paperFields.status.unwrap().nullable().meta({
      description: 'When this edition went out; `paperStatuses` of the issue has that of now.',
    }),
    statuses: paperFields.statuses,
    csl: paperFields.csl,
  })
  .partial();

const publishedPaperLink = z
  .object({ label: z.string(), url: z.string(), rel: linkRel })
  .meta({ id: 'PublishedPaperLink' });

const publishedPaper = z
  .object({
    id: uuid,
    title: z.string(),
    authors: z.array(paperAuthor),
    year: z.int().nullable(),
    venue: z.string().nullable(),
    abstract: z.string().nullable(),
    arxivId: z.string().nullable(),
    doi: z.string().nullable(),
    links: z.array(publishedPaperLink),
    ...laterPaperFields.shape,
  })
  .meta({ id: 'PublishedPaper' });

const publishedAttachment = z
  .object({
    mediaId: uuid,
    url: z.string(),
    mimeType: z.string(),
    size: z.int().meta({ description: 'Bytes' }),
    originalName: z.string().nullable().meta({ description: 'To save it under.' }),
  })
  .meta({ id: 'PublishedAttachment', examples: [attachmentExample] });
export type PublishedAttachment = z.infer<typeof publishedAttachment>;

const publishedItem = z
  .object({
    id: uuid,
    anchor: z.string().meta({ description: 'Unique in the issue; kept by corrections.' }),
    kind: itemKind,
    title: z.string(),
    body: richText.nullable(),
    links: z.array(itemLink),
    figures: z.array(publishedFigure),
    attachments: z.array(publishedAttachment).optional().meta({
      description:
        'Media that the body links to, in its order: recordings, documents, images to have. Left out by editions of before there were any.',
    }),
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
