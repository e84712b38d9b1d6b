import { ADDRESS, ASIDE, CITATION, DROPPED, decodeSymbol, TYPEFACE } from './command-kinds.ts';
import { decodeMath } from './decode-math.ts';
import { decodeVerbatim } from './decode-verbatim.ts';
import { findGroupEnd } from './find-group-end.ts';
import { ACCENTS, SYMBOLS } from './latex-commands.ts';
import { setAccent } from './set-accent.ts';

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

/** Prose, such as an abstract, has room for footnotes and the addresses of links. */
type Context = { depth: number; unknown: Set<string>; isProse: boolean };
type Cursor = Context & { source: string; at: number };

/** Adds to `unknown` the commands that it leaves out. */
export function decodeLatex(source: string, context: Partial<Context> = {}): string {
  if (!/[\\{}$~]|--|``|''/.test(source)) return source;
  const cursor = { depth: 0, unknown: new Set<string>(), isProse: false, ...context, source, at: 0 };
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
  if (!SHORT_ARGUMENT.test(argument)) return setAccent(name, mark, decodeArgument(cursor, argument));
  const key = `${name} ${argument}`;
  const accented = ACCENTED.get(key) ?? setAccent(name, mark, decodeLatex(argument));
  ACCENTED.set(key, accented);
  return accented;
}

/** Arguments whose accented forms are cached. There are few: letters of ASCII and escaped signs. */
const SHORT_ARGUMENT = /^(?:[a-z]|\\[!-/])$/i;
const ACCENTED = new Map<string, string>();

/** `\url{address}` and `\href{address}{text}`. */
function takeAddress(cursor: Cursor, name: string): string | null {
  if (!ADDRESS.test(name) && name !== 'href') return null;
  const address = decodeVerbatim(takeArgument(cursor));
  const label = name === 'href' ? decodeArgument(cursor, takeArgument(cursor)) : '';
  const isOwn = [address, address.replace(/^[a-z]+:(?:\/\/)?/i, '')].includes(label.trim());
  return label.trim() === '' || isOwn ? label.trim() || address : label + putAside(cursor, name, address);
}

/** Puts the text in parentheses. Outside prose, leaves it out and reports the command. */
function putAside(cursor: Cursor, name: string, text: string): string {
  if (cursor.isProse) return text.trim() === '' ? '' : ` (${text.trim()})`;
  cursor.unknown.add(`\\${name}`);
  return '';
}

function decodeArgument({ depth, unknown, isProse }: Cursor, argument: string): string {
  return decodeLatex(argument, { depth: depth + 1, unknown, isProse });
}

/** Commands whose arguments are not plain LaTeX text. */
function takeWrapped(cursor: Cursor, name: string): string | null {
  if (cursor.depth > MAX_NESTING_DEPTH) return null;
  if (ASIDE.test(name)) return putAside(cursor, name, decodeArgument(cursor, takeArgument(cursor)));
  if (CITATION.test(name)) cursor.unknown.add(`\\${name}`);
  if (DROPPED.test(name) || CITATION.test(name)) return dropArgument(cursor);
  if (name === 'ensuremath') {
    const source = takeArgument(cursor);
    return decodeMath(source) ?? `$${source}$`;
  }
  if (name !== 'texorpdfstring') return null;
  const latex = takeArgument(cursor);
  takeArgument(cursor);
  return decodeArgument(cursor, latex);
}

function dropArgument(cursor: Cursor): string {
  OPTION.lastIndex = cursor.at;
  while (OPTION.test(cursor.source)) cursor.at = OPTION.lastIndex;
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
