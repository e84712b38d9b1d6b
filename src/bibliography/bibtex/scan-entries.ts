import { countLines } from '../reading/count-lines.ts';
import { type Fault, MAX_RECORD, TOO_LONG } from '../reading/drafts.ts';
import { type Cursor, matches, SPACE, skip, take } from './entry-cursor.ts';
import { Expansion } from './expansion.ts';
import { decodeLatex } from './latex/decode-latex.ts';
import { START_OF_LINE, scanDelimited, scanExpression } from './scan-values.ts';

/**
 * Cuts a file of BibTeX into its entries, each with its fields as they stand in LaTeX: http://www.bibtex.org/Format/
 * Walks the text once: an entry that does not end is given up where a line begins the next one.
 */

export type Entry = {
  line: number;
  /** In lower case, as are the names of the fields. */
  type: string;
  key: string | null;
  fields: Map<string, string>;
  /** Fields that were there before: the first one holds. */
  repeated: string[];
};

const START = /@[ \t]*([a-z][\w-]*)\s*([{(])/iy;
const SEPARATOR = /[\s,]+/y;
const KEY = /[^,{}="#\n]{1,300}/y;
/** Google Scholar makes keys of names as they are: `m{\"u}ller2019`. */
const ACCENTED_KEY = /[^\s,={}"#]{0,100}(?:\{[^{}\n,=]{0,20}\}[^\s,={}"#]{0,100}){1,20}(?=\s*,)/y;
const NAME = /[^\s=,{}()"#%@]+/y;
const SURPLUS = /\s*(?:\}|,\s*[a-z][\w-]*\s*=)/iy;

/** One after the other, the macros before them put in. */
export function* scanEntries(text: string, expansion = new Expansion(text)): Generator<Entry | Fault> {
  const lineOf = countLines(text);
  const cursor: Cursor = { text, at: 0, start: 0, fault: '', expansion };
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', cursor.at)) {
    Object.assign(cursor, { at, start: at, fault: '' });
    const found = scanEntry(cursor, lineOf);
    if (found !== null) yield found;
    if (cursor.fault !== '') recover(cursor);
  }
}

function scanEntry(cursor: Cursor, lineOf: (position: number) => number): Entry | Fault | null {
  const start = take(cursor, START);
  if (start === null) {
    cursor.at += 1;
    return null;
  }
  const [, word = '', open] = start;
  const type = word.toLowerCase();
  const close = open === '{' ? '}' : ')';
  if (type === 'comment' || type === 'preamble') return skipGroup(cursor, close);
  const line = lineOf(cursor.start);
  const key = type === 'string' ? null : scanKey(cursor);
  const { fields, repeated } = scanFields(cursor, close);
  if (cursor.fault !== '') return { line, key, fault: cursor.fault };
  if (type !== 'string') return { line, type, key, fields, repeated };
  for (const [name, value] of fields) cursor.expansion.define(name, value);
  return null;
}

/** What is not closed here is no entry’s loss: the next one begins anew. */
function skipGroup(cursor: Cursor, close: string): null {
  if (close === '}') scanDelimited(cursor, '}', 'comment');
  return null;
}

/** Null where the first field follows at once. */
function scanKey(cursor: Cursor): string | null {
  take(cursor, SPACE);
  const accented = take(cursor, ACCENTED_KEY)?.[0];
  if (accented !== undefined) return decodeLatex(accented).normalize('NFC');
  const from = cursor.at;
  const key = take(cursor, KEY)?.[0].trim() ?? '';
  if (/^[^,}\n]/.test(cursor.text.slice(cursor.at, cursor.at + 1))) cursor.at = from;
  return cursor.at === from ? null : key || null;
}

function scanFields(cursor: Cursor, close: string): Pick<Entry, 'fields' | 'repeated'> {
  const [fields, repeated] = [new Map<string, string>(), [] as string[]];
  while (cursor.fault === '' && !isAtEnd(cursor, close)) {
    const name = scanName(cursor);
    const value = cursor.fault === '' ? scanExpression(cursor, name) : '';
    if (cursor.at - cursor.start > MAX_RECORD) cursor.fault = TOO_LONG;
    if (fields.has(name)) repeated.push(name);
    else fields.set(name, value);
  }
  return { fields, repeated };
}

function isAtEnd(cursor: Cursor, close: string): boolean {
  skip(cursor, SEPARATOR);
  const character = cursor.text[cursor.at];
  if (character === undefined || character === '@') {
    cursor.fault = 'The entry is not closed.';
    return true;
  }
  if (character !== close) return false;
  cursor.at += 1;
  if (matches(cursor, SURPLUS))
    cursor.fault = 'The entry goes on after it is closed: it has one closing brace too many.';
  return true;
}

function scanName(cursor: Cursor): string {
  const name = take(cursor, NAME)?.[0].toLowerCase();
  if (name === undefined) {
    cursor.fault = `The entry has ${quote(cursor)} where the name of a field should be.`;
    return '';
  }
  skip(cursor, SPACE);
  if (cursor.text[cursor.at] !== '=') cursor.fault = `There is no "=" after the field ${name.slice(0, 100)}.`;
  cursor.at += 1;
  return name;
}

function recover(cursor: Cursor): void {
  START_OF_LINE.lastIndex = cursor.start + 1;
  cursor.at = START_OF_LINE.exec(cursor.text)?.index ?? cursor.text.length;
}

function quote(cursor: Cursor): string {
  return JSON.stringify(cursor.text.slice(cursor.at, cursor.at + 1));
}
