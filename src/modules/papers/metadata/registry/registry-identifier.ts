import type { CslItem } from '../../../../bibliography/csl/csl.ts';
import { parseArxivId } from '../../identifiers/arxiv-id.ts';
import { parseDoi } from '../../identifiers/doi.ts';
import type { Identifier } from '../../identifiers/identifier.ts';

/** The value is an arXiv id without version ('2201.12086', 'cs/0112017'), or a DOI in lower case. */
export type RegistryIdentifier = { scheme: 'arxiv' | 'doi'; value: string };

export type LookUpAnswer =
  | { outcome: 'found'; item: CslItem }
  /** The work does not exist at the registries. */
  | { outcome: 'unknown' }
  /** The registries could not be queried; try later. The reason is for logs and contains no URL. */
  | { outcome: 'unavailable'; reason: string };

/** The maximum length of a DOI in CSL-JSON */
const MAX_VALUE_LENGTH = 500;

/** Returns null if no registry supports the identifier. */
export function toRegistryIdentifier({
  scheme,
  value,
}: Pick<Identifier, 'scheme' | 'value'>): RegistryIdentifier | null {
  return scheme === 'arxiv' || scheme === 'doi' ? { scheme, value } : null;
}

/** A malformed identifier must not be sent: arXiv refuses the whole list if one id in it is malformed. */
export function isIdentifier({ scheme, value }: RegistryIdentifier): boolean {
  const parsed = scheme === 'arxiv' ? parseArxivId(value)?.id : parseDoi(value);
  return parsed === value && value.length <= MAX_VALUE_LENGTH;
}
