import { DomainError } from '../../errors.ts';
import { countLines } from '../reading/count-lines.ts';
import { type Fault, MAX_RECORD, TOO_LONG } from '../reading/drafts.ts';

/**
 * Cuts JSON into the values of its list (an array, `items` of an object as the Zotero Web API has it, or one object alone),
 * so that one value at a time is parsed, and one that is broken harms no other.
 */

export type Piece = { line: number; source: string };

const MAX_DEPTH = 64;
const BLANK = /\s*/y;
const COMMAS = /[\s,]*/y;
const STRING = '"';

export function* cutObjects(text: string): Generator<Piece | Fault> {
  const start = skipBlank(text, 0);
  const lineOf = countLines(text);
  if (text[start] === '[') yield* reportRest(text, yield* cutArray(text, start, lineOf), lineOf);
  else if (text[start] === '{') yield* cutLines(text, start, lineOf);
  else
    throw new DomainError(
      'malformed',
      'not_csl_json',
      'CSL-JSON is a list of objects, or one object, in JSON.',
    );
}

type LineOf = (position: number) => number;

/** One object, or one after the other: https://github.com/ndjson/ndjson-spec */
function* cutLines(text: string, start: number, lineOf: LineOf): Generator<Piece | Fault> {
  const items = findItems(text, start);
  if (items !== null) yield* cutArray(text, items, lineOf);
  else yield cut(text, start, findEnd(text, start), lineOf);
  let at = skipBlank(text, findEnd(text, start).at);
  while (text[at] === '{') {
    const end = findEnd(text, at);
    yield cut(text, at, end, lineOf);
    at = skipBlank(text, end.at);
  }
  yield* reportRest(text, at, lineOf);
}

function* reportRest(text: string, end: number, lineOf: LineOf): Generator<Fault> {
  const rest = skipBlank(text, end);
  if (rest < text.length)
    yield { line: lineOf(rest), key: null, fault: 'The file goes on after the end of its records.' };
}

/** Gives where the list ends. */
function* cutArray(text: string, start: number, lineOf: LineOf): Generator<Piece | Fault, number> {
  let at = skipBlank(text, start + 1);
  while (text[at] !== ']') {
    if (at >= text.length || text[at] === '}') {
      yield { line: lineOf(at), key: null, fault: 'The list is not closed.' };
      return text.length;
    }
    if (text[at] === ',') {
      yield { line: lineOf(at), key: null, fault: 'There is no record between two commas.' };
      at = skip(text, at, COMMAS);
      continue;
    }
    const end = findEnd(text, at);
    yield cut(text, at, end, lineOf);
    at = skipBlank(text, end.at);
    if (text[at] === ',') at = skipBlank(text, at + 1);
  }
  return at + 1;
}

function cut(text: string, start: number, end: End, lineOf: LineOf): Piece | Fault {
  const line = lineOf(start);
  if (end.fault !== null) return { line, key: null, fault: end.fault };
  return end.at - start > MAX_RECORD
    ? { line, key: null, fault: TOO_LONG }
    : { line, source: text.slice(start, end.at) };
}

type End = { at: number; fault: string | null };

/** After the value, which is as long as its brackets and its quotes say. */
function findEnd(text: string, start: number): End {
  const marks = /["{}[\],]/g;
  marks.lastIndex = start;
  let deepest = 0;
  for (let depth = 0, found = marks.exec(text); found !== null; found = marks.exec(text)) {
    const mark = found[0];
    if (mark === STRING) marks.lastIndex = skipString(text, found.index);
    else if (mark === '{' || mark === '[') depth += 1;
    else if (mark === ',' && depth === 0) return { at: found.index, fault: null };
    else if (mark !== ',') depth -= 1;
    if (depth < 0) return { at: found.index, fault: null };
    deepest = Math.max(deepest, depth);
    if (depth === 0 && mark !== STRING && mark !== ',') {
      return {
        at: marks.lastIndex,
        fault: deepest > MAX_DEPTH ? `The record is nested more than ${MAX_DEPTH} deep.` : null,
      };
    }
  }
  return { at: text.length, fault: 'The record is not closed.' };
}

function skipString(text: string, start: number): number {
  let end = text.indexOf(STRING, start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf(STRING, end + 1);
  return end === -1 ? text.length : end + 1;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

/** Where the list of `{"items": […]}` begins; null where the object is a record itself. */
function findItems(text: string, start: number): number | null {
  let at = skipBlank(text, start + 1);
  while (text[at] === STRING) {
    const afterName = skipString(text, at);
    const name = text.slice(at, afterName);
    const value = skipBlank(text, skipBlank(text, afterName) + 1);
    if (name === '"items"' && text[value] === '[') return value;
    const next = skipBlank(text, findEnd(text, value).at);
    at = text[next] === ',' ? skipBlank(text, next + 1) : text.length;
  }
  return null;
}

function skipBlank(text: string, at: number): number {
  return skip(text, at, BLANK);
}

function skip(text: string, at: number, pattern: RegExp): number {
  pattern.lastIndex = at;
  pattern.exec(text);
  return pattern.lastIndex;
}
