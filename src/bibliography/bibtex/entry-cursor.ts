import type { Expansion } from './expansion.ts';

/** Where a file of BibTeX is read, the entry that is being read, and what is wrong with it. */
export type Cursor = { text: string; at: number; start: number; fault: string; expansion: Expansion };

const COMMENT = /%[^\n]*/y;
export const SPACE = /\s+/y;

/** Lines that begin with `%` among the fields are comments to most programs. */
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
