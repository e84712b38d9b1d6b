import type { CslName } from '../csl/csl.ts';
import { tidyLine } from '../text/tidy-text.ts';
import type { FieldReader } from './field-reader.ts';
import { readNames } from './read-names.ts';

const REMEDY = 'Separate names by " and ".';

/** Reads names, and their ORCIDs from biblatex annotations: `author+an:orcid = {1="0000-0002-1825-0097"}`. */
export function readAuthors(reader: FieldReader, field: string): CslName[] | null {
  const source = reader.takeNames(field);
  if (source === null) return null;
  const { names, unclear, isSplit } = readNames(source);
  if (unclear !== null)
    reader.fault ||= `The names in the field ${field} cannot be told apart: ${quote(unclear)}. ${REMEDY}`;
  if (isSplit) reader.notices.push(`The names in the field ${field} were separated at commas. ${REMEDY}`);
  const annotation = reader.takeVerbatim(`${field}+an:orcid`) ?? '';
  for (const [, position, orcid = ''] of annotation.matchAll(/(?:^|;)\s*(\d+)\s*=\s*"?([^";]*)"?/g)) {
    const index = Number(position) - 1;
    const name = names[index];
    if (name !== undefined && orcid !== '') names[index] = { ...name, ORCID: tidyLine(orcid) };
  }
  return names.length === 0 ? null : names;
}

function quote(name: string): string {
  return JSON.stringify(tidyLine(name).slice(0, 100));
}
