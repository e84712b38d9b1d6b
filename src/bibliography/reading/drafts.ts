import type { CslItem } from '../csl/csl.ts';

/** A record as read from a format, before validation. `variables` are CSL variables; `ignored` names unused fields. */
export type Draft = {
  line: number;
  key: string | null;
  variables: Record<string, unknown>;
  ignored: string[];
};

/** `fault` is a sentence that says what is wrong with the record. */
export type Fault = { line: number; key: string | null; fault: string };

export type ReadRecord = { line: number; key: string | null; item: CslItem; ignored: string[] } | Fault;

/** In characters. */
export const MAX_RECORD_LENGTH = 1_048_576;
export const RECORD_TOO_LONG = 'The record is longer than 1 MiB.';
