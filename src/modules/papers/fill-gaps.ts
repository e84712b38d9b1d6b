import { keyOf } from './identifiers/identifier.ts';
import { placeIdentifiers } from './place-identifiers.ts';
import { type PaperRow, presentPaperFields } from './present.ts';
import { MAX_LINKS, type PaperInput, type PaperPatch } from './schemas.ts';

/**
 * What another source adds to a paper: what is empty there, and what can stand beside the rest. Nothing that
 * somebody typed is changed.
 */
export function fillGaps(row: PaperRow, source: PaperInput): PaperPatch {
  const paper = presentPaperFields(row);
  return {
    ...complete(row, source),
    ...(paper.authors.length === 0 && source.authors?.length
      ? { authors: source.authors, hasMoreAuthors: source.hasMoreAuthors ?? false }
      : {}),
    ...ifEmpty('year', paper, source),
    ...ifEmpty('venue', paper, source),
    ...ifEmpty('abstract', paper, source),
    ...ifEmpty('licence', paper, source),
    ...(paper.results.length === 0 && source.results?.length ? { results: source.results } : {}),
    ...addIdentifiers(row, source),
    ...addLinks(paper.links, source),
    ...addStatuses(paper.statuses, source),
    ...addVariables(paper.csl, source),
  };
}

/** Of a paper that was imported by an identifier alone the title is a placeholder, until somebody types one. */
function complete({ incomplete, title, identifiers }: PaperRow, source: PaperInput): PaperPatch {
  const placeholders = identifiers.map(placeholderTitle);
  if (!incomplete || placeholders.includes(source.title)) return {};
  return { incomplete: false, ...(placeholders.includes(title) ? { title: source.title } : {}) };
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

function addStatuses(statuses: PaperInput['statuses'] & object, source: PaperInput): PaperPatch {
  const known = new Set(statuses.map(({ status }) => status));
  const fresh = (source.statuses ?? []).filter(({ status }) => !known.has(status));
  return fresh.length > 0 ? { statuses: [...statuses, ...fresh] } : {};
}

function addVariables(csl: PaperInput['csl'] & object, source: PaperInput): PaperPatch {
  const merged = { ...source.csl, ...csl };
  return Object.keys(merged).length > Object.keys(csl).length ? { csl: merged } : {};
}
