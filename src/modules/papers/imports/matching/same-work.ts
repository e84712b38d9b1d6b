import { partsOf, toAuthor } from '../../authors/authors.ts';
import { lettersOf } from '../../authors/work-key.ts';
import { type Identifier, readIdentifier, type Scheme } from '../../identifiers/identifier.ts';
import type { PaperInput } from '../../record/schemas.ts';

/** Properties that distinguish works with the same title and first author */
export type Traits = {
  /** Given name of the first author. Null without authors. */
  given: string | null;
  year: number | null;
  venue: string | null;
  volume: string | null;
  page: string | null;
  identifiers: readonly Pick<Identifier, 'scheme' | 'value'>[];
};

/** Between a preprint and its publication, or between online and print publication */
const MAX_YEARS_APART = 2;
/** A work has at most one of each, so a different one means a different work. */
const DISTINGUISHING_SCHEMES: readonly Scheme[] = ['arxiv', 'doi', 'openreview'];

/** Whether two records are the same work. Works of a series with the same title, such as yearly prefaces, are not. */
export function isSameWork(one: Traits, other: Traits): boolean {
  const differ = (trait: 'venue' | 'volume' | 'page') =>
    one[trait] !== null && other[trait] !== null && lettersOf(one[trait]) !== lettersOf(other[trait]);
  if (differ('page') || differ('volume') || !isTimeNear(one, other) || !isSameName(one, other)) return false;
  if (one.year !== other.year && differ('venue')) return false;
  return DISTINGUISHING_SCHEMES.every((scheme) => {
    const [a, b] = [valuesOf(one, scheme), valuesOf(other, scheme)];
    return a.length === 0 || b.length === 0 || a.some((value) => b.includes(value));
  });
}

export function traitsOf({ authors = [], year, venue, csl = {}, identifiers = [] }: PaperInput): Traits {
  const [first] = authors;
  return {
    given: first === undefined ? null : (partsOf(toAuthor(first)).given ?? ''),
    year: year ?? null,
    venue: venue ?? null,
    volume: csl.volume ?? null,
    page: csl.page ?? null,
    identifiers: identifiers.flatMap((input) => readIdentifier(input) ?? []),
  };
}

/** Yann and Y. may be the same name; Wei and Wu are not. */
function isSameName({ given: one }: Traits, { given: other }: Traits): boolean {
  if (!one || !other) return true;
  const [a, b] = [lettersOf(one), lettersOf(other)];
  const areInitials = /^\p{L}(?:[\s.-]|\p{Lu}|$)/u.test(one) || /^\p{L}(?:[\s.-]|\p{Lu}|$)/u.test(other);
  return areInitials ? a[0] === b[0] : a.startsWith(b) || b.startsWith(a);
}

function isTimeNear({ year: one }: Traits, { year: other }: Traits): boolean {
  return one === null || other === null || Math.abs(one - other) <= MAX_YEARS_APART;
}

function valuesOf({ identifiers }: Traits, scheme: Scheme): string[] {
  return identifiers.filter((one) => one.scheme === scheme).map(({ value }) => value);
}
