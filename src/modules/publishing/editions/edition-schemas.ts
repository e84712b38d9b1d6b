import { z } from 'zod';
import { linkRel, profileLink, timestamp, uuid } from '../../../schemas.ts';
import { coverage } from '../../issues/tree/issue-schemas.ts';
import { itemKind, itemLink } from '../../issues/tree/item-schemas.ts';
import { credit } from '../../media/record/credit-schemas.ts';
import { focalPoint, imageSource } from '../../media/record/schemas.ts';
import { paperAuthor } from '../../papers/authors/author-schemas.ts';
import { paperFields } from '../../papers/record/schemas.ts';
import { attachmentExample, figureExample } from './edition-examples.ts';

/** The document of an edition: everything that readers get, with all references resolved. */

const richText = z
  .object({
    markdown: z.string(),
    html: z.string().meta({
      description:
        'Sanitized HTML. A figure is a `<picture>` with a lazy-loaded image, whose `style` attribute holds the placeholder and whose `data-thumbhash` holds the thumbhash.',
    }),
  })
  .meta({ id: 'RichText', examples: [{ markdown: 'A *word*.', html: '<p>A <em>word</em>.</p>' }] });

/** Editions published before Masthead made renditions do not have these fields. */
const renditionFields = z
  .object({
    sources: z.array(imageSource).meta({
      description:
        'Renditions for `<picture>`, best format first. Until a rendition exists, its address serves the original image. Editions published before Masthead made renditions have neither this field nor `thumbhash`, `placeholder` and `focalPoint`.',
    }),
    thumbhash: z.string().nullable().meta({
      description: 'A blurred preview of about 25 bytes, in base64: https://evanw.github.io/thumbhash',
    }),
    placeholder: z.string().nullable().meta({
      description: 'A blurred preview as a tiny image in a `data:` URL. Null for an image with transparency.',
    }),
    focalPoint: focalPoint.nullable().meta({ description: 'Null means the centre.' }),
  })
  .partial();

export const publishedFigure = z
  .object({
    mediaId: uuid.meta({ description: 'The id in `media:<id>` in the Markdown.' }),
    url: z.string().meta({ description: 'Address of the original image.' }),
    width: z.int().meta({ description: 'Pixels' }),
    height: z.int().meta({ description: 'Pixels' }),
    mimeType: z.string(),
    alt: z.string().nullable(),
    caption: z.string().nullable(),
    credit: credit.nullable(),
    ...renditionFields.shape,
  })
  .meta({ id: 'PublishedFigure', examples: [figureExample] });
export type PublishedFigure = z.infer<typeof publishedFigure>;

/** Editions published before papers had identifiers and statuses do not have these fields. */
const laterPaperFields = z
  .object({
    hasMoreAuthors: paperFields.hasMoreAuthors,
    identifiers: paperFields.identifiers,
    licence: z.string().nullable(),
    results: paperFields.results,
    status: paperFields.status.unwrap().nullable().meta({
      description:
        'Status at the time the edition was published. `paperStatuses` of the issue has the current one.',
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
    originalName: z.string().nullable().meta({ description: 'File name to save it under.' }),
  })
  .meta({ id: 'PublishedAttachment', examples: [attachmentExample] });
export type PublishedAttachment = z.infer<typeof publishedAttachment>;

const publishedItem = z
  .object({
    id: uuid,
    anchor: z.string().meta({ description: 'Unique in the issue. Corrections keep it.' }),
    kind: itemKind,
    title: z.string(),
    body: richText.nullable(),
    links: z.array(itemLink),
    figures: z.array(publishedFigure),
    attachments: z.array(publishedAttachment).optional().meta({
      description:
        'Media files that the body links to, in the order of the links. Editions published before Masthead had attachments do not have this field.',
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
  publishedAt: timestamp.meta({
    description:
      'When the issue was first published. Corrections keep it, and so does putting the issue back after a withdrawal.',
  }),
  updatedAt: timestamp.meta({ description: 'When this edition was published.' }),
  edition: z.int().meta({ description: 'Version of this edition, from 1.' }),
};

/** An entry in the archive of a newsletter. */
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
