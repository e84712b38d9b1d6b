import { DomainError } from '../errors.ts';
import { makeYielder } from '../lib/yield-to-event-loop.ts';
import { readBibtex } from './bibtex/read-bibtex.ts';
import { scanRecords } from './bibtex/scan-entries.ts';
import { readCslJson } from './csl-json/read-csl-json.ts';
import { splitObjects } from './csl-json/split-objects.ts';
import type { Format } from './formats.ts';
import type { Draft, Fault, ReadRecord } from './reading/drafts.ts';
import { validateDraft } from './reading/validate-draft.ts';
import { readRis } from './ris/read-ris.ts';
import { splitRecords } from './ris/split-records.ts';

export type { ReadRecord };

/** Null allows a pause between two steps of long work. */
type Reader = {
  split: (text: string) => Iterable<unknown>;
  read: (text: string) => Iterable<Draft | Fault | null>;
};

const READERS: Record<Format, Reader> = {
  bibtex: { split: (text) => scanRecords(text), read: readBibtex },
  ris: { split: splitRecords, read: readRis },
  'csl-json': { split: splitObjects, read: readCslJson },
};

/**
 * Yields the records of a text one at a time. `line` is the line on which the record starts, counted from 1. An invalid
 * record yields a fault and does not affect the others. Throws a DomainError if the text is not in the format at all.
 */
export function* readRecords(text: string, format: Format): Generator<ReadRecord> {
  for (const record of readInSteps(text, format)) if (record !== null) yield record;
}

/** Like `readRecords`, but also yields null between the steps of long work, so that other work can run. */
export function* readInSteps(text: string, format: Format): Generator<ReadRecord | null> {
  let isEmpty = true;
  for (const draft of READERS[format].read(withoutByteOrderMark(text))) {
    yield null;
    if (draft === null) continue;
    isEmpty = false;
    yield validateDraft(draft);
  }
  if (isEmpty && format !== 'csl-json' && withoutByteOrderMark(text).trim() !== '') throw notInFormat(format);
}

/**
 * Counts the records of a text, including invalid ones, without converting them. Stops at `limit + 1`. Yields to the event
 * loop at intervals.
 */
export async function countRecords(
  text: string,
  format: Format,
  limit = Number.POSITIVE_INFINITY,
): Promise<number> {
  const yieldIfDue = makeYielder();
  let count = 0;
  for (const record of READERS[format].split(withoutByteOrderMark(text))) {
    await yieldIfDue();
    if (record !== null) count += 1;
    if (count > limit) break;
  }
  return count;
}

function withoutByteOrderMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function notInFormat(format: 'bibtex' | 'ris'): DomainError {
  const missing =
    format === 'bibtex' ? 'BibTeX: it has no entry (@article{…})' : 'RIS: it has no record (TY  - …)';
  return new DomainError('invalid', `not_${format}`, `The text is not ${missing}.`);
}
