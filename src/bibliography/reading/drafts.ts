import type { CslItem } from '../csl/csl.ts';

/** A record as read from a format, before validation. `variables` are CSL variables; `ignored` names unused fields. */
export type Draft = {
  line: number;
  key: string | null;
  variables: Record<string, unknown>;
  ignored: string[];
  /** Sentences that say what is unusual about the record. */
  notices?: string[];
};

/** `fault` is a sentence that says what is wrong with the record. `title` is null if it is unknown. */
export type Fault = { line: number; key: string | null; title?: string | null; fault: string };

export type ReadRecord =
  | { line: number; key: string | null; item: CslItem; ignored: string[]; notices?: string[] }
  | Fault;

/** In characters. */
export const MAX_RECORD_LENGTH = 1_048_576;
export const RECORD_TOO_LONG = 'The record is longer than 1 MiB.';
