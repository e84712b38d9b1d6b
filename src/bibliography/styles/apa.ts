import type { CslType } from '../csl/csl.ts';
import { joinSentences, joinWithCommas, joinWithSpaces, label, parenthesize } from './join-parts.ts';
import { formatVersion, labelPages } from './locators.ts';
import type { NameList } from './name-list.ts';
import {
  abridge,
  givenNameFirst,
  hasNoNames,
  invertName,
  isPlural,
  joinNames,
  withInitials,
} from './name-list.ts';
import { monthAndDay, UNDATED } from './printed-date.ts';
import type { Reference } from './reference.ts';
import { addressOf } from './reference-address.ts';
import { nameThesis } from './theses.ts';

const NUMBERED: Partial<Record<CslType, string>> = {
  report: 'Report',
  patent: 'Patent',
  standard: 'Standard',
};

/** APA, 7th edition: https://apastyle.apa.org/style-grammar-guidelines/references/examples */
export function formatApa(reference: Reference): string {
  const lead = leadOfApa(reference);
  const date = parenthesize(dateOf(reference));
  const title = titleOf(reference);
  const start = lead === '' ? [title, date] : [lead, date, title];
  return joinWithSpaces([joinSentences([...start, sourceOf(reference)]), addressOf(reference)]);
}

/** The names that start the reference: the authors, else the editors of a whole work. */
export function leadOfApa({ authors, editors, form }: Reference): string {
  if (!hasNoNames(authors)) return joinInverted(authors);
  if (form === 'part' || hasNoNames(editors)) return '';
  return `${joinInverted(editors)} ${roleOf(editors)}`;
}

/** Lists up to 20 names. Of a longer list, the first 19 and the last. */
function joinInverted(list: NameList): string {
  const { names, hasMore } = abridge(list, 20, 19);
  const shown = names.map((name) => invertName(withInitials(name)));
  const last = list.names.at(-1);
  if (hasMore && !list.hasMore && last) return `${shown.join(', ')}, . . . ${invertName(withInitials(last))}`;
  return hasMore || shown.length !== 2 ? joinNames(shown, hasMore, '&') : shown.join(', & ');
}

function roleOf(editors: NameList): string {
  return isPlural(editors) ? '(Eds.)' : '(Ed.)';
}

function dateOf({ issued, hasDay }: Reference): string {
  if (issued.year === '') return UNDATED;
  return hasDay ? joinWithCommas([issued.year, monthAndDay(issued)]) : issued.year;
}

function titleOf(reference: Reference): string {
  const { title } = reference;
  return joinWithSpaces([
    title,
    parenthesize(joinWithCommas(detailsOf(reference))),
    descriptionOf(reference),
  ]);
}

function detailsOf({ type, form, arxiv, genre, number, edition, volume, version }: Reference): string[] {
  if (form === 'preprint') return [arxiv && `arXiv:${arxiv}`];
  if (form !== 'whole') return [];
  const word = genre || NUMBERED[type] || '';
  const numbered = type === 'thesis' || number === '' ? '' : joinWithSpaces([word, `No. ${number}`]);
  return [edition, label('Vol.', volume), numbered, formatVersion(version, 'Version')];
}

function descriptionOf({ type, form, genre, publisher }: Reference): string {
  if (type === 'thesis') return `[${joinWithCommas([nameThesis(genre, 'apa'), publisher])}]`;
  if (type === 'dataset') return '[Data set]';
  if (type === 'software') return '[Computer software]';
  if (type === 'motion_picture') return '[Film]';
  if (form !== 'talk') return '';
  return `[${genre || (type === 'speech' ? 'Speech' : 'Paper presentation')}]`;
}

function sourceOf(reference: Reference): string {
  const { form, type, container, server, event, eventPlace } = reference;
  if (form === 'serial' && container !== '') return serialOf(reference);
  if (form === 'part') return joinSentences([bookOf(reference), publisherOf(reference)]);
  if (form === 'preprint') return server;
  if (form === 'talk') return joinWithCommas([event, eventPlace]);
  return joinSentences([container, type === 'thesis' ? '' : publisherOf(reference)]);
}

/** For example `Nature, 521(7553), 436–444`. */
function serialOf({ container, volume, issue, number, type, pages }: Reference): string {
  const isIssue = type === 'periodical';
  const inVolume = `${volume}${parenthesize(issue || (isIssue ? number : ''))}`;
  return joinWithCommas([container, inVolume, pages || (isIssue ? '' : label('Article', number))]);
}

function bookOf({ editors, container, edition, volume, pages }: Reference): string {
  const names = joinGivenNameFirst(editors);
  const where = parenthesize(joinWithCommas([edition, label('Vol.', volume), labelPages(pages)]));
  const book = joinWithSpaces([container, where]);
  return `In ${joinWithCommas([names && `${names} ${roleOf(editors)}`, book])}`;
}

function joinGivenNameFirst(list: NameList): string {
  const { names, hasMore } = abridge(list, 20, 19);
  return joinNames(
    names.map((name) => givenNameFirst(withInitials(name))),
    hasMore,
    '&',
  );
}

/** Omits the publisher if it is also the author. */
function publisherOf({ authors, publisher }: Reference): string {
  return authors.names.length === 1 && authors.names[0]?.family === publisher ? '' : publisher;
}
