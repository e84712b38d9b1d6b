import type { CslType } from '../../../../bibliography/csl/csl.ts';

/** https://api.crossref.org/types */
const TYPES: Readonly<Record<string, CslType>> = {
  book: 'book',
  'book-chapter': 'chapter',
  'book-part': 'chapter',
  'book-section': 'chapter',
  'book-series': 'book',
  'book-set': 'book',
  'book-track': 'chapter',
  dataset: 'dataset',
  database: 'dataset',
  dissertation: 'thesis',
  'edited-book': 'book',
  journal: 'periodical',
  'journal-article': 'article-journal',
  'journal-issue': 'periodical',
  'journal-volume': 'periodical',
  monograph: 'book',
  'peer-review': 'review',
  'posted-content': 'article',
  proceedings: 'book',
  'proceedings-article': 'paper-conference',
  'proceedings-series': 'book',
  'reference-book': 'book',
  'reference-entry': 'entry-encyclopedia',
  report: 'report',
  'report-component': 'report',
  'report-series': 'report',
  standard: 'standard',
};

export function typeOf(type: string | undefined): CslType {
  return type !== undefined && Object.hasOwn(TYPES, type) ? (TYPES[type] ?? 'document') : 'document';
}
