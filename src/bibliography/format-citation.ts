import type { CslItem } from './csl/csl.ts';
import { formatApa, leadOfApa } from './styles/apa.ts';
import { formatChicago, leadOfChicago } from './styles/chicago.ts';
import { formatIeee } from './styles/ieee.ts';
import type { Reference } from './styles/reference.ts';
import { readReference } from './styles/reference.ts';
import { sortReferences } from './styles/sort-references.ts';

/**
 * References as people read them, in plain text: no markup is added, none in the item is understood. Titles keep
 * the capitals that they have, since nobody can tell which words are names.
 */
export const STYLES = ['apa', 'ieee', 'chicago'] as const;
export type Style = (typeof STYLES)[number];

type Printer = {
  format: (reference: Reference) => string;
  /** Null: a list keeps the order in which its works are cited, and is numbered. */
  leadOf: ((reference: Reference) => string) | null;
};

const printers: Record<Style, Printer> = {
  apa: { format: formatApa, leadOf: leadOfApa },
  ieee: { format: formatIeee, leadOf: null },
  chicago: { format: formatChicago, leadOf: leadOfChicago },
};

/** One reference on one line, which ends with a full stop or an address. */
export function formatCitation(item: CslItem, style: Style): string {
  return printers[style].format(readReference(item));
}

/** A list of references, each a line: APA and Chicago by author, year and title, IEEE numbered as given. */
export function* listBibliography(items: readonly CslItem[], style: Style): Generator<string> {
  const { format, leadOf } = printers[style];
  const references = items.map(readReference);
  const sorted = leadOf === null ? references : sortReferences(references, leadOf);
  for (const [index, reference] of sorted.entries()) {
    yield leadOf === null ? `[${index + 1}] ${format(reference)}` : format(reference);
  }
}
