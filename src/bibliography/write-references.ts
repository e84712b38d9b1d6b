import { mapYielding } from '../lib/yield-to-event-loop.ts';
import { CitationKeys } from './bibtex/citation-keys.ts';
import type { CslItem } from './csl/csl.ts';
import { formatCitation, listBibliography } from './format-citation.ts';
import { markRetracted } from './mark-retracted.ts';
import { isStyle, type Representation } from './representations.ts';
import { writeRecords } from './write-records.ts';

/** References that have no JSON of the operation's own. */
export type Written = Exclude<Representation, 'json'>;

/** What stands between two records of a file. */
const BETWEEN = { bibtex: '\n', ris: '\r\n' } as const;

/** A list, in turns with other work: it may be long. Of none the text is empty, but for CSL-JSON, whose list is. */
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
    // Of two with one key each has its own here.
    return writeRecords([{ ...item, 'citation-key': item.id }], representation);
  });
  return records.join(BETWEEN[representation]);
}

/** One work: as a reference it has no number before it. */
export function writeReference(item: CslItem, representation: Written): string {
  return isStyle(representation)
    ? `${formatCitation(markRetracted(item), representation)}\n`
    : writeRecords(identify([item]), representation);
}

/** Programs that read CSL-JSON need an id, by which people name the work: the same as BibTeX has. */
function identify(items: readonly CslItem[]): (CslItem & { id: string })[] {
  const keys = new CitationKeys();
  return items.map((item) => ({ ...item, id: item.id ?? keys.nameItem(item) }));
}
