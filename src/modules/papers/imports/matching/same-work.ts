import { partsOf, toAuthor } from '../../authors/authors.ts';
import { lettersOf } from '../../authors/work-key.ts';
import { type Identifier, readIdentifier, type Scheme } from '../../identifiers/identifier.ts';
import type { PaperInput } from '../../record/schemas.ts';

/** What tells works apart that have the same title and first author. */
export type Traits = {
  /** Of the first author; null: nobody signed it */
  given: string | null;
  year: number | null;
  venue: string | null;
  volume: string | null;
  page: string | null;
  identifiers: readonly Pick<Identifier, 'scheme' | 'value'>[];
};

/** Years between a preprint and what was published of it, or what is online and what is printed. */
const MOST_YEARS_APART = 2;
/** A work has one of each; another one means another work. */
const TELLING: readonly Scheme[] = ['arxiv', 'doi', 'openreview'];

/** Whether they are the same work, as far as can be told: a preface of each year is not. */
export function isSameWork(one: Traits, other: Traits): boolean {
  const differ = (trait: 'venue' | 'volume' | 'page') =>
    one[trait] !== null && other[trait] !== null && lettersOf(one[trait]) !== lettersOf(other[trait]);
  if (differ('page') || differ('volume') || !isTimeNear(one, other) || !isSameName(one, other)) return false;
  if (one.year !== other.year && differ('venue')) return false;
  return TELLING.every((scheme) => {
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

/** Yann and Y. may be the same, Wei and Wu are not. */
function isSameName({ given: one }: Traits, { given: other }: Traits): boolean {
  if (!one || !other) return true;
  const [a, b] = [lettersOf(one), lettersOf(other)];
  const areInitials = /^\p{L}(?:[\s.-]|\p{Lu}|$)/u.test(one) || /^\p{L}(?:[\s.-]|\p{Lu}|$)/u.test(other);
  return areInitials ? a[0] === b[0] : a.startsWith(b) || b.startsWith(a);
}

function isTimeNear({ year: one }: Traits, { year: other }: Traits): boolean {
  return one === null || other === null || Math.abs(one - other) <= MOST_YEARS_APART;
}

function valuesOf({ identifiers }: Traits, scheme: Scheme): string[] {
  return identifiers.filter((one) => one.scheme === scheme).map(({ value }) => value);
}
