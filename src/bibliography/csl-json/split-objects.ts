import { DomainError } from '../../errors.ts';
import { countLines } from '../reading/count-lines.ts';
import { type Fault, MAX_RECORD_LENGTH, RECORD_TOO_LONG } from '../reading/drafts.ts';

/**
 * Splits JSON text into records, so that records are parsed one at a time and an invalid one does not affect the others. The
 * text is an array, an object with `items` (Zotero Web API), one object, or a sequence of objects.
 */

export type Piece = { line: number; source: string };

const MAX_DEPTH = 64;
const BLANK = /\s*/y;
const COMMAS = /[\s,]*/y;
const STRING = '"';

export function* splitObjects(text: string): Generator<Piece | Fault> {
  const start = skipBlank(text, 0);
  const lineOf = countLines(text);
  if (text[start] === '[') yield* reportRest(text, yield* splitArray(text, start, lineOf), lineOf);
  else if (text[start] === '{') yield* splitSequence(text, start, lineOf);
  else
    throw new DomainError(
      'malformed',
      'not_csl_json',
      'The text is not CSL-JSON, which is a JSON array of objects or a single object.',
    );
}

type LineOf = (position: number) => number;

/** One object, or a sequence of objects: https://github.com/ndjson/ndjson-spec */
function* splitSequence(text: string, start: number, lineOf: LineOf): Generator<Piece | Fault> {
  const items = findItems(text, start);
  if (items !== null) yield* splitArray(text, items, lineOf);
  else yield toPiece(text, start, findEnd(text, start), lineOf);
  let at = skipBlank(text, findEnd(text, start).at);
  while (text[at] === '{') {
    const end = findEnd(text, at);
    yield toPiece(text, at, end, lineOf);
    at = skipBlank(text, end.at);
  }
  yield* reportRest(text, at, lineOf);
}

function* reportRest(text: string, end: number, lineOf: LineOf): Generator<Fault> {
  const rest = skipBlank(text, end);
  if (rest < text.length)
    yield { line: lineOf(rest), key: null, fault: 'The file has unexpected text after its last record.' };
}

/** Returns the position after the array. */
function* splitArray(text: string, start: number, lineOf: LineOf): Generator<Piece | Fault, number> {
  let at = skipBlank(text, start + 1);
  while (text[at] !== ']') {
    if (at >= text.length || text[at] === '}') {
      yield { line: lineOf(at), key: null, fault: 'The array is not closed.' };
      return text.length;
    }
    if (text[at] === ',') {
      yield { line: lineOf(at), key: null, fault: 'A record is missing between two commas.' };
      at = skip(text, at, COMMAS);
      continue;
    }
    const end = findEnd(text, at);
    yield toPiece(text, at, end, lineOf);
    at = skipBlank(text, end.at);
    if (text[at] === ',') at = skipBlank(text, at + 1);
  }
  return at + 1;
}

function toPiece(text: string, start: number, end: End, lineOf: LineOf): Piece | Fault {
  const line = lineOf(start);
  if (end.fault !== null) return { line, key: null, fault: end.fault };
  return end.at - start > MAX_RECORD_LENGTH
    ? { line, key: null, fault: RECORD_TOO_LONG }
    : { line, source: text.slice(start, end.at) };
}

type End = { at: number; fault: string | null };

/** Finds the end of a value by its brackets and quotes. */
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
        fault: deepest > MAX_DEPTH ? `The record is nested more than ${MAX_DEPTH} levels deep.` : null,
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

/** Returns the start of the array in `{"items": […]}`, or null if the object is itself a record. */
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
