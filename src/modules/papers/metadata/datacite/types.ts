import { type CslType, cslType } from '../../../../bibliography/csl/csl.ts';
import type { Attributes } from './attributes.ts';

/** https://datacite-metadata-schema.readthedocs.io/en/4.6/appendices/appendix-1/resourceTypeGeneral/ */
const TYPES: Readonly<Record<string, CslType>> = {
  Audiovisual: 'motion_picture',
  Book: 'book',
  BookChapter: 'chapter',
  ComputationalNotebook: 'software',
  ConferencePaper: 'paper-conference',
  ConferenceProceeding: 'book',
  Dataset: 'dataset',
  DataPaper: 'article-journal',
  Dissertation: 'thesis',
  Journal: 'periodical',
  JournalArticle: 'article-journal',
  PeerReview: 'review',
  Preprint: 'article',
  Report: 'report',
  Software: 'software',
  Standard: 'standard',
};

/** Uses resourceTypeGeneral first, because the CSL type that DataCite computes is a journal article for many preprints. */
export function typeOf(attributes: Attributes): CslType {
  if (isPreprint(attributes)) return 'article';
  const { resourceTypeGeneral, citeproc } = attributes.types ?? {};
  const known = Object.hasOwn(TYPES, resourceTypeGeneral ?? '')
    ? TYPES[resourceTypeGeneral ?? '']
    : undefined;
  return known ?? cslType.safeParse(citeproc).data ?? 'document';
}

/** Older records of arXiv have the type Text. */
export function isPreprint({ doi, types }: Attributes): boolean {
  return types?.resourceTypeGeneral === 'Preprint' || /^10\.48550\/arxiv\./i.test(doi);
}
