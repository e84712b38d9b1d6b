import type { Format } from '../../../../bibliography/formats.ts';
import { type ReadRecord, readInSteps } from '../../../../bibliography/read-records.ts';
import type { Fault } from '../../../../errors.ts';
import { checkItem } from '../../csl/check-item.ts';
import type { PaperInput } from '../../record/schemas.ts';

/** A parsed record of a source */
export type Candidate = {
  /** From 1 */
  position: number;
  /** Line in the source, from 1 */
  line: number;
  key: string | null;
  ignored: string[];
  /** What is unusual about the record */
  notices?: string[];
} & (
  | { input: PaperInput; isIncomplete: boolean }
  /** Why the record cannot become a paper */
  | { faults: Fault[]; title: string | null }
);

/** Parses lazily, so that only one record is in memory. Yields null between the steps of long work. */
export function* readCandidates(source: string, format: Format): Iterable<Candidate | null> {
  let position = 0;
  for (const record of readInSteps(source, format)) {
    yield null;
    if (record === null) continue;
    position += 1;
    yield toCandidate(record, position);
  }
}

function toCandidate(record: ReadRecord, position: number): Candidate {
  const { line, key } = record;
  const place = { position, line, key };
  if ('fault' in record) {
    return {
      ...place,
      ignored: [],
      title: record.title ?? null,
      faults: [{ pointer: '', code: 'unreadable', message: record.fault }],
    };
  }
  const checked = checkItem(record.item, record.ignored);
  const { notices = [] } = record;
  return 'input' in checked
    ? { ...place, ...checked, notices, isIncomplete: false }
    : { ...place, ...checked, notices };
}
