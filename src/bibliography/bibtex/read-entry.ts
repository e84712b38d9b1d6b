import type { CslType } from '../csl/csl.ts';
import { CustomDraft, LINK_KINDS } from '../csl/custom.ts';
import { joinKeywords } from '../csl/keywords.ts';
import { isPdfAddress } from '../csl/page-address.ts';
import { joinTitle } from '../text/join-title.ts';
import { withoutMarkupInText } from '../text/markup.ts';
import { normalizePages } from '../text/pages.ts';
import { readAddress, readDoi } from '../text/read-address.ts';
import { readLanguage } from '../text/read-language.ts';
import { isKeptType, readEntryType, readKind, readThesis } from './entry-types.ts';
import type { FieldReader } from './field-reader.ts';
import { containerFields, DATES, NAMES, numberFields, publisherFields, SUBTITLES, TEXTS } from './fields.ts';
import { readMarked } from './protected-words.ts';
import { readAuthors } from './read-authors.ts';
import { readDateField, readIssued } from './read-bibtex-date.ts';
import { readEprint } from './read-eprint.ts';

type Variables = Record<string, unknown>;

/** Converts the fields of an entry to CSL variables. Fields with no CSL variable stay unread. */
export function readEntry(entryType: string, reader: FieldReader): Variables {
  const custom = new CustomDraft();
  const eprint = readEprint(reader, custom);
  const type = readEntryType(
    entryType,
    reader.take('entrysubtype') ?? '',
    eprint !== null && !hasContainer(reader),
  );
  const protectedWords: string[] = [];
  const title = readTitle(reader, protectedWords);
  if (protectedWords.length > 0) custom.bibtex.protectedWords = [...new Set(protectedWords)].slice(0, 200);
  if (isKeptType(entryType)) custom.bibtex.entryType = entryType;
  const variables: Variables = {
    type,
    title,
    ...Object.fromEntries(NAMES.map(([variable, field]) => [variable, readAuthors(reader, field)])),
    'container-title': readContainer(type, reader),
    publisher: readPublisher(type, reader),
    issued: readIssued(reader),
    ...readDates(reader),
    ...readNumbers(type, reader),
    page: readPages(reader),
    DOI: readDoiField(reader),
    ...eprint,
    ...readLinks(reader, custom),
    ...readTexts(reader),
  };
  variables.genre = typeof variables.genre === 'string' ? readKind(variables.genre) : readThesis(entryType);
  return Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== null && value !== undefined),
  );
}

function hasContainer(reader: FieldReader): boolean {
  return ['journal', 'journaltitle', 'booktitle', 'maintitle'].some(
    (field) => (reader.peek(field) ?? '') !== '',
  );
}

/** Adds the words in braces to `protectedWords`. */
function readTitle(reader: FieldReader, protectedWords: string[]): string | null {
  const [title, subtitle] = ['title', 'subtitle'].map((field) => {
    const read = readMarked(reader.takeMarked(field) ?? '');
    protectedWords.push(...read.protectedWords.map(withoutMarkupInText));
    return read.text || null;
  });
  return joinTitle(title ?? null, subtitle ?? null);
}

function readContainer(type: CslType, reader: FieldReader): string | null {
  for (const field of containerFields(type)) {
    const title = reader.take(field);
    if (title !== null) return joinTitle(title, reader.take(SUBTITLES[field]));
  }
  return null;
}

/** In ACM entries, `address` is the publisher's place and `location` the conference's. */
function readTexts(reader: FieldReader): Variables {
  const texts = TEXTS.map(([variable, fields]) => {
    const isLong = variable === 'abstract' || variable === 'note';
    return [variable, isLong ? reader.takeParagraphs(...fields) : reader.take(...fields)];
  });
  const variables = Object.fromEntries(texts);
  variables['event-place'] ??= reader.take('location');
  if (typeof variables.language === 'string') variables.language = takeLanguage(reader, variables.language);
  if (typeof variables.keyword === 'string') variables.keyword = joinKeywords(variables.keyword);
  return variables;
}

/** A `langid` that repeats `language` is not reported as ignored. */
function takeLanguage(reader: FieldReader, text: string): string {
  const language = readLanguage(text);
  const primary = (tag: string) => tag.split('-')[0]?.toLowerCase();
  if (primary(readLanguage(reader.peek('langid') ?? '')) === primary(language)) reader.take('langid');
  return language;
}

function readPublisher(type: CslType, reader: FieldReader): string | null {
  for (const field of publisherFields(type)) {
    const publisher = reader.take(field);
    if (publisher !== null) return publisher;
  }
  return null;
}

function readPages(reader: FieldReader): string | null {
  const pages = reader.take('pages');
  return pages === null ? null : normalizePages(pages);
}

function readDates(reader: FieldReader): Variables {
  return Object.fromEntries(DATES.map(([variable, field]) => [variable, readDateField(reader, field)]));
}

function readNumbers(type: CslType, reader: FieldReader): Variables {
  const isInSeries = (reader.peek('series') ?? '') !== '';
  return Object.fromEntries(
    numberFields(type, isInSeries).map(([variable, fields]) => [variable, reader.take(...fields)]),
  );
}

function readDoiField(reader: FieldReader): string | null {
  const doi = reader.takeVerbatim('doi');
  return doi === null ? null : readDoi(doi);
}

/** Older entries have the URL in `howpublished = {\url{…}}`. */
function readUrl(reader: FieldReader): string | null {
  const url = takeAddress(reader, 'url');
  if (url !== null) return url;
  const source = reader.takeSource('howpublished') ?? '';
  const named = /^[^\\{}]{0,60}(?:\{\s*)?(?:\\url|\\href)\s*\{([^{}]*)\}|^\s*(https?:\/\/\S+)\s*$/i.exec(
    source,
  );
  const address = readAddress((named?.[1] ?? named?.[2] ?? '').trim());
  if (address === null && source !== '') reader.putBack('howpublished');
  return address;
}

/** Takes a URL. A value that is not a URL, or holds several, stays unread. */
function takeAddress(reader: FieldReader, field: string): string | null {
  const text = reader.takeVerbatim(field);
  const [first = '', ...others] = (text ?? '')
    .replace(/^\\url\s*/, '')
    .split(/(?<![\s;,])[\s;,]+(?=https?:)/);
  const address = readAddress(first);
  if (text !== null && (address === null || others.length > 0)) reader.putBack(field);
  return address;
}

function readLinks(reader: FieldReader, custom: CustomDraft): Variables {
  const page = readUrl(reader);
  return { ...readCustom(reader, custom, page), URL: page };
}

/** Some programs also write the address of the page into `pdf`. */
function readCustom(reader: FieldReader, custom: CustomDraft, page: string | null): Variables {
  custom.licence = reader.take('copyright', 'license', 'licence', 'rights');
  for (const kind of LINK_KINDS) {
    const url = takeAddress(reader, kind === 'paper' ? 'pdf' : kind);
    if (url !== null && (url !== page || isPdfAddress(url))) custom.addLink(kind, url);
  }
  for (const field of ['openreview', 'semanticscholar', 'identifiers']) {
    for (const identifier of reader.takeVerbatim(field)?.split(' ') ?? [])
      custom.addIdentifier(field === 'identifiers' ? identifier : withScheme(field, identifier));
  }
  return custom.toVariables();
}

function withScheme(scheme: string, identifier: string): string {
  return /^(?:https?|openreview|semanticscholar|s2):/i.test(identifier)
    ? identifier
    : `${scheme}:${identifier}`;
}
