/**
 * Page ranges. A page number may contain hyphens (`2-1`), so a hyphen joins only pages that read as a range with it, and an
 * en dash all others: `12-15`, but `2-1–2-18`.
 */

/** `end` is null for a single page, and for text that is not a range. */
export type Pages = { start: string; end: string | null };

/** Several dashes, a long dash, or a hyphen beside a space. None of these is part of a page number. */
const SEPARATOR = /[-‐‑‒–—―−]{2,}|[‒–—―−]|(?<=\s)[-‐‑]|[-‐‑](?=\s)/u;
const HYPHEN = /[-‐‑]/u;
/** For example `1,234`. */
const THOUSANDS = /^\d{1,3}(?:,\d{3})+$/;
/** For example `12`, `2.1`, `1:20` or `12a`. */
const NUMBER = /^\d[\d.:]*\p{L}?$/u;
/** For example `e12` or `S.3`. */
const PREFIXED = /^(\p{L}+[.:]?)\d[\d.:]*\p{L}?$/u;

/** Rewrites each range and page of a list such as `1-8, 12-15`. */
export function mapPages(text: string, write: (pages: Pages) => string): string {
  const range = splitThousands(text);
  if (range !== null) return write(range);
  return mapParts(text, (part) => write(splitRange(part)));
}

function mapParts(text: string, write: (part: string) => string): string {
  const parts = text.split(/(,\s*)/);
  return parts.map((part, index) => (index % 2 === 1 ? part : write(part.trim()))).join('');
}

/** Splits a list into its ranges and pages. */
export function splitPages(text: string): Pages[] {
  const range = splitThousands(text);
  return range === null ? text.split(',').map(splitRange) : [range];
}

/** The commas of `1,234-1,240` separate no pages. */
function splitThousands(text: string): { start: string; end: string } | null {
  const { start, end } = splitRange(text);
  return end !== null && THOUSANDS.test(start) && THOUSANDS.test(end) ? { start, end } : null;
}

export function splitRange(text: string): Pages {
  const page = text.trim();
  const [start = '', end = '', ...more] = page.split(SEPARATOR).map((part) => part.trim());
  if (start !== '' && end !== '' && more.length === 0) return { start, end };
  return start === page ? splitAtHyphen(page) : { start: page, end: null };
}

/** Of several hyphens, the one in the middle separates two pages that differ in their last part: `2-1-2-18`. */
function splitAtHyphen(page: string): Pages {
  const parts = page.split(HYPHEN);
  const half = parts.length / 2;
  const [start, end] = [parts.slice(0, half), parts.slice(half)];
  const isAlike = start.slice(0, -1).join('-') === end.slice(0, -1).join('-');
  if (parts.length % 2 === 1 || !isAlike || !isRange(start.at(-1) ?? '', end.at(-1) ?? ''))
    return { start: page, end: null };
  return { start: start.join('-'), end: end.join('-') };
}

function isRange(start: string, end: string): boolean {
  if (/^\d+$/.test(start) && /^\d+$/.test(end)) return isAscending(start, end);
  if (isRoman(start, end) || (isRoman(start, start) && /^\d+$/.test(end))) return true;
  const [prefix, other] = [PREFIXED.exec(start)?.[1], PREFIXED.exec(end)?.[1]];
  if (prefix !== undefined && other !== undefined) return prefix.toLowerCase() === other.toLowerCase();
  return [start, end].every((page) => NUMBER.test(page) || THOUSANDS.test(page));
}

/** The end may lack its first digits: `436-44`. A descending pair is one page: `2-1`. */
function isAscending(start: string, end: string): boolean {
  const last = start.slice(0, Math.max(0, start.length - end.length)) + end;
  return last.length > start.length || last >= start;
}

/** Pages before the first chapter. One capital letter is more often the section of a manual: `C-12`. */
function isRoman(start: string, end: string): boolean {
  return (
    [start, end].every((page) => /^[ivxlcdm]+$/.test(page)) ||
    /^[IVXLCDM]+-[IVXLCDM]{2,}$/.test(`${start}-${end}`)
  );
}

/** Joins the pages so that `splitRange` finds the same ones. */
export function joinPages(start: string, end: string): string {
  if (start === end) return start;
  const joined = `${start}-${end}`;
  const isPlain = !HYPHEN.test(start + end) && splitRange(joined).end === end;
  return isPlain ? joined : `${start}–${end}`;
}

/** Rewrites the dashes of a list of pages, such as `12--15`. */
export function normalizePages(text: string): string {
  const range = splitThousands(text);
  return range === null ? mapParts(text, normalizeRange) : joinPages(range.start, range.end);
}

function normalizeRange(page: string): string {
  const parts = page.split(SEPARATOR).map((part) => part.trim());
  const [start = '', end = ''] = parts;
  if (parts.length === 2) return end === '' || start === '' ? parts.join('-') : joinPages(start, end);
  return parts.join('–');
}
