import type { CslDate } from './csl.ts';

/** Reads the date formats found in bibliographies: EDTF and ISO 8601, RIS (2017/06/12/), and English. */

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const;
const EDTF = /^(-?\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:T[\d:.Z+-]*)?$/;
const RIS_DATE = /^(\d{4})\/(\d{0,2})(?:\/(\d{0,2})(?:\/.*)?)?$/;
const COMPACT = /^(\d{4})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/;
/** A year with a disambiguating letter (2017a), a note in parentheses, a season (2017/Summer) or a copyright sign. */
const YEAR_AND_WORDS = /^(?:[c©]\s?)?(\d{4})(?:[a-z]|\s*\([^()]*\)|\/\p{L}+)?$/u;
const YEARS = /^(\d{4})\s*[-–—]+\s*(\d{2}|\d{4})$/;
/** Codes 21 to 41 in place of the month. */
const SEASON = /^-?\d{4}-(?:2[1-9]|3\d|4[01])$/;
/** The end of a range that is open or unknown. */
const OPEN = /^(?:\.\.)?$/;

/** Returns a date with parts, or a literal date if the value cannot be parsed. */
export function readDate(value: string): CslDate {
  return readEdtf(value) ?? readRisDate(value) ?? readYears(value) ?? readWords(value) ?? { literal: value };
}

/**
 * Reads the subset of https://www.loc.gov/standards/datetime/ that biblatex uses. Of a range with an open end, returns the
 * other end.
 */
export function readEdtf(value: string): CslDate | null {
  const [from = '', to = '', ...more] = splitEdtf(value);
  const ends = [from, to].filter((end) => !OPEN.test(end)).map(readEnd);
  const spans = ends.filter((end) => end !== null);
  if (spans.length === 0 || spans.length < ends.length || more.length > 0) return null;
  return { 'date-parts': spans, ...(/[~?%]/.test(value) && { circa: true }) };
}

function splitEdtf(value: string): string[] {
  return value
    .replace(/[~?%]/g, '')
    .trim()
    .split('/')
    .map((end) => end.replace(/(?:-XX){1,2}$/i, ''));
}

/** The 90 of `1968-90` is no month, but the end of a range. */
function readEnd(end: string): number[] | null {
  const match = EDTF.exec(end);
  const isMonthOrSeason = Number(match?.[2] ?? 0) <= 12 || SEASON.test(end) || match?.[3] !== undefined;
  return isMonthOrSeason ? readParts(match) : null;
}

/** Whether the text says more than the date that is read from it: a season, an open end, or words. */
export function isReadInPart(value: string): boolean {
  if (readDate(value)['date-parts'] === undefined) return false;
  const ends = splitEdtf(value);
  return (
    ends.some((end) => SEASON.test(end)) ||
    (ends.length === 2 && ends.some((end) => OPEN.test(end))) ||
    /\/\s*\p{L}[^/]*$|\([^()]*\p{L}/u.test(value)
  );
}

function readRisDate(value: string): CslDate | null {
  const parts = readParts(RIS_DATE.exec(value.trim()) ?? COMPACT.exec(value.trim()));
  return parts === null ? null : { 'date-parts': [parts] };
}

function readYears(value: string): CslDate | null {
  const [, from, to] = YEARS.exec(value.trim()) ?? [];
  const end = to?.length === 2 ? `${from?.slice(0, 2)}${to}` : to;
  if (from !== undefined && end !== undefined && (to === end || from < end))
    return { 'date-parts': [[Number(from)], [Number(end)]] };
  const year = YEAR_AND_WORDS.exec(value.trim())?.[1];
  return year === undefined ? null : { 'date-parts': [[Number(year)]] };
}

function readWords(value: string): CslDate | null {
  const circa = /^(?:c|ca|circa)\b\.?\s*/i.exec(value.trim())?.[0] ?? '';
  const words = value.trim().slice(circa.length);
  const year = /(?<!\d)\d{4}(?!\d)/.exec(words)?.[0];
  if (year === undefined) return null;
  const rest = words.replace(year, ' ');
  const { month, day } = readMonth(rest);
  if (month === null && /[\p{L}\d]/u.test(rest)) return null;
  const parts = [Number(year), ...(month === null ? [] : [month]), ...(day === null ? [] : [day])];
  return { 'date-parts': [parts], ...(circa && { circa: true }) };
}

/** Reads `jun`, `June`, `6`, `12 June` or `June 12--17`. The day is null unless the text has exactly one. */
export function readMonth(value: string): { month: number | null; day: number | null } {
  const number = /^\s*(\d{1,2})\s*$/.exec(value)?.[1];
  if (number !== undefined) return { month: isMonth(Number(number)) ? Number(number) : null, day: null };
  const names = [...value.toLowerCase().matchAll(/\p{L}{3,}/gu)].map(([name]) =>
    MONTHS.findIndex((month) => name.startsWith(month)),
  );
  const month = names.length === 1 && names[0] !== undefined && names[0] >= 0 ? names[0] + 1 : null;
  const days = [...value.matchAll(/\d+/g)].map(([day]) => Number(day));
  const [day = 0] = days;
  return { month, day: month !== null && days.length === 1 && isDay(day) ? day : null };
}

function readParts(match: RegExpExecArray | null): number[] | null {
  if (match === null) return null;
  const [year, month, day] = match.slice(1).map((part) => (part ? Number(part) : null));
  if (year === undefined || year === null) return null;
  if (!month || !isMonth(month)) return [year];
  return day && isDay(day) ? [year, month, day] : [year, month];
}

/** The three-letter English name, which is also BibTeX's macro for the month. */
export function nameMonth(month: number): string | null {
  return MONTHS[month - 1] ?? null;
}

/** Returns null if the date has no parts. Leaves out invalid months and days. */
export function writeEdtf(date: CslDate): string | null {
  const spans = partsOf(date).map(writeParts);
  return spans.length === 0 ? null : `${spans.join('/')}${date.circa === true ? '~' : ''}`;
}

export function partsOf(date: CslDate): number[][] {
  return (date['date-parts'] ?? []).map(([year = 0, month, day]) => {
    if (month === undefined || !isMonth(month)) return [year];
    return day === undefined || !isDay(day) ? [year, month] : [year, month, day];
  });
}

function writeParts([year = 0, ...rest]: number[]): string {
  const digits = String(Math.abs(year)).padStart(4, '0');
  return [`${year < 0 ? '-' : ''}${digits}`, ...rest.map((part) => String(part).padStart(2, '0'))].join('-');
}

function isMonth(month: number): boolean {
  return month >= 1 && month <= 12;
}

function isDay(day: number): boolean {
  return day >= 1 && day <= 31;
}
