import { mapYielding } from '../lib/yield-to-event-loop.ts';
import { CitationKeys } from './bibtex/citation-keys.ts';
import type { CslItem } from './csl/csl.ts';
import { formatCitation, listBibliography } from './format-citation.ts';
import { markRetracted } from './mark-retracted.ts';
import { isStyle, type Representation } from './representations.ts';
import { writeRecords } from './write-records.ts';

/** A representation of references as text, as opposed to the operation's own JSON. */
export type Written = Exclude<Representation, 'json'>;

const RECORD_SEPARATORS = { bibtex: '\n', ris: '\r\n' } as const;

/** Writes a list of references. Yields to the event loop, because the list may be long. An empty list becomes an empty text or `[]`. */
export async function writeReferences(items: readonly CslItem[], representation: Written): Promise<string> {
  if (isStyle(representation)) {
    const lines = await mapYielding(
      listBibliography(items.map(markRetracted), representation),
      (line) => `${line}\n`,
    );
    return lines.join('');
  }
  const identified = identify(items);
  if (representation === 'csl-json') return writeRecords(identified, representation);
  const records = await mapYielding(identified, (item) => {
    // `identify` has made the ids unique.
    return writeRecords([{ ...item, 'citation-key': item.id }], representation);
  });
  return records.join(RECORD_SEPARATORS[representation]);
}

/** Writes one reference, without a number even if the style numbers its references. */
export function writeReference(item: CslItem, representation: Written): string {
  return isStyle(representation)
    ? `${formatCitation(markRetracted(item), representation)}\n`
    : writeRecords(identify([item]), representation);
}

/** Programs that read CSL-JSON need ids. They are the same as the keys in BibTeX. */
function identify(items: readonly CslItem[]): (CslItem & { id: string })[] {
  const keys = new CitationKeys();
  return items.map((item) => ({ ...item, id: item.id ?? keys.assignKey(item) }));
}
