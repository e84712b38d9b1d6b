import type { Reference } from './reference.ts';

type Keys = { first: string; year: number; title: string };

/**
 * A fixed locale, so that the order does not depend on the machine. `Li, Z.` sorts before `Lin, A.` Making a collator takes
 * 30 ms, so it is made when it is needed.
 */
let collator: Intl.Collator | undefined;

/** Sorts by lead, or by title if there is none; then by year, undated first; then by title. The sort is stable. */
export function sortReferences(
  references: readonly Reference[],
  leadOf: (reference: Reference) => string,
): Reference[] {
  return references
    .map((reference) => ({ reference, keys: keysOf(reference, leadOf(reference)) }))
    .sort((a, b) => compareKeys(a.keys, b.keys))
    .map(({ reference }) => reference);
}

function keysOf({ title, issued }: Reference, lead: string): Keys {
  const sortTitle = title.replace(/^(?:an?|the)\s+/i, '');
  return { first: lead || sortTitle, year: issued.sortYear, title: sortTitle };
}

function compareKeys(a: Keys, b: Keys): number {
  collator ??= new Intl.Collator('en', { numeric: true });
  return (
    collator.compare(a.first, b.first) || compareYears(a.year, b.year) || collator.compare(a.title, b.title)
  );
}

/** Subtraction alone would give NaN for two infinite years. */
function compareYears(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
