import type { CslItem } from './csl/csl.ts';
import { formatApa, leadOfApa } from './styles/apa.ts';
import { formatChicago, leadOfChicago } from './styles/chicago.ts';
import { formatIeee } from './styles/ieee.ts';
import type { Reference } from './styles/reference.ts';
import { readReference } from './styles/reference.ts';
import { sortReferences } from './styles/sort-references.ts';

/**
 * Formats references as plain text. Markup is neither added nor interpreted. Titles keep their capitalization, because
 * lower-casing them would require knowing which words are proper nouns.
 */
export const STYLES = ['apa', 'ieee', 'chicago'] as const;
export type Style = (typeof STYLES)[number];

type Printer = {
  format: (reference: Reference) => string;
  /** The sort key of an entry. Null if the style numbers references in the order they are given. */
  leadOf: ((reference: Reference) => string) | null;
};

const printers: Record<Style, Printer> = {
  apa: { format: formatApa, leadOf: leadOfApa },
  ieee: { format: formatIeee, leadOf: null },
  chicago: { format: formatChicago, leadOf: leadOfChicago },
};

/** Formats one reference on one line, which ends with a full stop or a URL. */
export function formatCitation(item: CslItem, style: Style): string {
  return printers[style].format(readReference(item));
}

/** Yields one line per reference: sorted by author, year and title in APA and Chicago, numbered as given in IEEE. */
export function* listBibliography(items: readonly CslItem[], style: Style): Generator<string> {
  const { format, leadOf } = printers[style];
  const references = items.map(readReference);
  const sorted = leadOf === null ? references : sortReferences(references, leadOf);
  for (const [index, reference] of sorted.entries()) {
    yield leadOf === null ? `[${index + 1}] ${format(reference)}` : format(reference);
  }
}
