import type { CslDate, CslName, CslType } from '../csl/csl.ts';
import { readDate } from '../csl/dates.ts';
import { joinKeywords } from '../csl/keywords.ts';
import type { Draft, Fault } from '../reading/drafts.ts';
import { isArxiv, readArxivDoi, readArxivId, readArxivVenue } from '../text/arxiv.ts';
import { moveOthersLast } from '../text/others.ts';
import { joinPages, normalizePages, splitRange } from '../text/pages.ts';
import { readDoi } from '../text/read-address.ts';
import { readLanguage } from '../text/read-language.ts';
import { takeLabelledNotes } from './labelled-notes.ts';
import { readNames } from './names.ts';
import { readAddresses } from './read-addresses.ts';
import { isMore, readIssued } from './read-ris-date.ts';
import { type RisRecord, splitRecords } from './split-records.ts';
import { TagReader } from './tag-reader.ts';
import { CONTAINERS, hasPageCount, hasVersion, NAMES, readType, TEXTS } from './tags.ts';

/** Programs without a type for preprints use one of these. */
const POSSIBLE_PREPRINTS: readonly CslType[] = ['article-journal', 'document', 'webpage'];

type Variables = Record<string, unknown>;

export function* readRis(text: string): Generator<Draft | Fault | null> {
  for (const record of splitRecords(text)) yield record && ('fault' in record ? record : readRecord(record));
}

function readRecord({ line, type, lines, notices }: RisRecord): Draft {
  const reader = new TagReader(lines);
  const key = reader.take('ID');
  const variables = {
    ...readVariables(readType(type), reader),
    ...(key !== null && { 'citation-key': key }),
  };
  return { line, key, variables, ignored: reader.listUnread(), notices };
}

function readVariables(type: CslType, reader: TagReader): Variables {
  const names = NAMES.map(([variable, tags]) => [variable, takeNames(reader, tags)] as const);
  const { notes, variables: labelled } = takeLabelledNotes(reader.takeParagraphs('N1'));
  const eprint = readEprint(reader, notes);
  const variables: Variables = {
    type: eprint.isPreprint && POSSIBLE_PREPRINTS.includes(type) ? 'article' : type,
    ...Object.fromEntries(names.filter(([, list]) => list.length > 0)),
    issued: readIssued(reader),
    accessed: readAccessed(reader),
    ...readPages(type, reader),
    PMCID: readPmcid(reader),
    ...readDois(reader),
    ...readSerials(reader),
    ...readTitles(type, reader),
    ...Object.fromEntries(TEXTS.map(([variable, tags]) => [variable, reader.take(...tags)])),
    [hasVersion(type) ? 'version' : 'edition']: readEdition(reader),
    keyword: joinKeywords(reader.takeList('KW').join(', ')) || null,
    abstract: reader.takeParagraphs('AB', 'N2')[0] ?? null,
    note: eprint.notes.join('\n') || null,
    ...eprint.variables,
    ...labelled,
  };
  if (typeof variables.language === 'string') variables.language = readLanguage(variables.language);
  Object.assign(variables, readAddresses(reader, labelled));
  return Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== null && value !== undefined),
  );
}

/** Some files repeat the names under another tag. PubMed repeats them as full names. */
function takeNames(reader: TagReader, tags: readonly string[]): CslName[] {
  const lists = tags.map((tag) => reader.takeAll(tag).flatMap(readNames));
  const full = tags.includes('AU') ? reader.takeAll('FAU').flatMap(readNames) : [];
  if (full.length > 0) return moveOthersLast(full);
  const [first = [], ...others] = lists.filter((list) => list.length > 0);
  const known = new Set(first.map((name) => JSON.stringify(name)));
  return moveOthersLast([...first, ...others.flat().filter((name) => !known.has(JSON.stringify(name)))]);
}

/** PubMed uses `ET` for the date of first online publication, which is not an edition. */
function readEdition(reader: TagReader): string | null {
  const edition = reader.take('ET');
  if (edition === null || !/^\d{4}\/\d/.test(edition)) return edition;
  reader.putBack('ET', edition);
  return null;
}

/** Many files repeat the journal name under three tags. */
function readTitles(type: CslType, reader: TagReader): Variables {
  if (type === 'book') reader.putBack('T1', reader.take('TI', 'T1', 'BT') ?? '');
  const proceedings = type === 'paper-conference' ? reader.take('C3') : null;
  // EndNote writes the conference in T2 and its proceedings in C3.
  const event = proceedings === null ? null : reader.take('T2');
  const container = proceedings ?? reader.take(...CONTAINERS);
  for (const tag of CONTAINERS) reader.drop(tag, container);
  const short = reader.take('J2', 'JA', 'JO');
  if (short !== null) {
    for (const tag of ['J2', 'JA', 'JO']) reader.drop(tag, short);
    reader.putBack('J2', short);
  }
  return { 'container-title': container, 'event-title': event };
}

function readAccessed(reader: TagReader): CslDate | null {
  const text = reader.take('Y2');
  const date = text === null ? null : readDate(text);
  if (text !== null && (date?.['date-parts'] === undefined || isMore(text))) reader.putBack('Y2', text);
  return date?.['date-parts'] === undefined ? null : date;
}

function readPages(type: CslType, reader: TagReader): Variables {
  const [start, end] = [reader.take('SP'), reader.take('EP')];
  if (start !== null && end === null && hasPageCount(type) && /^\d+$/.test(start))
    return { 'number-of-pages': start };
  if (start === null || end === null) return { page: normalizePages(start ?? end ?? '') || null };
  // Some files have the whole range in `SP` and its end again in `EP`.
  return { page: splitRange(start).end === end ? normalizePages(start) : joinPages(start, end) };
}

/** PubMed writes the id in PubMed Central in `C2`, where other programs have something else. */
function readPmcid(reader: TagReader): string | null {
  const id = /^(?:PMCID:\s*)?(PMC\d{1,20})$/i.exec(reader.peek('C2') ?? '')?.[1];
  if (id === undefined) return null;
  reader.take('C2');
  return id.toUpperCase();
}

/** Older Springer files have the DOI in M3, the type of the work. */
function readDois(reader: TagReader): Variables {
  const doi = reader.take('DO');
  if (doi !== null) return { DOI: readDoi(doi) };
  const kind = reader.take('M3') ?? '';
  const found = readDoi(kind);
  if (/^10\.\d{4,}\//.test(found)) return { DOI: found };
  if (kind !== '') reader.putBack('M3', kind);
  return {};
}

/** `SN` holds both ISSN and ISBN. An ISSN has eight digits. EndNote writes several after each other. */
function readSerials(reader: TagReader): Variables {
  const numbers = reader
    .takeAll('SN')
    .flatMap((value) => value.split(/[;,]/))
    .map((number) => number.trim())
    .filter(Boolean);
  const isSerial = (number: string) =>
    /^\d{4}-?\d{3}[\dx](?!\d)/i.test(number) &&
    (number.replace(/\D/g, '').length < 10 || /^(?:\d{4}-\d{3}[\dx](?: \([^()]*\))? ?)+$/i.test(number));
  const [serials, books] = [numbers.filter(isSerial), numbers.filter((number) => !isSerial(number))];
  return { ISSN: serials.join(', ') || null, ISBN: books.join(', ') || null };
}

/** Finds an eprint by database and accession number, or in the journal or a note, where Zotero and Google Scholar put it. */
function readEprint(reader: TagReader, notes: string[]) {
  const tag = reader.peek('AV') === null ? 'AN' : 'AV';
  const [archive, location] = [reader.take('DB'), reader.take(tag)];
  const given = archive !== null && location !== null;
  if (given && /^pubmed$/i.test(archive)) return { notes, isPreprint: false, variables: { PMID: location } };
  if (archive !== null && location === null) reader.putBack('DB', archive);
  if (archive === null && location !== null) reader.putBack(tag, location);
  const isOfNote = (note: string) => /^arxiv/i.test(note) && findArxiv(note) !== null;
  const [venue, number] = [takeArxiv(reader, ...CONTAINERS), takeArxiv(reader, 'M1')];
  const noted = notes.map((note) => (isOfNote(note) ? findArxiv(note) : null)).find(Boolean);
  const id = venue ?? number ?? noted ?? (given ? null : takeServer(reader));
  const found = id === null ? {} : { archive: 'arXiv', archive_location: id };
  return {
    notes: notes.filter((note) => !isOfNote(note)),
    isPreprint: !given && (venue !== null || (id !== null && !hasContainer(reader))),
    variables: given ? { archive: isArxiv(archive) ? 'arXiv' : archive, archive_location: location } : found,
  };
}

function hasContainer(reader: TagReader): boolean {
  return CONTAINERS.some((tag) => reader.peek(tag) !== null);
}

/** DataCite names arXiv as the publisher and has the id only in the DOI. */
function takeServer(reader: TagReader): string | null {
  const [id, publisher] = [readArxivDoi(reader.peek('DO') ?? ''), reader.peek('PB')];
  if (id === null || !isArxiv(publisher ?? '')) return null;
  reader.drop('PB', publisher);
  return id;
}

function takeArxiv(reader: TagReader, ...tags: string[]): string | null {
  let found: string | null = null;
  for (const tag of tags) {
    const text = reader.take(tag);
    if (text === null) continue;
    const id = /arxiv|corr/i.test(text) ? findArxiv(text) : null;
    if (id === null) reader.putBack(tag, text);
    found ??= id;
  }
  return found;
}

function findArxiv(text: string): string | null {
  return readArxivVenue(text) ?? readArxivId(text);
}
