import { setImmediate } from 'node:timers/promises';
import { DomainError } from '../errors.ts';
import { readBibtex } from './bibtex/read-bibtex.ts';
import { scanEntries } from './bibtex/scan-entries.ts';
import { cutObjects } from './csl-json/cut-objects.ts';
import { readCslJson } from './csl-json/read-csl-json.ts';
import type { Format } from './formats.ts';
import type { Draft, Fault, ReadRecord } from './reading/drafts.ts';
import { judgeDraft } from './reading/judge-draft.ts';
import { cutRecords } from './ris/cut-records.ts';
import { readRis } from './ris/read-ris.ts';

export type { ReadRecord };

type Reader = { cut: (text: string) => Iterable<unknown>; read: (text: string) => Iterable<Draft | Fault> };

const READERS: Record<Format, Reader> = {
  bibtex: { cut: (text) => scanEntries(text), read: readBibtex },
  ris: { cut: cutRecords, read: readRis },
  'csl-json': { cut: cutObjects, read: readCslJson },
};

/**
 * One record after the other, each converted when it is asked for; `line` is that of its beginning, from 1. A record at fault harms no
 * other. Throws a DomainError where the whole is not the format.
 */
export function* readRecords(text: string, format: Format): Generator<ReadRecord> {
  let isEmpty = true;
  for (const draft of READERS[format].read(withoutMark(text))) {
    isEmpty = false;
    yield judgeDraft(draft);
  }
  if (isEmpty && format !== 'csl-json' && withoutMark(text).trim() !== '') throw noRecords(format);
}

/** Records that are counted in one go. */
const AT_ONCE = 500;

/**
 * How many records there are, those at fault among them, without converting any: of more than `most` one more than that.
 * Lets others work in between.
 */
export async function countRecords(
  text: string,
  format: Format,
  most = Number.POSITIVE_INFINITY,
): Promise<number> {
  let count = 0;
  for (const _ of READERS[format].cut(withoutMark(text))) {
    count += 1;
    if (count > most) break;
    if (count % AT_ONCE === 0) await setImmediate();
  }
  return count;
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function noRecords(format: 'bibtex' | 'ris'): DomainError {
  const missing =
    format === 'bibtex' ? 'BibTeX, for it has no entry (@article{…})' : 'RIS, for it has no record (TY  - …)';
  return new DomainError('invalid', `not_${format}`, `This text is not ${missing}.`);
}
