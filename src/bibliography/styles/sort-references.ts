import type { Reference } from './reference.ts';

type Keys = { first: string; year: number; title: string };

/** Their order does not depend on the language of the machine. Short before long: `Li, Z.` before `Lin, A.` */
const collator = new Intl.Collator('en', { numeric: true });

/** By who made it, else by title; then by year, undated first; then by title; else in the order given. */
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
  return (
    collator.compare(a.first, b.first) || compareYears(a.year, b.year) || collator.compare(a.title, b.title)
  );
}

/** Infinity less infinity is no number. */
function compareYears(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
