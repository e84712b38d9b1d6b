import { partsOf, toAuthor } from '../authors.ts';
import { readIdentifier } from '../identifier-schemas.ts';
import type { Identifier, Scheme } from '../identifiers/identifier.ts';
import type { PaperInput } from '../schemas.ts';
import { titleKey } from '../title-key.ts';

/** What tells works apart beside their title. */
export type Traits = {
  /** Of the first author, in letters alone; empty: unknown */
  family: string;
  year: number | null;
  identifiers: readonly Pick<Identifier, 'scheme' | 'value'>[];
};

/** Years between a preprint and what was published of it. */
const MOST_YEARS_APART = 2;
/** A work has one of each; another one means another work. */
const TELLING: readonly Scheme[] = ['arxiv', 'doi', 'openreview'];

/** Whether two works of one title are the same one, as far as can be told. */
export function isSameWork(one: Traits, other: Traits): boolean {
  if (one.family !== other.family) return false;
  if (one.year !== null && other.year !== null && Math.abs(one.year - other.year) > MOST_YEARS_APART)
    return false;
  return TELLING.every((scheme) => {
    const [a, b] = [valuesOf(one, scheme), valuesOf(other, scheme)];
    return a.length === 0 || b.length === 0 || a.some((value) => b.includes(value));
  });
}

export function traitsOf({ authors = [], year, identifiers = [] }: PaperInput): Traits {
  const [first] = authors;
  return {
    family: first === undefined ? '' : titleKey(partsOf(toAuthor(first)).family),
    year: year ?? null,
    identifiers: identifiers.flatMap((input) => readIdentifier(input) ?? []),
  };
}

function valuesOf({ identifiers }: Traits, scheme: Scheme): string[] {
  return identifiers.filter((one) => one.scheme === scheme).map(({ value }) => value);
}
