import { countLines } from '../reading/count-lines.ts';
import { type Fault, MAX_RECORD_LENGTH, RECORD_TOO_LONG } from '../reading/drafts.ts';
import { type Cursor, matches, SPACE, skip, take } from './entry-cursor.ts';
import { Expansion } from './expansion.ts';
import { decodeLatex } from './latex/decode-latex.ts';
import { START_OF_LINE, scanDelimited, scanExpression } from './scan-values.ts';

/**
 * Splits a BibTeX file into entries, whose field values are still LaTeX: http://www.bibtex.org/Format/
 * Scans the text once. An entry that is not closed ends where a line starts the next entry.
 */

export type Entry = {
  line: number;
  /** In lower case, like the field names. */
  type: string;
  key: string | null;
  fields: Map<string, string>;
  /** Names of fields that occur more than once. The first value is used. */
  repeated: string[];
};

const START = /@[ \t]*([a-z][\w-]*)\s*([{(])/iy;
const SEPARATOR = /[\s,]+/y;
const KEY = /[^,{}="#\n]{1,300}/y;
/** Google Scholar uses LaTeX in keys: `m{\"u}ller2019`. */
const ACCENTED_KEY = /[^\s,={}"#]{0,100}(?:\{[^{}\n,=]{0,20}\}[^\s,={}"#]{0,100}){1,20}(?=\s*,)/y;
const NAME = /[^\s=,{}()"#%@]+/y;
const SURPLUS = /\s*(?:\}|,\s*[a-z][\w-]*\s*=)/iy;

/** A line such as `@article key, title =`. */
const WITHOUT_BRACE =
  /(?<=^[ \t]*)@[ \t]*(?:article|book|booklet|collection|conference|dataset|in(?:book|collection|proceedings)|manual|(?:masters|phd)?thesis|misc|online|proceedings|(?:tech)?report|software|unpublished)[ \t]+[^\s,{}()="#%]{1,300}[ \t]*,\s*[a-z][\w-]*\s*=/imy;
/** An entry without a comma after its key. */
const WITHOUT_COMMA = /^[ \t]*@[ \t]*[a-z][\w-]*\s*\{\s*[^\s,{}()="#%]{1,300}\s+[a-z][\w-]*\s*=/im;
const RESUME = new RegExp(
  [START_OF_LINE, WITHOUT_BRACE, WITHOUT_COMMA].map(({ source }) => source).join('|'),
  'gim',
);

/** Entries that hold shared fields, a list of other entries, or settings of a bibliography style. */
const NO_RECORDS = new Set(['xdata', 'set', 'control', 'bibnote', 'ieeetranbstctl']);

/** Yields the entries that describe a work, and faults. Null is a pause. */
export function* scanRecords(text: string, expansion = new Expansion(text)): Generator<Entry | Fault | null> {
  for (const entry of scanEntries(text, expansion)) {
    const isRecord = entry === null || 'fault' in entry || !NO_RECORDS.has(entry.type);
    yield isRecord ? entry : null;
  }
}

/** Yields the entries in order, with macros expanded, and null for anything else. A macro must be defined before it is used. */
export function* scanEntries(text: string, expansion = new Expansion(text)): Generator<Entry | Fault | null> {
  const lineOf = countLines(text);
  const cursor: Cursor = { text, at: 0, start: 0, fault: '', expansion };
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', cursor.at)) {
    Object.assign(cursor, { at, start: at, fault: '' });
    yield scanEntry(cursor, lineOf);
    if (cursor.fault !== '') recover(cursor);
  }
}

function scanEntry(cursor: Cursor, lineOf: (position: number) => number): Entry | Fault | null {
  const start = take(cursor, START);
  if (start === null) return scanStray(cursor, lineOf);
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

/** Text between entries is a comment, unless it looks like an entry. */
function scanStray(cursor: Cursor, lineOf: (position: number) => number): Fault | null {
  const isEntry = matches(cursor, WITHOUT_BRACE);
  cursor.at += 1;
  return isEntry
    ? { line: lineOf(cursor.start), key: null, fault: 'The entry has no brace after its type.' }
    : null;
}

/** An unclosed comment or preamble is not reported: scanning resumes at the next entry. */
function skipGroup(cursor: Cursor, close: string): null {
  if (close === '}') scanDelimited(cursor, '}', 'comment');
  return null;
}

/** Returns null if the entry has no key. */
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
    if (cursor.at - cursor.start > MAX_RECORD_LENGTH) cursor.fault = RECORD_TOO_LONG;
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
    cursor.fault = 'The entry has an extra closing brace: text follows after its end.';
  return true;
}

function scanName(cursor: Cursor): string {
  const name = take(cursor, NAME)?.[0].toLowerCase();
  if (name === undefined) {
    cursor.fault = `The entry has ${quote(cursor)} where a field name is expected.`;
    return '';
  }
  skip(cursor, SPACE);
  if (cursor.text[cursor.at] !== '=')
    cursor.fault = `The field ${name.slice(0, 100)} is not followed by "=".`;
  cursor.at += 1;
  return name;
}

function recover(cursor: Cursor): void {
  RESUME.lastIndex = cursor.start + 1;
  cursor.at = RESUME.exec(cursor.text)?.index ?? cursor.text.length;
}

function quote(cursor: Cursor): string {
  return JSON.stringify(cursor.text.slice(cursor.at, cursor.at + 1));
}
