import type { CslItem, CslName } from '../../../../bibliography/csl/csl.ts';
import { joinTitle } from '../../../../bibliography/text/join-title.ts';
import { parseDoi } from '../../identifiers/doi.ts';
import { toAuthors, toOrganization, toPerson } from '../reading/csl-authors.ts';
import { makeStatus, toCustom } from '../reading/details.ts';
import { toItem, unreadableAnswer } from '../reading/lenient-parsing.ts';
import { type PartialDate, readDateParts, toCslDate } from '../reading/partial-date.ts';
import { plainLine, plainParagraphs, toLine } from '../reading/registry-text.ts';
import { answer, type Message, type Name } from './message.ts';
import { readNotices } from './read-notices.ts';
import { relatedIdentifiers } from './related-identifiers.ts';
import { typeOf } from './types.ts';

/** Converts a work of Crossref. `requestedDoi` may be an alias of the work's DOI. */
export function fromMessage(given: unknown, requestedDoi: string): CslItem {
  const parsed = answer.safeParse(given);
  if (!parsed.success) throw unreadableAnswer();
  const { message } = parsed.data;
  const issued = dateOf(message);
  return toItem({
    ...describeContainer(message),
    type: typeOf(message.type),
    title: titleOf(message),
    author: toAuthors(message.author.map(toName)),
    editor: toAuthors(message.editor.slice(0, 1_000).map(toName)),
    abstract: plainParagraphs(message.abstract ?? '', 20_000),
    issued: toCslDate(issued),
    DOI: toLine(message.DOI, 500),
    custom: toCustom({
      licence: licenceOf(message),
      identifiers: identifiersOf(message, requestedDoi),
      statuses: [makeStatus(isPreprint(message) ? 'preprint' : 'published', issued), ...readNotices(message)],
    }),
  });
}

function titleOf({ title, subtitle }: Message): string | undefined {
  const [main = null, sub = null] = [title, subtitle].map(([first = '']) => plainLine(first, 1_000));
  return toLine(joinTitle(main, sub) ?? '', 1_000);
}

function toName({ name, family, given, suffix, ORCID }: Name): CslName | null {
  if (name !== undefined && family === undefined) return toOrganization(name);
  return toPerson({ family, given, suffix, orcid: ORCID });
}

/** For a chapter, Crossref lists the series before the book. */
function describeContainer(message: Message): Partial<CslItem> {
  const titles = message['container-title'].flatMap((title) => plainLine(title, 500) ?? []);
  const [first, second] = titles;
  const isInSeries = message.type === 'book-chapter' && second !== undefined;
  return {
    ...textFields({
      'container-title': isInSeries ? second : first,
      'collection-title': isInSeries ? first : undefined,
      'container-title-short': plainLine(message['short-container-title'][0] ?? '', 500),
      'event-title': plainLine(message.event?.name ?? '', 1_000),
      'event-place': plainLine(message.event?.location ?? '', 500),
      publisher: plainLine(message.publisher ?? '', 1_000),
      'publisher-place': plainLine(message['publisher-location'] ?? '', 500),
      volume: toLine(message.volume ?? '', 100),
      issue: toLine(message.issue ?? '', 100),
      page: toLine(message.page ?? '', 300),
      number: toLine(message['article-number'] ?? '', 300),
      edition: toLine(message['edition-number'] ?? '', 200),
      language: toLine(message.language ?? '', 100),
      ISSN: toLine(message.ISSN.join(', '), 300),
      ISBN: toLine(message.ISBN.map((isbn) => isbn.replace(/^.*\//, '')).join(' '), 300),
    }),
  };
}

function textFields<T extends Record<string, string | undefined>>(fields: T) {
  return Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== undefined));
}

function dateOf(message: Message): PartialDate | undefined {
  const dates = [...(isPreprint(message) ? [message.posted] : []), message.published, message.issued];
  return dates.map((date) => readDateParts(date ?? [])).find((date) => date !== undefined);
}

function isPreprint({ type, subtype }: Message): boolean {
  return type === 'posted-content' && (subtype === undefined || subtype === 'preprint');
}

/** Prefers the licence of the version of record to that of a manuscript. A licence for text mining (tdm) is not used. */
function licenceOf({ license }: Message): string | undefined {
  const rank = ['vor', 'unspecified', 'am'];
  const fit = license.filter((one) => rank.includes(one['content-version']));
  const [best] = fit.toSorted(
    (a, b) => rank.indexOf(a['content-version']) - rank.indexOf(b['content-version']),
  );
  return best && toLine(best.URL, 500);
}

/** Crossref describes a work with two DOIs under one of them. */
function identifiersOf(message: Message, requestedDoi: string): string[] {
  const isAlias = parseDoi(message.DOI) !== requestedDoi;
  return [...(isAlias ? [requestedDoi] : []), ...relatedIdentifiers(message)];
}
