import type { CslItem } from '../../../citations/csl.ts';
import { parseArxivId } from '../identifiers/arxiv-id.ts';
import { parseDoi } from '../identifiers/doi.ts';

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

export function keyOf({ scheme, value }: Wanted): string {
  return `${scheme}:${value}`;
}

/** What is none can be no work's. At arXiv one such in a list spoils the answer for all. */
export function isIdentifier({ scheme, value }: Wanted): boolean {
  const parsed = scheme === 'arxiv' ? parseArxivId(value)?.id : parseDoi(value);
  return parsed === value && value.length <= LONGEST;
}
