import type { CslItem } from '../../../../bibliography/csl/csl.ts';
import { parseArxivId } from '../../identifiers/arxiv-id.ts';
import { parseDoi } from '../../identifiers/doi.ts';
import type { Identifier } from '../../identifiers/identifier.ts';

/** Bare: an arXiv id without version ('2201.12086', 'cs/0112017'), a DOI in lower case. */
export type Wanted = { scheme: 'arxiv' | 'doi'; value: string };

export type Found =
  | { outcome: 'found'; item: CslItem }
  /** The registries have no such work. */
  | { outcome: 'unknown' }
  /** Nobody could be asked: try later. The reason is for a log and names no address. */
  | { outcome: 'unavailable'; reason: string };

/** As long as a DOI can be in CSL-JSON here. */
const LONGEST = 500;

/** Null: no registry is asked for such. */
export function toWanted({ scheme, value }: Pick<Identifier, 'scheme' | 'value'>): Wanted | null {
  return scheme === 'arxiv' || scheme === 'doi' ? { scheme, value } : null;
}

/** What is none can be no work's. At arXiv one such in a list spoils the answer for all. */
export function isIdentifier({ scheme, value }: Wanted): boolean {
  const parsed = scheme === 'arxiv' ? parseArxivId(value)?.id : parseDoi(value);
  return parsed === value && value.length <= LONGEST;
}
