import type { Expansion } from './expansion.ts';

/** A position in a BibTeX file. `start` is where the current entry starts; `fault` is empty while the entry is valid. */
export type Cursor = { text: string; at: number; start: number; fault: string; expansion: Expansion };

const COMMENT = /%[^\n]*/y;
export const SPACE = /\s+/y;

/** Skips white space and `%` comments, which most programs accept between fields. */
export function skip(cursor: Cursor, space: RegExp): void {
  while (take(cursor, space) !== null || take(cursor, COMMENT) !== null);
}

export function take(cursor: Cursor, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = cursor.at;
  const match = pattern.exec(cursor.text);
  if (match !== null) cursor.at = pattern.lastIndex;
  return match;
}

export function matches(cursor: Cursor, pattern: RegExp): boolean {
  pattern.lastIndex = cursor.at;
  return pattern.test(cursor.text);
}
