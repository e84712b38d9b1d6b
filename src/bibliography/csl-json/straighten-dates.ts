import type { CslDate } from '../csl/csl.ts';
import { readDate } from '../csl/dates.ts';

/** Dates as texts, and with parts of every shape. Undefined: it says nothing. */
export function straightenDate(variable: string, value: unknown, ignored: string[]): CslDate | undefined {
  if (typeof value === 'string' || typeof value === 'number') return readDate(String(value));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    ignored.push(variable);
    return undefined;
  }
  const { 'date-parts': parts, literal, circa, raw, ...others } = { ...value } as Record<string, unknown>;
  for (const part of Object.keys(others)) ignored.push(`${variable}.${part}`);
  const dateParts = straightenSpan(parts);
  const words = [literal, raw].find((each) => typeof each === 'string');
  const date: CslDate = {
    ...(dateParts.length > 0
      ? { 'date-parts': dateParts, ...(literal === words && words && { literal: words }) }
      : {}),
    ...(dateParts.length === 0 && words !== undefined && readDate(words)),
    ...(circa !== undefined && { circa: isMeant(circa) }),
  };
  if (Object.keys(date).length > 0 || Object.keys(value).length === 0) return date;
  if (!isUnknown(parts)) ignored.push(variable);
  return undefined;
}

function isMeant(circa: unknown): boolean {
  return Boolean(circa) && circa !== 'false' && circa !== '0';
}

/** A date alone where a list of them belongs is one of them. */
function straightenSpan(parts: unknown): number[][] {
  if (!Array.isArray(parts)) return [];
  const dates: unknown[] = parts.some(Array.isArray) ? parts : [parts];
  return dates.map(straightenParts).filter((date) => date.length > 0);
}

/** Crossref has `[[null]]` for what it does not know; citeproc-js has texts. */
function straightenParts(parts: unknown): number[] {
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
