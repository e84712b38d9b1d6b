import { type Fault, MAX_RECORD_LENGTH, RECORD_TOO_LONG } from '../reading/drafts.ts';
import { tidyLine } from '../text/tidy-text.ts';
import { isKnownTag } from './tags.ts';

/**
 * Splits a RIS file into records, from `TY  - ` to `ER  - `: https://en.wikipedia.org/wiki/RIS_(file_format)
 * Some programs write tags before `TY`, leave out `TY` or `ER`, or number the records.
 */

export type RisRecord = { line: number; type: string; lines: RisLine[]; notices: string[] };
/** Untagged lines continue the value of the tag before them. */
export type RisLine = { tag: string; values: string[] };

const STRICT = /^([A-Z][A-Z0-9]) {2}-(?: (.*)|)$/s;
const LOOSE = /^([A-Z][A-Z0-9])[ \t]*-(?:[ \t]+(.*)|)$/s;
const LOWER = /^([a-z][a-z0-9])[ \t]*-(?:[ \t]+(.*)|)$/s;
/** PubMed writes the full names of authors with a three-letter tag. */
const FULL_NAME = /^(FAU)[ \t]*-[ \t]+(.*)$/s;

/** The first line of a record in PubMed's own format (NBIB), whose tags have other meanings. */
const PUBMED = /^PMID[ \t]*-[ \t]*\d/;

/** `type` is null until the line `TY` is read. */
type OpenRecord = Omit<RisRecord, 'type'> & {
  type: string | null;
  isStrict: boolean;
  isLower: boolean;
  isPubMed: boolean;
  size: number;
};
type Tagged = { tag: string; value: string };

/** Other work may run after this many lines. */
const LINES_PER_TURN = 500;

/** Null is a pause. */
export function* splitRecords(text: string): Generator<RisRecord | Fault | null> {
  let open: OpenRecord | null = null;
  for (const [number, content] of splitLines(text)) {
    if (number % LINES_PER_TURN === 0) yield null;
    const tagged = readTag(content, open);
    const isType = tagged?.tag === 'TY';
    const isEnd = tagged?.tag === 'ER';
    const isPubMed = (open === null || open.isPubMed) && PUBMED.test(content);
    if (open !== null && (isEnd || isPubMed || (isType && (open.type !== null || open.isPubMed)))) {
      yield finish(open, isEnd);
      open = null;
    }
    if (isEnd) continue;
    const isBegun = tagged !== null && (isType || tagged.value.trim() !== '');
    if (open === null && (isPubMed || isBegun)) open = begin(number, content);
    if (open !== null && isType) open.type = tagged.value.trim().toUpperCase();
    else if (open !== null) addLine(open, tagged, content);
  }
  if (open !== null) yield finish(open, false);
}

function begin(line: number, content: string): OpenRecord {
  return {
    line,
    type: null,
    lines: [],
    notices: [],
    isStrict: STRICT.test(content),
    isLower: LOWER.test(content),
    isPubMed: PUBMED.test(content),
    size: 0,
  };
}

function* splitLines(text: string): Generator<[number, string]> {
  const end = /\r\n|\n|\r/g;
  let from = 0;
  for (let number = 1; from <= text.length; number += 1) {
    const found = end.exec(text);
    const to = found?.index ?? text.length;
    yield [number, text.slice(from, to)];
    if (found === null) return;
    from = end.lastIndex;
  }
}

/** Accepts spellings other than `XX  - ` only for known tags, because text may look like a tag. */
function readTag(line: string, open: OpenRecord | null): Tagged | null {
  const strict = STRICT.exec(line);
  const match =
    strict ??
    (open === null ? null : FULL_NAME.exec(line)) ??
    (open?.isStrict === true && !/^ER\b/.test(line) ? null : LOOSE.exec(line)) ??
    (open?.isLower === true || /^ty\b/.test(line) ? LOWER.exec(line) : null);
  const [, name = '', value = ''] = match ?? [];
  const tag = name.toUpperCase();
  if (match === null || (strict === null && !isKnownTag(tag))) return null;
  return { tag, value };
}

/** Beyond the limit, drops further lines: a record that is too long is rejected as a whole. */
function addLine(open: OpenRecord, tagged: Tagged | null, line: string): void {
  open.size += line.length + 1;
  if (open.size > MAX_RECORD_LENGTH) return;
  if (tagged !== null) open.lines.push({ tag: tagged.tag, values: [tagged.value] });
  else open.lines.at(-1)?.values.push(line);
}

const IN_PUBMED_FORMAT =
  "The record is in PubMed's own format (NBIB), which is not RIS. Convert it to RIS, or import its DOI.";
const TITLES = ['TI', 'T1', 'CT', 'BT'];

function finish({ line, type, lines, size, isPubMed }: OpenRecord, isClosed: boolean): RisRecord | Fault {
  const title = tidyLine(lines.find(({ tag }) => TITLES.includes(tag))?.values.join(' ') ?? '') || null;
  if (size > MAX_RECORD_LENGTH) return { line, key: null, title, fault: RECORD_TOO_LONG };
  if (type === null && isPubMed) return { line, key: null, title, fault: IN_PUBMED_FORMAT };
  if (type === null && title === null) return strayLine(line, lines[0]?.tag ?? '');
  if (!isClosed) dropNumber(lines);
  const notices = [
    ...(type === null ? ['The record has no line "TY  - " with its type.'] : []),
    ...(isClosed ? [] : ['The record does not end with a line "ER  - ".']),
  ];
  return { line, type: type ?? '', lines, notices };
}

/** Drops the number of the next record, such as `2.`, which would continue the last value. */
function dropNumber(lines: readonly RisLine[]): void {
  const values = lines.at(-1)?.values ?? [];
  while (values.length > 1 && /^\s*(?:\d{1,6}\.\s*)?$/.test(values.at(-1) ?? '')) values.pop();
}

function strayLine(line: number, tag: string): Fault {
  return {
    line,
    key: null,
    fault: `The line ${tag} is outside a record. A record starts with "TY  - " and ends with "ER  - ".`,
  };
}
