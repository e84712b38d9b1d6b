import type { CslDate, CslItem, CslType } from '../csl/csl.ts';
import { linksOf, otherLinksOf, pageOf } from '../csl/custom.ts';
import { partsOf } from '../csl/dates.ts';
import { splitPages } from '../text/pages.ts';
import { withoutControls } from '../text/tidy-text.ts';
import { hasCountInPages, writeLabelledNotes } from './labelled-notes.ts';
import { writeName } from './names.ts';
import { hasPageCount, hasVersion, NAMES, TEXTS, writeType } from './tags.ts';

type Line = readonly [tag: string, value: string | null | undefined];

/** Lines end with CR LF, as the specification requires. */
export function writeRis(items: readonly CslItem[]): string {
  return items.map(writeRecord).join('\r\n');
}

function writeRecord(item: CslItem): string {
  const lines = listLines(item)
    .map(([tag, value]): Line => [tag, withoutControls(value ?? '')])
    .flatMap(([tag, value]) => (value ? [`${tag}  - ${value}\r\n`] : []));
  return `TY  - ${writeType(item.type)}\r\n${lines.join('')}ER  - \r\n`;
}

function listLines(item: CslItem): Line[] {
  return [
    ['ID', toLine(item['citation-key'] ?? item.id)],
    ...NAMES.flatMap(([variable, [tag = '']]) => {
      const names = item[variable] ?? [];
      return names.map((name, index): Line => [tag, toLine(writeName(name, index === names.length - 1))]);
    }),
    ...TEXTS.map(([variable, [tag = '']]): Line => [tag, toLine(item[variable])]),
    ['T2', toLine(item['container-title'])],
    ...listDates(item),
    ['ET', toLine(hasVersion(item.type) ? item.version : item.edition)],
    ...listPages(item),
    ['SN', toLine(item.ISSN)],
    ['SN', toLine(item.ISBN)],
    ['DO', toLine(item.DOI)],
    ['DB', item.archive && item.archive_location && toLine(item.archive)],
    ['AV', item.archive && toLine(item.archive_location)],
    ['UR', pageOf(item)],
    // The first URL is read as that of the work.
    ...(pageOf(item) === null ? [] : otherLinksOf(item)).map((url): Line => ['UR', url]),
    ['L1', linksOf(item).find(([kind]) => kind === 'paper')?.[1]],
    ...(item.keyword ?? '').split(',').map((word): Line => ['KW', toLine(word)]),
    ['AB', toLines(item.abstract)],
    ['N1', toLines(item.note)],
    ...writeLabelledNotes(item).map((note): Line => ['N1', toLine(note)]),
  ];
}

function toLine(text: string | undefined): string | undefined {
  return text?.replace(/(?<!\s)\s*[\r\n\u2028\u2029]\s*/g, ' ').trim();
}

/** Indents continuation lines by a space, so that none is taken for a tag. */
function toLines(text: string | undefined): string | undefined {
  return text?.replace(/\r\n?|\n/g, '\r\n ');
}

function listDates({ issued = {}, accessed = {} }: CslItem): Line[] {
  const [parts = []] = partsOf(issued);
  const [year] = parts;
  return [
    ['PY', year === undefined ? toLine(issued.literal) : toYear(year)],
    ['DA', parts.length > 1 ? toRisDate(issued) : null],
    ['Y2', toRisDate(accessed)],
  ];
}

/** Writes `2017/06/12/`. Unknown parts are empty. */
function toRisDate(date: CslDate): string | null {
  const [parts] = partsOf(date);
  if (parts === undefined) return null;
  const [year = 0, ...rest] = parts;
  return `${[toYear(year), ...rest.map((part) => String(part).padStart(2, '0')), '', ''].slice(0, 3).join('/')}/`;
}

function toYear(year: number): string {
  return `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}`;
}

function listPages(item: CslItem): Line[] {
  const { type, page } = item;
  if (!page) return [['SP', hasCountInPages(item) ? item['number-of-pages'] : null]];
  const [{ start, end } = { start: page, end: null }, ...others] = splitPages(page);
  if (end === null || start === end || others.length > 0) return listPage(type, page);
  return [
    ['SP', toLine(start)],
    ['EP', toLine(end)],
  ];
}

/** For a book, a single number in `SP` is its number of pages, so a single page needs an end page too. */
function listPage(type: CslType, page: string): Line[] {
  const isCount = hasPageCount(type) && /^\d+$/.test(page);
  return [
    ['SP', toLine(page)],
    ['EP', isCount ? page : null],
  ];
}
