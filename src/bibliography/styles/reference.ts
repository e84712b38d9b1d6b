import type { CslItem, CslType } from '../csl/csl.ts';
import { foldText } from './join-parts.ts';
import { formatEdition, formatPages } from './locators.ts';
import type { NameList } from './name-list.ts';
import { readNames } from './name-list.ts';
import type { PrintedDate } from './printed-date.ts';
import { readDate } from './printed-date.ts';

/** An item prepared for printing in any style. Texts are on one line, and empty if unknown. */
export type Reference = ReturnType<typeof readTexts> & {
  type: CslType;
  form: Form;
  /** Whether the day is printed: it is for works dated by day rather than by volume. */
  hasDay: boolean;
  authors: NameList;
  editors: NameList;
  issued: PrintedDate;
  accessed: PrintedDate;
  pages: string;
  edition: string;
  /** The arXiv id without its prefix. */
  arxiv: string;
  /** The preprint server. */
  server: string;
};

/** Published in a serial, in a book, on a preprint server, as a talk, or on its own. */
type Form = 'serial' | 'part' | 'preprint' | 'talk' | 'whole';

const SERIALS: readonly CslType[] = [
  'article-journal',
  'article-magazine',
  'article-newspaper',
  'periodical',
  'post-weblog',
  'review',
  'webpage',
];
const PARTS: readonly CslType[] = ['chapter', 'entry-encyclopedia', 'paper-conference'];
const WITHOUT_DAY: readonly CslType[] = ['article-journal', 'review'];

export function readReference(item: CslItem): Reference {
  const texts = readTexts(item);
  const form = formOf(item.type, texts);
  const arxiv = readArxiv(item);
  return {
    ...texts,
    type: item.type,
    form,
    hasDay: form === 'talk' || (form === 'serial' && !WITHOUT_DAY.includes(item.type)),
    authors: readNames(item.author),
    editors: readNames(item.editor),
    issued: readDate(item.issued),
    accessed: readDate(item.accessed),
    pages: formatPages(foldText(item.page ?? '')),
    edition: formatEdition(foldText(item.edition ?? '')),
    arxiv,
    server: arxiv === '' ? foldText(item.archive ?? '') || texts.container || texts.publisher : 'arXiv',
  };
}

function readTexts(item: CslItem) {
  const read = (text: string | undefined) => foldText(text ?? '');
  return {
    title: read(item.title),
    container: read(item['container-title']),
    volume: read(item.volume),
    issue: read(item.issue),
    number: read(item.number),
    series: [item['collection-title'], item['collection-number']].map(read).filter(Boolean).join(' '),
    publisher: read(item.publisher),
    place: read(item['publisher-place']),
    genre: read(item.genre),
    version: read(item.version),
    event: read(item['event-title']),
    eventPlace: read(item['event-place']),
    doi: read(item.DOI),
    url: read(item.URL),
  };
}

function formOf(type: CslType, { container, event }: { container: string; event: string }): Form {
  if (SERIALS.includes(type)) return 'serial';
  if (PARTS.includes(type) && container !== '') return 'part';
  if (type === 'speech' || (type === 'paper-conference' && event !== '')) return 'talk';
  return type === 'article' ? 'preprint' : 'whole';
}

function readArxiv(item: CslItem): string {
  if (!/^\s*arxiv\s*$/i.test(item.archive ?? '')) return '';
  return foldText(item.archive_location ?? '').replace(/^arxiv:\s*/i, '');
}
