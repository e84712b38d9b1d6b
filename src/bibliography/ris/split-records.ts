import { type Fault, MAX_RECORD_LENGTH, RECORD_TOO_LONG } from '../reading/drafts.ts';
import { isKnownTag } from './tags.ts';

/** Splits a RIS file into records, from `TY  - ` to `ER  - `: https://en.wikipedia.org/wiki/RIS_(file_format) */

export type RisRecord = { line: number; type: string; lines: RisLine[] };
/** Untagged lines continue the value of the tag before them. */
export type RisLine = { tag: string; values: string[] };

const STRICT = /^([A-Z][A-Z0-9]) {2}-(?: (.*)|)$/s;
const LOOSE = /^([A-Z][A-Z0-9])[ \t]*-(?:[ \t]+(.*)|)$/s;
const LOWER = /^([a-z][a-z0-9])[ \t]*-(?:[ \t]+(.*)|)$/s;
/** PubMed writes the full names of authors with a three-letter tag. */
const FULL_NAME = /^(FAU)[ \t]*-[ \t]+(.*)$/s;

type OpenRecord = RisRecord & { isStrict: boolean; isLower: boolean; size: number };

export function* splitRecords(text: string): Generator<RisRecord | Fault> {
  let open: OpenRecord | null = null;
  let isOrphan = false;
  for (const [number, content] of splitLines(text)) {
    const tagged = readTag(content, open);
    if (tagged?.tag === 'TY') {
      if (open !== null) yield finish(open);
      open = {
        line: number,
        type: tagged.value.trim().toUpperCase(),
        lines: [],
        isStrict: STRICT.test(content),
        isLower: LOWER.test(content),
        size: 0,
      };
      isOrphan = false;
    } else if (open === null) {
      if (tagged !== null && tagged.tag !== 'ER' && !isOrphan) yield strayLine(number, tagged.tag);
      isOrphan ||= tagged !== null && tagged.tag !== 'ER';
    } else if (tagged?.tag === 'ER') {
      yield finish(open);
      open = null;
    } else addLine(open, tagged, content);
  }
  if (open !== null) yield unclosed(open);
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
function readTag(line: string, open: OpenRecord | null): { tag: string; value: string } | null {
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

/** Beyond the limit, drops all lines: a record that is too long is rejected as a whole. */
function addLine(open: OpenRecord, tagged: { tag: string; value: string } | null, line: string): void {
  open.size += line.length + 1;
  if (open.size > MAX_RECORD_LENGTH) open.lines = [];
  else if (tagged !== null) open.lines.push({ tag: tagged.tag, values: [tagged.value] });
  else open.lines.at(-1)?.values.push(line);
}

function finish({ isStrict: _, isLower: __, size, ...record }: OpenRecord): RisRecord | Fault {
  return size > MAX_RECORD_LENGTH ? { line: record.line, key: null, fault: RECORD_TOO_LONG } : record;
}

function unclosed({ line }: OpenRecord): Fault {
  return { line, key: null, fault: 'The record does not end with a line "ER  - ".' };
}

function strayLine(line: number, tag: string): Fault {
  return {
    line,
    key: null,
    fault: `The line ${tag} is outside a record. A record starts with "TY  - " and ends with "ER  - ".`,
  };
}
