import { type CslType, cslType } from '../csl/csl.ts';

/** Maps other CSL types and Crossref types to the nearest type that the library has. */
const NEAREST: Record<string, CslType> = {
  'book-chapter': 'chapter',
  'book-part': 'chapter',
  'book-section': 'chapter',
  broadcast: 'motion_picture',
  collection: 'book',
  dissertation: 'thesis',
  'edited-book': 'book',
  entry: 'entry-encyclopedia',
  'entry-dictionary': 'entry-encyclopedia',
  'journal-article': 'article-journal',
  journal: 'periodical',
  manuscript: 'article',
  monograph: 'book',
  pamphlet: 'book',
  'peer-review': 'review',
  post: 'post-weblog',
  'posted-content': 'article',
  preprint: 'article',
  proceedings: 'book',
  'proceedings-article': 'paper-conference',
  'reference-book': 'book',
  'reference-entry': 'entry-encyclopedia',
  'report-component': 'report',
  'review-book': 'review',
};

/** `isApproximate` means that the type is unknown and was replaced by `document`. */
export function readType(value: unknown): { type: CslType; isApproximate: boolean } {
  const own = cslType.safeParse(value);
  if (own.success) return { type: own.data, isApproximate: false };
  const nearest = typeof value === 'string' && Object.hasOwn(NEAREST, value) ? NEAREST[value] : undefined;
  return { type: nearest ?? 'document', isApproximate: nearest === undefined && value !== undefined };
}
