import type { CslType } from '../csl/csl.ts';
import type { DateVariable, NameVariable, TextVariable } from '../csl/variables.ts';

/**
 * Maps CSL variables to fields of BibTeX and biblatex. All fields are read; only the first is written. Fields for the private
 * notes of whoever keeps the file (`annote`, `annotation`, `comment`, `review`) are not read, because readers would see them.
 */

export const TEXTS: readonly (readonly [TextVariable, readonly string[]])[] = [
  ['volume', ['volume']],
  ['edition', ['edition']],
  ['chapter-number', ['chapter']],
  ['collection-title', ['series']],
  ['container-title-short', ['shortjournal', 'journalabbr', 'journal-iso']],
  ['title-short', ['shorttitle']],
  ['event-title', ['eventtitle']],
  ['event-place', ['venue']],
  ['publisher-place', ['address', 'location']],
  ['genre', ['type']],
  ['ISBN', ['isbn']],
  ['ISSN', ['issn']],
  ['keyword', ['keywords', 'keyword']],
  ['language', ['language', 'langid']],
  ['medium', ['howpublished']],
  ['number-of-pages', ['pagetotal', 'numpages']],
  ['number-of-volumes', ['volumes']],
  ['PMCID', ['pmcid', 'pmc']],
  ['PMID', ['pmid']],
  ['section', ['section']],
  ['source', ['source']],
  ['version', ['version']],
  ['note', ['note']],
  ['abstract', ['abstract']],
];

export const NAMES: readonly (readonly [NameVariable, string])[] = [
  ['author', 'author'],
  ['editor', 'editor'],
  ['collection-editor', 'serieseditor'],
  ['translator', 'translator'],
];

/** `issued` spans several fields and is handled separately. */
export const DATES: readonly (readonly [DateVariable, string])[] = [
  ['accessed', 'urldate'],
  ['event-date', 'eventdate'],
  ['submitted', 'submitted'],
];

const BOOK_PARTS: readonly CslType[] = ['paper-conference', 'chapter', 'entry-encyclopedia'];
const JOURNALS: readonly CslType[] = [
  'article-journal',
  'article-magazine',
  'article-newspaper',
  'review',
  'article',
];
const BOOKS: readonly CslType[] = [...BOOK_PARTS, 'book', 'periodical'];

/** The fields for `container-title`. The first is written. */
export function containerFields(type: CslType): ContainerField[] {
  return BOOK_PARTS.includes(type)
    ? ['booktitle', 'maintitle', 'journal', 'journaltitle']
    : ['journal', 'journaltitle', 'booktitle', 'maintitle'];
}

type ContainerField = keyof typeof SUBTITLES;

/** The field for the subtitle of each container. It is read and not written. */
export const SUBTITLES = {
  booktitle: 'booksubtitle',
  maintitle: 'mainsubtitle',
  journal: 'journalsubtitle',
  journaltitle: 'journalsubtitle',
} as const;

/** The fields for `publisher`. The first is written. */
export function publisherFields(type: CslType): string[] {
  const own = type === 'thesis' ? 'school' : type === 'report' ? 'institution' : 'publisher';
  return [...new Set([own, 'publisher', 'institution', 'school', 'organization'])];
}

/** BibTeX's `number` holds an issue, a series number or a report number, depending on the type. */
export function numberFields(
  type: CslType,
  isInSeries: boolean,
): readonly (readonly [TextVariable, readonly string[]])[] {
  if (JOURNALS.includes(type)) {
    return [
      ['issue', ['number', 'issue']],
      ['number', ['eid', 'articleno', 'article-number']],
      ['collection-number', ['seriesnumber']],
    ];
  }
  if (BOOKS.includes(type) && isInSeries) {
    return [
      ['collection-number', ['number']],
      ['issue', ['issue']],
      ['number', ['eid', 'articleno']],
    ];
  }
  const [first, second] = BOOKS.includes(type)
    ? (['issue', 'number'] as const)
    : (['number', 'issue'] as const);
  return [
    [first, ['number']],
    [second, [second === 'issue' ? 'issue' : 'eid', 'articleno']],
    ['collection-number', ['seriesnumber']],
  ];
}
