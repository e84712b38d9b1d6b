import { CitationKeys } from './bibtex/citation-keys.ts';
import type { CslItem } from './csl.ts';
import { formatBibliography, formatCitation } from './format-citation.ts';
import { markRetracted } from './mark-retracted.ts';
import { isStyle, type Representation } from './representations.ts';
import { writeRecords } from './write-records.ts';

/** References that have no JSON of the operation's own. */
export type Written = Exclude<Representation, 'json'>;

/** A list. Of none the text is empty, but for CSL-JSON, whose list is. */
export function writeReferences(items: readonly CslItem[], representation: Written): string {
  if (!isStyle(representation)) return writeRecords(identify(items), representation);
  return items.length === 0 ? '' : `${formatBibliography(items.map(markRetracted), representation)}\n`;
}

/** One work: as a reference it has no number before it. */
export function writeReference(item: CslItem, representation: Written): string {
  return isStyle(representation)
    ? `${formatCitation(markRetracted(item), representation)}\n`
    : writeRecords(identify([item]), representation);
}

/** Programs that read CSL-JSON need an id, by which people name the work: the same as BibTeX has. */
function identify(items: readonly CslItem[]): CslItem[] {
  const keys = new CitationKeys();
  return items.map((item) => ({ id: keys.nameItem(item), ...item }));
}
