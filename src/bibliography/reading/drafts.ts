import type { CslItem } from '../csl/csl.ts';

/** What the readers of the formats hand on, before it is held against the schema of CSL. */

/** `variables` are those of CSL; `ignored` names the fields of the file that are not taken. */
export type Draft = {
  line: number;
  key: string | null;
  variables: Record<string, unknown>;
  ignored: string[];
};

/** `fault` says in a sentence what is wrong with the record. */
export type Fault = { line: number; key: string | null; fault: string };

export type ReadRecord = { line: number; key: string | null; item: CslItem; ignored: string[] } | Fault;

export const MAX_RECORD = 1_048_576;
export const TOO_LONG = 'The record is longer than 1 MiB.';
