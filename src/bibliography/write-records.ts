import { writeBibtex } from './bibtex/write-bibtex.ts';
import type { CslItem } from './csl/csl.ts';
import type { Format } from './formats.ts';
import { writeRis } from './ris/write-ris.ts';
import { protectMarkup } from './text/markup.ts';

const WRITERS: Record<Format, (items: readonly CslItem[]) => string> = {
  bibtex: writeBibtex,
  ris: writeRis,
  'csl-json': (items) => `${JSON.stringify(items, null, 2)}\n`,
};

/** Writes a complete file. BibTeX and RIS leave out data that they cannot express. */
export function writeRecords(items: readonly CslItem[], format: Format): string {
  return WRITERS[format](items.map(protectMarkup));
}
