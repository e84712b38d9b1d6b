import {
  joinSentences,
  joinWithCommas,
  joinWithSpaces,
  label,
  parenthesize,
  quoteBefore,
} from './join-parts.ts';
import { formatVersion, shortenRanges } from './locators.ts';
import type { NameList } from './name-list.ts';
import { abridge, givenNameFirst, hasNoNames, invertName, isPlural, joinNames } from './name-list.ts';
import { monthAndDay, UNDATED } from './printed-date.ts';
import type { Reference } from './reference.ts';
import { addressOf } from './reference-address.ts';
import { nameThesis } from './theses.ts';

/**
 * The Chicago Manual of Style, 18th edition, reference list of the author-date system:
 * https://www.chicagomanualofstyle.org/tools_citationguide/citation-guide-2.html
 */
export function formatChicago(reference: Reference): string {
  const lead = leadOfChicago(reference);
  const year = reference.issued.year || UNDATED;
  const title = titleOf(reference);
  const start = lead === '' ? [title, year] : [lead, year, title];
  return joinSentences([...start, ...sourceOf(reference), addressOf(reference)]);
}

/** The names that start the reference: the authors, else the editors of a whole work. */
export function leadOfChicago({ authors, editors, form }: Reference): string {
  if (!hasNoNames(authors)) return joinFirstInverted(authors);
  if (form === 'part' || hasNoNames(editors)) return '';
  return `${joinFirstInverted(editors)}, ${isPlural(editors) ? 'eds.' : 'ed.'}`;
}

/** Lists up to six names. Of a longer list, the first three. A comma follows an inverted first name before "and". */
function joinFirstInverted(list: NameList): string {
  const { names, hasMore } = abridge(list, 6, 3);
  const shown = names.map((name, index) => (index === 0 ? invertName(name) : givenNameFirst(name)));
  const isPair = shown.length === 2 && !hasMore && list.names[0]?.given !== '';
  return isPair ? shown.join(', and ') : joinNames(shown, hasMore, 'and');
}

function joinGivenNameFirst(list: NameList): string {
  const { names, hasMore } = abridge(list, 6, 3);
  return joinNames(names.map(givenNameFirst), hasMore, 'and');
}

/** Titles of parts and of unpublished works are in quotation marks. */
function titleOf({ title, form, type }: Reference): string {
  return form === 'whole' && type !== 'thesis' ? title : quoteBefore('.', title);
}

function sourceOf(reference: Reference): string[] {
  const { form, container, publisher, series, arxiv, server, issued, type } = reference;
  if (form === 'serial' && container !== '') return [...serialOf(reference), accessOf(reference)];
  if (form === 'serial') return [publisher, monthOf(reference), accessOf(reference)];
  if (form === 'part') return [bookOf(reference), series, publisher];
  if (form === 'talk') return [talkOf(reference)];
  if (form === 'whole') return type === 'thesis' ? [thesisOf(reference)] : wholeOf(reference);
  return [joinWithCommas(['Preprint', arxiv ? `arXiv:${arxiv}` : server, monthAndDay(issued)])];
}

/** For example `Nature 521 (7553): 436–44` or `Newsletter, no. 12, December 1`. */
function serialOf(reference: Reference): string[] {
  const { type, container, volume, pages, number, hasDay } = reference;
  const isIssue = type === 'periodical';
  const issue = reference.issue || (isIssue ? number : '');
  const name = joinWithSpaces([container, volume, volume && parenthesize(issue)]);
  const numbered = joinWithCommas([name, volume === '' ? label('no.', issue) : '']);
  if (type === 'webpage') return [numbered, monthOf(reference)];
  if (hasDay) return [joinWithCommas([numbered, monthOf(reference)])];
  const where = shortenRanges(pages) || number;
  if (where === '') return [numbered];
  return [volume || issue ? `${numbered}: ${where}` : joinWithCommas([numbered, where])];
}

function monthOf({ issued, hasDay }: Reference): string {
  return hasDay ? monthAndDay(issued) : '';
}

/** Gives the access date only if no publication date is known. */
function accessOf({ issued, accessed, url, doi }: Reference): string {
  const isShown = issued.year === '' && accessed.year !== '' && url !== '' && doi === '';
  return isShown ? `Accessed ${joinWithCommas([monthAndDay(accessed), accessed.year])}` : '';
}

function bookOf({ container, edition, volume, editors, pages }: Reference): string {
  const edited = label('edited by', joinGivenNameFirst(editors));
  const where = [edition, label('vol.', volume), edited, shortenRanges(pages)];
  return `In ${joinWithCommas([container, ...where])}`;
}

function talkOf({ genre, event, eventPlace, issued }: Reference): string {
  const presented = event === '' ? genre : `${genre || 'Paper'} presented at ${event}`;
  return joinWithCommas([presented, eventPlace, monthAndDay(issued)]);
}

function thesisOf({ genre, publisher }: Reference): string {
  return joinWithCommas([nameThesis(genre, 'chicago'), publisher]);
}

/** The 18th edition no longer requires the place of publication. */
function wholeOf(reference: Reference): string[] {
  const { edition, volume, version, genre, number, type, container, series, publisher } = reference;
  const kind = genre || (type === 'dataset' ? 'Dataset' : number && 'No.');
  const parts = [edition, label('Vol.', volume), formatVersion(version, 'Version')];
  return [...parts, joinWithSpaces([kind, number]), container, series, publisher];
}
