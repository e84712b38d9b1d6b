import type { CslType } from '../csl/csl.ts';
import { joinSentences, joinWithCommas, joinWithSpaces, label, parenthesize } from './join-parts.ts';
import { formatVersion, labelPages } from './locators.ts';
import type { NameList } from './name-list.ts';
import {
  abridge,
  invertName,
  isNobody,
  isSeveral,
  joinNames,
  straightenName,
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

/** Who made it. */
export function leadOfApa({ authors, editors, form }: Reference): string {
  if (!isNobody(authors)) return joinInverted(authors);
  if (form === 'part' || isNobody(editors)) return '';
  return `${joinInverted(editors)} ${roleOf(editors)}`;
}

/** Up to twenty; of more the first nineteen and the last. */
function joinInverted(list: NameList): string {
  const { names, areMore } = abridge(list, 20, 19);
  const shown = names.map((name) => invertName(withInitials(name)));
  const last = list.names.at(-1);
  if (areMore && !list.areMore && last) return `${shown.join(', ')}, . . . ${invertName(withInitials(last))}`;
  return areMore || shown.length !== 2 ? joinNames(shown, areMore, '&') : shown.join(', & ');
}

function roleOf(editors: NameList): string {
  return isSeveral(editors) ? '(Eds.)' : '(Ed.)';
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

/** Nature, 521(7553), 436–444 */
function serialOf({ container, volume, issue, number, type, pages }: Reference): string {
  const isIssue = type === 'periodical';
  const inVolume = `${volume}${parenthesize(issue || (isIssue ? number : ''))}`;
  return joinWithCommas([container, inVolume, pages || (isIssue ? '' : label('Article', number))]);
}

function bookOf({ editors, container, edition, volume, pages }: Reference): string {
  const names = joinStraight(editors);
  const where = parenthesize(joinWithCommas([edition, label('Vol.', volume), labelPages(pages)]));
  const book = joinWithSpaces([container, where]);
  return `In ${joinWithCommas([names && `${names} ${roleOf(editors)}`, book])}`;
}

function joinStraight(list: NameList): string {
  const { names, areMore } = abridge(list, 20, 19);
  return joinNames(
    names.map((name) => straightenName(withInitials(name))),
    areMore,
    '&',
  );
}

/** One that is also the author is not named again. */
function publisherOf({ authors, publisher }: Reference): string {
  return authors.names.length === 1 && authors.names[0]?.family === publisher ? '' : publisher;
}
