import type { CslDate } from '../csl/csl.ts';
import { isReadInPart, readDate } from '../csl/dates.ts';

/** Normalizes a date, which may be a string or have date parts of various shapes. Returns undefined for an empty date. */
export function normalizeDate(variable: string, value: unknown, ignored: string[]): CslDate | undefined {
  if (typeof value === 'string' || typeof value === 'number')
    return readText(variable, String(value), ignored);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    ignored.push(variable);
    return undefined;
  }
  const { 'date-parts': parts, literal, circa, raw, ...others } = { ...value } as Record<string, unknown>;
  for (const part of Object.keys(others)) ignored.push(`${variable}.${part}`);
  const dateParts = normalizeDateParts(parts);
  const words = [literal, raw].find((each) => typeof each === 'string');
  const date: CslDate = {
    ...(dateParts.length > 0
      ? { 'date-parts': dateParts, ...(literal === words && words && { literal: words }) }
      : {}),
    ...(dateParts.length === 0 && words !== undefined && readText(variable, words, ignored)),
    ...(circa !== undefined && { circa: isCirca(circa) }),
  };
  if (Object.keys(date).length > 0 || Object.keys(value).length === 0) return date;
  if (!isUnknown(parts)) ignored.push(variable);
  return undefined;
}

function readText(variable: string, text: string, ignored: string[]): CslDate {
  if (isReadInPart(text)) ignored.push(variable);
  return readDate(text);
}

function isCirca(circa: unknown): boolean {
  return Boolean(circa) && circa !== 'false' && circa !== '0';
}

/** Accepts `[2022, 3]` in place of `[[2022, 3]]`. */
function normalizeDateParts(parts: unknown): number[][] {
  if (!Array.isArray(parts)) return [];
  const dates: unknown[] = parts.some(Array.isArray) ? parts : [parts];
  return dates.map(normalizeParts).filter((date) => date.length > 0);
}

/** Crossref writes `[[null]]` for an unknown date; citeproc-js writes parts as strings. */
function normalizeParts(parts: unknown): number[] {
  if (!Array.isArray(parts)) return [];
  const numbers = parts.map((part) =>
    typeof part === 'string' && /^-?\d+$/.test(part) ? Number(part) : part,
  );
  const end = numbers.findIndex((part) => typeof part !== 'number');
  return end === -1 ? numbers : numbers.slice(0, end);
}

function isUnknown(parts: unknown): boolean {
  return (
    parts === undefined ||
    (Array.isArray(parts) && parts.flat().every((part) => part === null || part === ''))
  );
}
