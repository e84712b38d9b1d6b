import { z } from 'zod';
import { text, webAddress } from '../../schemas.ts';

/**
 * A work as CSL-JSON has it, the one shape between the formats and the library:
 * https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables
 */

/** A person by its parts, or a body (`literal`). ORCID as Crossref adds it. */
export const cslName = z
  .strictObject({
    family: text(300),
    given: text(300),
    'dropping-particle': text(100),
    'non-dropping-particle': text(100),
    suffix: text(100),
    literal: text(300),
    ORCID: text(100),
  })
  .partial()
  .meta({ id: 'CslName' });
export type CslName = z.infer<typeof cslName>;

/** The last of a list that goes on beyond those it names: what BibTeX calls `and others`. */
export const OTHERS: CslName = { literal: 'others' };

/** Year, month and day, as far as they are known; a second one ends a span. */
const dateParts = z
  .array(z.array(z.int().min(-9999).max(9999)).min(1).max(3))
  .min(1)
  .max(2);

export const cslDate = z
  .strictObject({ 'date-parts': dateParts, literal: text(200), circa: z.boolean() })
  .partial()
  .meta({ id: 'CslDate' });
export type CslDate = z.infer<typeof cslDate>;

/** Of the types of CSL those that papers, and the issues and items that write of them, can have. */
export const cslType = z
  .enum([
    'article',
    'article-journal',
    'article-magazine',
    'article-newspaper',
    'book',
    'chapter',
    'dataset',
    'document',
    'entry-encyclopedia',
    'motion_picture',
    'paper-conference',
    'patent',
    'periodical',
    'post-weblog',
    'report',
    'review',
    'software',
    'speech',
    'standard',
    'thesis',
    'webpage',
  ])
  .meta({ id: 'CslType' });
export type CslType = z.infer<typeof cslType>;

/** Beyond what the library has fields of its own for. */
export const cslDetails = z
  .strictObject({
    type: cslType,
    'citation-key': text(300),
    archive: text(300),
    archive_location: text(300),
    'chapter-number': text(100),
    'collection-number': text(100),
    'collection-title': text(1_000),
    'container-title-short': text(500),
    edition: text(200),
    'event-place': text(500),
    'event-title': text(1_000),
    genre: text(300),
    ISBN: text(300),
    ISSN: text(300),
    issue: text(100),
    keyword: text(5_000),
    language: text(100),
    medium: text(300),
    note: text(20_000),
    number: text(300),
    'number-of-pages': text(100),
    'number-of-volumes': text(100),
    page: text(300),
    PMCID: text(100),
    PMID: text(100),
    publisher: text(1_000),
    'publisher-place': text(500),
    section: text(500),
    source: text(500),
    'title-short': text(1_000),
    version: text(100),
    volume: text(100),
    editor: z.array(cslName).max(1_000),
    'collection-editor': z.array(cslName).max(1_000),
    translator: z.array(cslName).max(1_000),
    accessed: cslDate,
    'event-date': cslDate,
    issued: cslDate,
    submitted: cslDate,
  })
  .partial();
export type CslDetails = z.infer<typeof cslDetails>;

export const cslItem = z.strictObject({
  ...cslDetails.shape,
  type: cslType,
  id: text(300).optional(),
  title: text(1_000).optional(),
  author: z.array(cslName).max(5_000).optional(),
  abstract: text(20_000).optional(),
  'container-title': text(500).optional(),
  DOI: text(500).optional(),
  URL: webAddress.optional(),
  /** What CSL has no variable for; its own place for that. */
  custom: z.record(z.string(), z.unknown()).optional(),
});
export type CslItem = z.infer<typeof cslItem>;
