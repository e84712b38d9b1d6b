import {
  endSentence,
  joinSentences,
  joinWithCommas,
  joinWithSpaces,
  label,
  parenthesize,
  quoteBefore,
} from './join-parts.ts';
import { formatVersion, labelPages } from './locators.ts';
import type { NameList } from './name-list.ts';
import { abridge, givenNameFirst, hasNoNames, isPlural, joinNames, withInitials } from './name-list.ts';
import { shortDate } from './printed-date.ts';
import type { Reference } from './reference.ts';
import { addressOf, isDoiOfArxiv } from './reference-address.ts';
import { nameThesis } from './theses.ts';

/** IEEE Reference Guide, 2023: https://journals.ieeeauthorcenter.ieee.org/your-role-in-article-production/ieee-editorial-style-manual/ */
export function formatIeee(reference: Reference): string {
  return joinWithSpaces([bodyOf(reference), onlineOf(reference)]);
}

function bodyOf(reference: Reference): string {
  const { form, type } = reference;
  if (form === 'serial') return serialOf(reference);
  if (type === 'paper-conference' && form === 'part') return proceedingsPaperOf(reference);
  if (form === 'part') return chapterOf(reference);
  if (form === 'preprint') return preprintOf(reference);
  if (form === 'talk') return talkOf(reference);
  if (type === 'book') return bookOf(reference);
  return type === 'software' ? softwareOf(reference) : reportOf(reference);
}

function serialOf(reference: Reference): string {
  const { container, publisher, volume, issue, number, pages, type } = reference;
  const isIssue = type === 'periodical';
  return lineOf(reference, [
    container || publisher,
    label('vol.', volume),
    label('no.', issue || (isIssue ? number : '')),
    labelPages(pages) || (isIssue ? '' : label('Art. no.', number)),
    dateOf(reference),
  ]);
}

function proceedingsPaperOf(reference: Reference): string {
  const { container, series, volume, eventPlace, pages } = reference;
  const where = [`in ${container}`, label('ser.', series), label('vol.', volume), eventPlace];
  return lineOf(reference, [...where, dateOf(reference), labelPages(pages)]);
}

function chapterOf(reference: Reference): string {
  const { container, series, volume, edition, editors, pages } = reference;
  const title = quoteBefore(',', reference.title);
  const book = [`in ${container}`, label('ser.', series), label('vol.', volume), edition, editorsOf(editors)];
  return withImprint(reference, [joinAuthors(reference.authors), title, ...book], [labelPages(pages)]);
}

function preprintOf(reference: Reference): string {
  const { server, arxiv } = reference;
  if (arxiv === '') return lineOf(reference, [server, dateOf(reference)]);
  return lineOf(reference, [dateOf(reference), `arXiv:${arxiv}`]);
}

function talkOf(reference: Reference): string {
  const { event, eventPlace } = reference;
  return lineOf(reference, [label('presented at', event), eventPlace, dateOf(reference)]);
}

function bookOf(reference: Reference): string {
  const { title, series, volume, edition, authors, editors } = reference;
  const lead = hasNoNames(authors) ? editorsOf(editors) : joinAuthors(authors);
  return withImprint(reference, [lead, title, label('ser.', series), label('vol.', volume), edition], []);
}

function softwareOf(reference: Reference): string {
  const { authors, title, version, publisher } = reference;
  const name = joinWithCommas([joinAuthors(authors), title, formatVersion(version, 'version')]);
  return joinSentences([name, parenthesize(dateOf(reference)), publisher, doiOf(reference)]);
}

/** Formats theses, reports, data sets, and types without a format of their own. */
function reportOf(reference: Reference): string {
  const { type, genre, publisher, place, container, number, version } = reference;
  const from = [container, publisher, place];
  if (type === 'thesis') return lineOf(reference, [nameThesis(genre, 'ieee'), ...from, dateOf(reference)]);
  const numbered = joinWithSpaces([genre || (number && (type === 'report' ? 'Rep.' : 'no.')), number]);
  return lineOf(reference, [formatVersion(version, 'version'), ...from, numbered, dateOf(reference)]);
}

function lineOf(reference: Reference, parts: readonly string[]): string {
  const start = [joinAuthors(reference.authors), quoteBefore(',', reference.title)];
  return endSentence(joinWithCommas([...start, ...parts, doiOf(reference)]));
}

/** Appends the imprint, for example `Cambridge, MA, USA: MIT Press, 2016`. */
function withImprint(reference: Reference, work: readonly string[], end: readonly string[]): string {
  const { place, publisher } = reference;
  const imprint = place && publisher ? `${place}: ${publisher}` : place || publisher;
  const rest = [dateOf(reference), ...end, doiOf(reference)];
  if (imprint === '') return endSentence(joinWithCommas([...work, ...rest]));
  return joinSentences([joinWithCommas(work), joinWithCommas([imprint, ...rest])]);
}

function joinAuthors(list: NameList): string {
  const { names, hasMore } = abridge(list, 6, 1);
  return joinNames(
    names.map((name) => givenNameFirst(withInitials(name))),
    hasMore,
    'and',
  );
}

function editorsOf(editors: NameList): string {
  return hasNoNames(editors) ? '' : `${joinAuthors(editors)}, ${isPlural(editors) ? 'Eds.' : 'Ed.'}`;
}

function dateOf({ issued, hasDay }: Reference): string {
  return shortDate(issued, hasDay);
}

function doiOf({ doi, arxiv, form }: Reference): string {
  const isRedundant = form === 'preprint' && arxiv !== '' && isDoiOfArxiv(doi);
  return isRedundant ? '' : label('doi:', doi);
}

function onlineOf(reference: Reference): string {
  const { doi, url, arxiv, form, accessed } = reference;
  const isIdentified = doi !== '' || (form === 'preprint' && arxiv !== '');
  const address = addressOf(reference);
  if (isIdentified || address === '') return '';
  const seen = url !== '' && accessed.year !== '' ? `Accessed: ${shortDate(accessed, true)}` : '';
  return joinWithSpaces([endSentence(seen), '[Online]. Available:', address]);
}
