import { MAX_RECORD_LENGTH, RECORD_TOO_LONG } from '../reading/drafts.ts';
import { type Cursor, SPACE, skip, take } from './entry-cursor.ts';

/** Scans field values: in braces, in quotes, bare, or several joined by `#`. */

const MAX_DEPTH = 100;
/** An unclosed value ends at a line that starts an entry. */
export const START_OF_LINE =
  /^[ \t]*@[ \t]*(?:(?:string|preamble|comment)\s*[{(]|[a-z][\w-]*\s*[{(]\s*(?:[^\s,{}()="#%]{1,300}\s*)?[,=])/gim;
const START_HERE = new RegExp(START_OF_LINE.source, 'imy');
const BARE = /[^\s,#{}()"=%]+/y;

/** Scans one value, or several joined by `#`. */
export function scanExpression(cursor: Cursor, name: string): string {
  let value = '';
  for (;;) {
    skip(cursor, SPACE);
    value += scanPart(cursor, name);
    skip(cursor, SPACE);
    if (cursor.at - cursor.start > MAX_RECORD_LENGTH || value.length > MAX_RECORD_LENGTH)
      return giveUp(cursor, RECORD_TOO_LONG);
    if (cursor.fault !== '' || cursor.text[cursor.at] !== '#') return value;
    cursor.at += 1;
  }
}

function scanPart(cursor: Cursor, name: string): string {
  const open = cursor.text[cursor.at];
  if (open === '{' || open === '"') {
    cursor.at += 1;
    return scanDelimited(cursor, open === '{' ? '}' : '"', name);
  }
  const bare = take(cursor, BARE)?.[0];
  if (bare === undefined) cursor.fault = `The field ${name} has no value.`;
  const value = bare === undefined ? '' : cursor.expansion.expand(bare);
  if (value === null) cursor.fault = 'The macros (@string) in this file expand to too much text.';
  return value ?? '';
}

/** Scans up to `mark` at the same brace depth. A backslash escapes the next character. */
export function scanDelimited(cursor: Cursor, mark: '}' | '"', name: string): string {
  const { text, at: from } = cursor;
  const special = /[\\{}"\n]/g;
  special.lastIndex = from;
  for (let depth = 0, found = special.exec(text); found !== null; found = special.exec(text)) {
    const character = found[0];
    if (special.lastIndex - cursor.start > MAX_RECORD_LENGTH) return giveUp(cursor, RECORD_TOO_LONG);
    if (character === mark && depth === 0) {
      cursor.at = special.lastIndex;
      return text.slice(from, found.index);
    }
    if (character === '\\') special.lastIndex += 1;
    if (character === '{') depth += 1;
    if (character === '}') depth -= 1;
    if (depth < 0) break;
    if (depth > MAX_DEPTH)
      return giveUp(cursor, `The field ${name} nests braces more than ${MAX_DEPTH} levels deep.`);
    if (character === '\n' && beginsEntry(text, special.lastIndex)) break;
  }
  return giveUp(cursor, `The value of the field ${name} is not closed.`);
}

function beginsEntry(text: string, at: number): boolean {
  START_HERE.lastIndex = at;
  return START_HERE.test(text);
}

function giveUp(cursor: Cursor, fault: string): string {
  cursor.fault = fault;
  return '';
}
