import { ADDRESS, DROPPED, decodeSymbol, TYPEFACE } from './command-kinds.ts';
import { decodeMath } from './decode-math.ts';
import { decodeVerbatim } from './decode-verbatim.ts';
import { ACCENTS, SYMBOLS } from './latex-commands.ts';

/**
 * Converts LaTeX in BibTeX fields to plain text. It removes braces and typeface commands, turns accents and symbols into
 * Unicode, and keeps mathematics that Unicode cannot express. It never fails: it leaves out unknown commands and names them.
 */

const SPECIAL = /[\\{}$~]|--|``|''/g;
const COMMAND = /\\(?:([a-zA-Z]+)\*?[ \t\r\n]*|([^a-zA-Z]))/y;
const BRACKETS = new Map(Object.entries({ '(': '\\)', '[': '\\]' }));
const LIGATURES: Record<string, string> = { '--': '–', '---': '—', '``': '“', "''": '”', '~': ' ' };
const OPTION = /\[[^\]{}]{0,200}\]/y;
const KEPT_MATH = /\{\{(\$(?:[^\\$\n]|\\[^\n]){1,500}\$|\$\$(?:[^\\$\n]|\\[^\n]){1,500}\$\$)\}\}/y;
const MAX_ARGUMENT_LENGTH = 2_000;
const MAX_NESTING_DEPTH = 8;

type Cursor = { source: string; at: number; depth: number; unknown: Set<string> };

/** Adds to `unknown` the commands that it leaves out. */
export function decodeLatex(source: string, depth = 0, unknown = new Set<string>()): string {
  if (!/[\\{}$~]|--|``|''/.test(source)) return source;
  const cursor = { source, at: 0, depth, unknown };
  let decoded = '';
  while (cursor.at < source.length) decoded += takePlain(cursor) + takeSpecial(cursor);
  return decoded;
}

function takePlain(cursor: Cursor): string {
  SPECIAL.lastIndex = cursor.at;
  const end = SPECIAL.exec(cursor.source)?.index ?? cursor.source.length;
  const plain = cursor.source.slice(cursor.at, end);
  cursor.at = end;
  return plain;
}

function takeSpecial(cursor: Cursor): string {
  const { source, at } = cursor;
  const character = source[at] ?? '';
  if (character === '\\') return takeCommand(cursor);
  if (character === '$') return takeMath(cursor);
  if (character === '{' && source[at + 1] === '{') return takeKeptMath(cursor);
  const mark = /^(?:---?|``|''|~)/.exec(source.slice(at, at + 3))?.[0];
  cursor.at += mark?.length ?? 1;
  return mark === undefined ? '' : (LIGATURES[mark] ?? '');
}

function takeCommand(cursor: Cursor): string {
  COMMAND.lastIndex = cursor.at;
  const match = COMMAND.exec(cursor.source);
  if (match === null) {
    cursor.at += 1;
    return '\\';
  }
  cursor.at = COMMAND.lastIndex;
  const [whole, word, sign] = match;
  const name = word ?? sign ?? '';
  return (
    takeBracketedMath(cursor, name) ??
    takeAccent(cursor, name) ??
    takeAddress(cursor, name) ??
    takeWrapped(cursor, name) ??
    SYMBOLS.get(name) ??
    decodeSymbol(name, whole) ??
    leaveOut(cursor, name)
  );
}

function takeAccent(cursor: Cursor, name: string): string | null {
  const mark = ACCENTS.get(name);
  if (mark === undefined || cursor.depth > MAX_NESTING_DEPTH) return null;
  const argument = takeArgument(cursor);
  if (!SHORT_ARGUMENT.test(argument))
    return setAccent(name, mark, decodeLatex(argument, cursor.depth + 1, cursor.unknown));
  const key = `${name} ${argument}`;
  const accented = ACCENTED.get(key) ?? setAccent(name, mark, decodeLatex(argument));
  ACCENTED.set(key, accented);
  return accented;
}

/** Arguments whose accented forms are cached. There are few: letters of ASCII and escaped signs. */
const SHORT_ARGUMENT = /^(?:[a-z]|\\[!-/])$/i;
const ACCENTED = new Map<string, string>();

/** An accent over an empty group is the character itself, as in `\~{}` and `\^{}`. */
function setAccent(name: string, mark: string, text: string): string {
  const [base = '', ...rest] = text;
  if (base.trim() === '') return /[a-z]/i.test(name) ? '' : name;
  return `${base.replace('ı', 'i').replace('ȷ', 'j')}${mark}${rest.join('')}`.normalize('NFC');
}

/** `\url{address}` and `\href{address}{text}`. */
function takeAddress(cursor: Cursor, name: string): string | null {
  if (!ADDRESS.test(name)) return null;
  const address = decodeVerbatim(takeArgument(cursor));
  const label = name === 'href' ? decodeLatex(takeArgument(cursor), cursor.depth + 1, cursor.unknown) : '';
  return label || address;
}

/** Commands whose arguments are not plain LaTeX text. */
function takeWrapped(cursor: Cursor, name: string): string | null {
  if (cursor.depth > MAX_NESTING_DEPTH) return null;
  if (DROPPED.test(name)) return dropArgument(cursor);
  if (name === 'ensuremath') {
    const source = takeArgument(cursor);
    return decodeMath(source) ?? `$${source}$`;
  }
  if (name !== 'texorpdfstring') return null;
  const latex = takeArgument(cursor);
  takeArgument(cursor);
  return decodeLatex(latex, cursor.depth + 1, cursor.unknown);
}

function dropArgument(cursor: Cursor): string {
  OPTION.lastIndex = cursor.at;
  if (OPTION.test(cursor.source)) cursor.at = OPTION.lastIndex;
  if (cursor.source[cursor.at] === '{') takeArgument(cursor);
  return '';
}

/** Keeps the argument, because most commands set a typeface. Reports all other commands. */
function leaveOut(cursor: Cursor, name: string): string {
  if (!/^[a-z]/i.test(name)) return name;
  if (!TYPEFACE.test(name)) cursor.unknown.add(`\\${name}`);
  return '';
}

/** Takes a group, a command or one character. Returns an empty string if a group is not closed. */
function takeArgument(cursor: Cursor): string {
  const { source } = cursor;
  while (/[ \t\r\n]/.test(source[cursor.at] ?? '')) cursor.at += 1;
  if (source[cursor.at] === '{') return takeGroup(cursor);
  COMMAND.lastIndex = cursor.at;
  const next = COMMAND.exec(source)?.[0] ?? String.fromCodePoint(source.codePointAt(cursor.at) ?? 0x20);
  if (next === '}' || next === '$') return '';
  cursor.at += cursor.at < source.length ? next.length : 0;
  return next;
}

function takeGroup(cursor: Cursor): string {
  const end = findGroupEnd(cursor.source, cursor.at, MAX_ARGUMENT_LENGTH);
  if (end === null) return '';
  const inner = cursor.source.slice(cursor.at + 1, end);
  cursor.at = end + 1;
  return inner;
}

/** Returns the index of the brace that closes the group opened at `start`. */
export function findGroupEnd(source: string, start: number, within = source.length): number | null {
  const stop = Math.min(source.length, start + within);
  for (let at = start, depth = 0; at < stop; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (source[at] === '{') depth += 1;
    else if (source[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return null;
}

/**
 * A dollar sign opens mathematics unless a space follows it, and closes mathematics unless a space precedes it. Two dollar
 * signs are prices if a digit follows the second, unless a command or a single symbol stands between them.
 */
function takeMath(cursor: Cursor): string {
  const { source, at } = cursor;
  const mark = source.startsWith('$$', at) ? '$$' : '$';
  const window = source.slice(at, at + MAX_ARGUMENT_LENGTH);
  const inner = /^\$\$?(?! )((?:[^\\$]|\\[\s\S])+?)(?<! )\$\$?/.exec(window);
  const isPrice =
    /^\d/.test(window.slice(inner?.[0].length)) && !/\\[a-z]|^[^\p{L}\d]$/iu.test(inner?.[1] ?? '');
  if (inner === null || isPrice) {
    cursor.at += mark.length;
    return mark;
  }
  cursor.at += inner[0].length;
  return decodeMath(inner[1] ?? '') ?? inner[0];
}

/** DBLP writes mathematics as `\(O(n)\)`. Returns null if it is not closed. */
function takeBracketedMath(cursor: Cursor, name: string): string | null {
  const close = BRACKETS.get(name);
  if (close === undefined) return null;
  const window = cursor.source.slice(cursor.at, cursor.at + MAX_ARGUMENT_LENGTH);
  const inner = /^(?:[^\\$]|\\[^()[\]])+(?=\\[)\]])/.exec(window)?.[0] ?? '';
  if (inner.trim() === '' || !window.startsWith(close, inner.length)) return null;
  cursor.at += inner.length + close.length;
  const dollars = name === '(' ? '$' : '$$';
  return decodeMath(inner.trim()) ?? dollars + inner.trim() + dollars;
}

/** Exports keep mathematics as it is in two pairs of braces: `{{$O(n)$}}`. */
function takeKeptMath(cursor: Cursor): string {
  KEPT_MATH.lastIndex = cursor.at;
  const math = KEPT_MATH.exec(cursor.source)?.[1];
  cursor.at = math === undefined ? cursor.at + 1 : KEPT_MATH.lastIndex;
  return math ?? '';
}
