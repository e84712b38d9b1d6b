import { definedFields } from '../../../lib/patch.ts';
import { guessType } from '../csl/to-csl.ts';
import { type Identifier, keyOf, parseIdentifier } from '../identifiers/identifier.ts';
import { type PaperChanges, paperColumns } from '../record/paper-columns.ts';
import { presentPaperFields, type StoredPaper } from '../record/present.ts';
import { MAX_LINKS, MAX_RESULTS, type PaperInput } from '../record/schemas.ts';
import { MAX_STATUSES } from '../record/status-schemas.ts';
import { resolvePatch } from './resolve-identifiers.ts';

type StatusInput = NonNullable<PaperInput['statuses']>[number];
type Fields = ReturnType<typeof presentPaperFields>;

/** An existing paper, or one that is about to be created */
export type FillablePaper = StoredPaper & { incomplete: boolean };

/** Another record of the same work. It is incomplete if it has only an identifier. */
export type PaperSource = { input: PaperInput; isIncomplete: boolean };

/**
 * Fills the gaps of a paper from several sources in order, so that the first source with a value wins. Returns all
 * changes, and what each source added.
 */
export function fillGapsFrom<S extends PaperSource>(
  paper: FillablePaper,
  sources: readonly S[],
): { changes: PaperChanges; added: Map<S, PaperChanges> } {
  let filled = paper;
  let changes: PaperChanges = {};
  const added = new Map<S, PaperChanges>();
  for (const source of sources) {
    const more = fillGaps(filled, source);
    filled = withChanges(filled, more);
    changes = { ...changes, ...more };
    added.set(source, more);
  }
  return { changes, added };
}

/** Applies changes to the paper in memory. */
export function withChanges(paper: FillablePaper, changes: PaperChanges): FillablePaper {
  return {
    ...paper,
    ...paperColumns(changes, presentPaperFields(paper)),
    identifiers: changes.identifiers ?? paper.identifiers,
  };
}

/**
 * Returns the values of the source for empty fields, and the list entries that the paper lacks. Existing values are
 * never changed.
 */
export function fillGaps(row: FillablePaper, { input, isIncomplete }: PaperSource): PaperChanges {
  const paper = presentPaperFields(row);
  return {
    ...(row.incomplete && !isIncomplete ? complete(row, input) : {}),
    ...(paper.authors.length === 0 && input.authors?.length
      ? { authors: input.authors, hasMoreAuthors: input.hasMoreAuthors ?? false }
      : {}),
    ...ifEmpty('year', paper, input),
    ...ifEmpty('venue', paper, input),
    ...ifEmpty('abstract', paper, input),
    ...ifEmpty('licence', paper, input),
    ...definedFields({ results: addMissing(paper.results, input.results, resultKey, MAX_RESULTS) }),
    ...addIdentifiers(row, paper, input),
    ...definedFields({
      links: addMissing(paper.links, input.links, ({ url }) => url, MAX_LINKS),
      statuses: addMissing<StatusInput>(paper.statuses, input.statuses, statusKey, MAX_STATUSES),
    }),
    ...addVariables(paper, input),
  };
}

/** A paper that was imported by its identifier has a placeholder title until an editor or a source provides the title. */
function complete({ title, identifiers }: FillablePaper, source: PaperInput): PaperChanges {
  const isPlaceholder = identifiers.some((one) => placeholderTitle(one) === title);
  return { incomplete: false, ...(isPlaceholder ? { title: source.title } : {}) };
}

/** The title of a paper of which only an identifier is known. */
export function placeholderTitle({ scheme, value }: { scheme: string; value: string }): string {
  if (scheme === 'arxiv') return `arXiv:${value}`;
  return scheme === 'address' ? value : `${scheme}:${value}`;
}

function ifEmpty<F extends 'year' | 'venue' | 'abstract' | 'licence'>(
  field: F,
  paper: Record<F, unknown>,
  source: PaperInput,
): PaperChanges {
  const isEmpty = paper[field] === null || paper[field] === '';
  const given = source[field];
  return isEmpty && given !== undefined && given !== null && given !== '' ? { [field]: given } : {};
}

/** A page that the paper links to does not become its identifier. */
function addIdentifiers({ identifiers }: FillablePaper, { links }: Fields, source: PaperInput): PaperChanges {
  const linked = links.flatMap(({ url }) => parseIdentifier(url) ?? []).filter(isAddress);
  const known = new Set([...identifiers, ...linked].map(keyOf));
  const given = resolvePatch(source, []).identifiers ?? [];
  const missing = given.filter((one) => !known.has(keyOf(one)));
  return missing.length > 0 ? { identifiers: [...identifiers, ...missing] } : {};
}

function isAddress({ scheme }: Identifier): boolean {
  return scheme === 'address';
}

/** Returns the list with the missing entries appended, up to `max` entries, or undefined if nothing was added. */
function addMissing<T>(
  own: readonly T[],
  given: readonly T[] | undefined,
  keyOf: (one: T) => string,
  max: number,
): T[] | undefined {
  const known = new Set(own.map(keyOf));
  const missing = (given ?? []).filter((one) => !known.has(keyOf(one)));
  const all = [...own, ...missing].slice(0, max);
  return all.length > own.length ? all : undefined;
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

/** A work becomes a preprint once and is published once, but may be corrected several times. */
function statusKey({ status, date }: { status: string; date: string }): string {
  return status === 'preprint' || status === 'published' ? status : `${status} ${date}`;
}

function addVariables(paper: Fields, source: PaperInput): PaperChanges {
  const added = { ...withoutExportDefaults(paper, source), ...paper.csl };
  const merged = { ...added, ...variablesOfPublished(paper, source) };
  const isMore = Object.keys(merged).length > Object.keys(paper.csl).length || merged.type !== paper.csl.type;
  return isMore ? { csl: merged } : {};
}

/** Drops what an export of Masthead adds: the citation key, and the type if it equals the guessed one. */
function withoutExportDefaults(paper: Fields, { csl = {} }: PaperInput): Fields['csl'] {
  const { 'citation-key': _key, type, ...rest } = csl;
  return type === undefined || type === guessType(paper) ? rest : { ...rest, type };
}

/** If the source says that a preprint was published, the paper is cited as the publication. */
function variablesOfPublished({ venue, csl }: Fields, source: PaperInput): Fields['csl'] {
  const { type, publisher } = source.csl ?? {};
  const isPreprint = venue === null && (csl.type ?? 'article') === 'article';
  if (!isPreprint || !source.venue || type === undefined || type === 'article') return {};
  return { type, ...(publisher === undefined ? {} : { publisher }) };
}
