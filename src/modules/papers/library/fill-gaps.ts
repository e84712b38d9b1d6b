import { definedFields } from '../../../lib/patch.ts';
import { guessType } from '../csl/to-csl.ts';
import { keyOf } from '../identifiers/identifier.ts';
import { type PaperRow, presentPaperFields } from '../record/present.ts';
import { MAX_LINKS, MAX_RESULTS, type PaperInput, type PaperPatch } from '../record/schemas.ts';
import { MAX_STATUSES } from '../record/status-schemas.ts';
import { placeIdentifiers } from './place-identifiers.ts';

type StatusInput = NonNullable<PaperInput['statuses']>[number];
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
    ...definedFields({ results: addMissing(paper.results, source.results, resultKey, MAX_RESULTS) }),
    ...addIdentifiers(row, source),
    ...definedFields({
      links: addMissing(paper.links, source.links, ({ url }) => url, MAX_LINKS),
      statuses: addMissing<StatusInput>(paper.statuses, source.statuses, statusKey, MAX_STATUSES),
    }),
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

/** What is there, and of what is given that which is not, as far as there is room. Undefined: nothing is added. */
function addMissing<T>(
  own: readonly T[],
  given: readonly T[] | undefined,
  keyOf: (one: T) => string,
  most: number,
): T[] | undefined {
  const known = new Set(own.map(keyOf));
  const fresh = (given ?? []).filter((one) => !known.has(keyOf(one)));
  const added = [...own, ...fresh].slice(0, most);
  return added.length > own.length ? added : undefined;
}

function resultKey({
  benchmark,
  metric,
  value,
}: {
  benchmark: string;
  metric: string;
  value: number;
}): string {
  return `${benchmark} ${metric} ${value}`;
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
