import { keyOf } from './identifiers/identifier.ts';
import { placeIdentifiers } from './place-identifiers.ts';
import { type PaperRow, presentPaperFields } from './present.ts';
import { MAX_LINKS, MAX_RESULTS, type PaperInput, type PaperPatch } from './schemas.ts';
import { MAX_STATUSES } from './status-schemas.ts';
import { guessType } from './to-csl.ts';

type Fields = ReturnType<typeof presentPaperFields>;

/**
 * What another source adds to a paper: what is empty there, and what can stand beside the rest. Nothing that
 * somebody typed is changed.
 */
export function fillGaps(row: PaperRow, source: PaperInput, isSourceIncomplete = false): PaperPatch {
  const paper = presentPaperFields(row);
  return {
    ...(row.incomplete && !isSourceIncomplete ? complete(row, source) : {}),
    ...(paper.authors.length === 0 && source.authors?.length
      ? { authors: source.authors, hasMoreAuthors: source.hasMoreAuthors ?? false }
      : {}),
    ...ifEmpty('year', paper, source),
    ...ifEmpty('venue', paper, source),
    ...ifEmpty('abstract', paper, source),
    ...ifEmpty('licence', paper, source),
    ...addResults(paper.results, source),
    ...addIdentifiers(row, source),
    ...addLinks(paper.links, source),
    ...addStatuses(paper.statuses, source),
    ...addVariables(paper, source),
  };
}

/** The title of one that was imported by an identifier alone is a placeholder, until somebody types one. */
function complete({ title, identifiers }: PaperRow, source: PaperInput): PaperPatch {
  const isPlaceholder = identifiers.some((one) => placeholderTitle(one) === title);
  return { incomplete: false, ...(isPlaceholder ? { title: source.title } : {}) };
}

/** What stands as title until the title is known. */
export function placeholderTitle({ scheme, value }: { scheme: string; value: string }): string {
  if (scheme === 'arxiv') return `arXiv:${value}`;
  return scheme === 'address' ? value : `${scheme}:${value}`;
}

function ifEmpty<F extends 'year' | 'venue' | 'abstract' | 'licence'>(
  field: F,
  paper: Record<F, unknown>,
  source: PaperInput,
): PaperPatch {
  const isEmpty = paper[field] === null || paper[field] === '';
  const given = source[field];
  return isEmpty && given !== undefined && given !== null && given !== '' ? { [field]: given } : {};
}

function addIdentifiers(row: PaperRow, source: PaperInput): PaperPatch {
  const known = new Set(row.identifiers.map(keyOf));
  const fresh = (placeIdentifiers(source, []) ?? []).filter((one) => !known.has(keyOf(one)));
  if (fresh.length === 0) return {};
  const all = [...row.identifiers, ...fresh];
  return { identifiers: all.map(({ scheme, value, version }) => ({ scheme, value, version })) };
}

function addLinks(links: PaperInput['links'] & object, source: PaperInput): PaperPatch {
  const known = new Set(links.map(({ url }) => url));
  const fresh = (source.links ?? []).filter(({ url }) => !known.has(url));
  return fresh.length > 0 && links.length < MAX_LINKS
    ? { links: [...links, ...fresh].slice(0, MAX_LINKS) }
    : {};
}

function addResults(results: PaperInput['results'] & object, source: PaperInput): PaperPatch {
  const keyOfResult = ({ benchmark, metric, value }: (typeof results)[number]) =>
    `${benchmark} ${metric} ${value}`;
  const known = new Set(results.map(keyOfResult));
  const fresh = (source.results ?? []).filter((result) => !known.has(keyOfResult(result)));
  return fresh.length > 0 && results.length < MAX_RESULTS
    ? { results: [...results, ...fresh].slice(0, MAX_RESULTS) }
    : {};
}

function addStatuses(statuses: PaperInput['statuses'] & object, source: PaperInput): PaperPatch {
  const known = new Set(statuses.map(statusKey));
  const fresh = (source.statuses ?? []).filter((entry) => !known.has(statusKey(entry)));
  return fresh.length > 0 ? { statuses: [...statuses, ...fresh].slice(0, MAX_STATUSES) } : {};
}

/** A work appears once, and may be corrected again and again. */
function statusKey({ status, date }: { status: string; date: string }): string {
  return status === 'preprint' || status === 'published' ? status : `${status} ${date}`;
}

function addVariables(paper: Fields, source: PaperInput): PaperPatch {
  const added = { ...withoutOwnMarks(paper, source), ...paper.csl };
  const merged = { ...added, ...variablesOfPublished(paper, source) };
  const isMore = Object.keys(merged).length > Object.keys(paper.csl).length || merged.type !== paper.csl.type;
  return isMore ? { csl: merged } : {};
}

/** What an export of ours says of a paper that says nothing of it: its key, and the type that was guessed. */
function withoutOwnMarks(paper: Fields, { csl = {} }: PaperInput): Fields['csl'] {
  const { 'citation-key': _key, type, ...rest } = csl;
  return type === undefined || type === guessType(paper) ? rest : { ...rest, type };
}

/** A preprint that has found a venue is cited as what was published. */
function variablesOfPublished({ venue, csl }: Fields, source: PaperInput): Fields['csl'] {
  const { type, publisher } = source.csl ?? {};
  const isPreprint = venue === null && (csl.type ?? 'article') === 'article';
  if (!isPreprint || !source.venue || type === undefined || type === 'article') return {};
  return { type, ...(publisher === undefined ? {} : { publisher }) };
}
