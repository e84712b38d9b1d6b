import type { CslItem } from '../../../citations/csl.ts';
import type { Format } from '../../../citations/formats.ts';
import { type ReadRecord, readRecords } from '../../../citations/read-records.ts';
import { type Fault, toPointer } from '../../../errors.ts';
import { paperFromCsl } from '../from-csl.ts';
import { type PaperInput, paperInput } from '../schemas.ts';

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
  return { ...place, ...checkItem(record.item, record.ignored) };
}

export function checkItem(item: CslItem, ignored: string[] = []) {
  const found = paperFromCsl(item);
  const all = [...ignored, ...found.ignored];
  const { data, error } = paperInput.safeParse(found.input);
  if (data) return { input: data, isIncomplete: false, ignored: all };
  const faults = error.issues.map(
    ({ path, message, code }): Fault => ({ pointer: toPointer(path), code, message }),
  );
  return { faults, title: item.title ?? null, ignored: all };
}
