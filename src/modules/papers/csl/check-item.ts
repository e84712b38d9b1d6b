import type { CslItem } from '../../../bibliography/csl/csl.ts';
import { type Fault, toPointer } from '../../../errors.ts';
import { faultCodeOf } from '../../../problems/fault-code-of-issue.ts';
import { type PaperInput, paperInput } from '../record/schemas.ts';
import { paperFromCsl } from './from-csl.ts';

export type CheckedItem = { ignored: string[] } & (
  | { input: PaperInput }
  | { faults: Fault[]; title: string | null }
);

/** The reference as input for a paper, or its faults. `ignored` lists the fields of the source that were dropped. */
export function checkItem(item: CslItem, ignored: string[] = []): CheckedItem {
  const found = paperFromCsl(item);
  const all = [...ignored, ...found.ignored];
  const { data, error } = paperInput.safeParse(found.input);
  if (data) return { input: data, ignored: all };
  const faults = error.issues.map(
    (issue): Fault => ({ pointer: toPointer(issue.path), code: faultCodeOf(issue), message: issue.message }),
  );
  return { faults, title: item.title ?? null, ignored: all };
}
