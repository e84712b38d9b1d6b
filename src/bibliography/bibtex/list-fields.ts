import { bibtexOf } from '../csl/bibtex-details.ts';
import type { CslDate, CslItem, CslName } from '../csl/csl.ts';
import { identifiersOf, licenceOf, linksOf, pageOf } from '../csl/custom.ts';
import { nameMonth, partsOf, writeEdtf } from '../csl/dates.ts';
import { mapPages, normalizePages } from '../text/pages.ts';
import { readThesis } from './entry-types.ts';
import { containerFields, DATES, NAMES, numberFields, publisherFields, TEXTS } from './fields.ts';
import { encodeLatex, encodeVerbatim } from './latex/encode-latex.ts';
import { encodeTitle } from './latex/encode-title.ts';
import { writeNames } from './write-names.ts';

type Field = readonly [name: string, value: string | null | undefined];

/** Lists the fields of an entry, with values encoded and in braces. */
export function listFields(item: CslItem, type: string, subtype: string | null): [string, string][] {
  const { protectedWords } = bibtexOf(item);
  const fields: Field[] = [
    ['title', item.title && `{${encodeTitle(item.title, protectedWords)}}`],
    ...NAMES.flatMap(([variable, field]) => listNames(field, item[variable] ?? [])),
    [
      containerFields(item.type)[0] ?? 'journal',
      item['container-title'] && `{${encodeTitle(item['container-title'])}}`,
    ],
    ...listIssued(item.issued ?? {}),
    ...numberFields(item.type, Boolean(item['collection-title'])).map(([variable, [field = '']]) =>
      brace(field, item[variable]),
    ),
    brace('pages', item.page, encodePages),
    brace(publisherFields(item.type)[0] ?? 'publisher', item.publisher),
    brace('doi', item.DOI, encodeVerbatim),
    ...listEprint(item),
    brace('url', pageOf(item), encodeVerbatim),
    ...DATES.map(([variable, field]) => brace(field, writeEdtf(item[variable] ?? {}), encodeVerbatim)),
    ...TEXTS.filter(([variable]) => variable !== 'genre' || readThesis(type) !== item.genre).map(
      ([variable, [field = '']]) => brace(field, item[variable]),
    ),
    ...listCustom(item),
    brace('entrysubtype', subtype),
  ];
  return fields.filter((field): field is [string, string] => Boolean(field[1]));
}

function brace(name: string, text: string | null | undefined, encode = encodeLatex): Field {
  return [name, text && `{${encode(text)}}`];
}

function encodePages(pages: string): string {
  return mapPages(normalizePages(pages), ({ start, end }) =>
    end === null ? encodeLatex(start).replace(/–|-$/g, '--') : `${encodeLatex(start)}--${encodeLatex(end)}`,
  );
}

function listNames(field: string, names: readonly CslName[]): Field[] {
  const orcids = names.flatMap(({ ORCID }, index) =>
    ORCID === undefined ? [] : `${index + 1}="${encodeVerbatim(ORCID)}"`,
  );
  return [
    [field, names.length > 0 && !names.every(isEmpty) ? `{${writeNames(names)}}` : null],
    [`${field}+an:orcid`, orcids.length > 0 ? `{${orcids.join('; ')}}` : null],
  ];
}

function isEmpty({ ORCID: _, ...name }: CslName): boolean {
  return Object.values(name).join('') === '';
}

/** Adds `date` if year, month and day cannot express it: for ranges, approximate dates and years before 1000. */
function listIssued(issued: CslDate): Field[] {
  const [start = [], end] = partsOf(issued);
  const [year, month, day] = start;
  if (year === undefined) return [brace('year', issued.literal)];
  const needsDate = end !== undefined || issued.circa === true || year < 1000;
  return [
    brace('date', needsDate ? writeEdtf(issued) : null, encodeVerbatim),
    brace('year', String(year)),
    ['month', month === undefined ? null : nameMonth(month)],
    brace('day', day === undefined ? null : String(day)),
  ];
}

function listEprint(item: CslItem): Field[] {
  const { archive, archive_location: location } = item;
  if (!archive || !location) return [];
  return [
    brace('eprint', location, encodeVerbatim),
    brace('archiveprefix', archive),
    brace('primaryclass', bibtexOf(item).primaryClass, encodeVerbatim),
  ];
}

function listCustom(item: CslItem): Field[] {
  const { openReview, semanticScholar, others } = identifiersOf(item);
  return [
    brace('copyright', licenceOf(item)),
    ...linksOf(item).map(([kind, url]) => brace(kind === 'paper' ? 'pdf' : kind, url, encodeVerbatim)),
    brace('openreview', openReview?.replace(/^openreview:/i, ''), encodeVerbatim),
    brace('semanticscholar', semanticScholar?.replace(/^semanticscholar:/i, ''), encodeVerbatim),
    brace('identifiers', others.join(' '), encodeVerbatim),
  ];
}
