import { type Fault, MAX_RECORD, TOO_LONG } from '../reading/drafts.ts';
import { isKnownTag } from './tags.ts';

/** Cuts a file of RIS into its records: from `TY  - ` to `ER  - `, https://en.wikipedia.org/wiki/RIS_(file_format) */

export type RisRecord = { line: number; type: string; lines: RisLine[] };
/** Untagged lines that follow a tag belong to it; those of an abstract keep their ends. */
export type RisLine = { tag: string; values: string[] };

const STRICT = /^([A-Z][A-Z0-9]) {2}-(?: (.*)|)$/s;
const LOOSE = /^([A-Z][A-Z0-9])[ \t]*-(?:[ \t]+(.*)|)$/s;
const LOWER = /^([a-z][a-z0-9])[ \t]*-(?:[ \t]+(.*)|)$/s;
/** PubMed’s full names of authors. */
const FULL_NAME = /^(FAU)[ \t]*-[ \t]+(.*)$/s;

type Open = RisRecord & { isStrict: boolean; isLower: boolean; size: number };

export function* cutRecords(text: string): Generator<RisRecord | Fault> {
  let open: Open | null = null;
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
      if (tagged !== null && tagged.tag !== 'ER' && !isOrphan) yield strayed(number, tagged.tag);
      isOrphan ||= tagged !== null && tagged.tag !== 'ER';
    } else if (tagged?.tag === 'ER') {
      yield finish(open);
      open = null;
    } else addLine(open, tagged, content);
  }
  if (open !== null) yield unfinished(open);
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

/** Other spellings than `XX  - ` are taken only for tags that are known: text may look like one. */
function readTag(line: string, open: Open | null): { tag: string; value: string } | null {
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

/** Beyond the limit nothing is kept: what has grown too long is refused as a whole. */
function addLine(open: Open, tagged: { tag: string; value: string } | null, line: string): void {
  open.size += line.length + 1;
  if (open.size > MAX_RECORD) open.lines = [];
  else if (tagged !== null) open.lines.push({ tag: tagged.tag, values: [tagged.value] });
  else open.lines.at(-1)?.values.push(line);
}

function finish({ isStrict: _, isLower: __, size, ...record }: Open): RisRecord | Fault {
  return size > MAX_RECORD ? { line: record.line, key: null, fault: TOO_LONG } : record;
}

function unfinished({ line }: Open): Fault {
  return { line, key: null, fault: 'The record has no end: a line "ER  - ".' };
}

function strayed(line: number, tag: string): Fault {
  return {
    line,
    key: null,
    fault: `The line ${tag} stands outside of a record: "TY  - " begins one, and "ER  - " ends it.`,
  };
}
