import type { CslItem } from '../csl/csl.ts';
import { CitationKeys } from './citation-keys.ts';
import { writeEntryType } from './entry-types.ts';
import { listFields } from './list-fields.ts';

/** Writes one field per line, in UTF-8. BibTeX styles ignore fields they do not know. */
export function writeBibtex(items: readonly CslItem[]): string {
  const keys = new CitationKeys();
  return items.map((item) => writeEntry(item, keys.assignKey(item))).join('\n');
}

function writeEntry(item: CslItem, key: string): string {
  const { type, subtype } = writeEntryType(item);
  const fields = listFields(item, type, subtype).map(([name, value]) => `  ${name} = ${value},\n`);
  return `@${type}{${key},\n${fields.join('')}}\n`;
}
