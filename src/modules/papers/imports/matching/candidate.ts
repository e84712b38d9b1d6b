import type { Format } from '../../../../bibliography/formats.ts';
import { type ReadRecord, readRecords } from '../../../../bibliography/read-records.ts';
import type { Fault } from '../../../../errors.ts';
import { checkItem } from '../../csl/check-item.ts';
import type { PaperInput } from '../../record/schemas.ts';

/** One record of a source, read. */
export type Candidate = {
  /** From 1 */
  position: number;
  /** Of the source, from 1 */
  line: number;
  key: string | null;
  ignored: string[];
} & (
  | { input: PaperInput; isIncomplete: boolean }
  /** It cannot become a paper. */
  | { faults: Fault[]; title: string | null }
);

/** Lazily: what is in memory is one record. */
export function* readCandidates(source: string, format: Format): Iterable<Candidate> {
  let position = 0;
  for (const record of readRecords(source, format)) {
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
      title: null,
      faults: [{ pointer: '', code: 'unreadable', message: record.fault }],
    };
  }
  const checked = checkItem(record.item, record.ignored);
  return 'input' in checked ? { ...place, ...checked, isIncomplete: false } : { ...place, ...checked };
}
