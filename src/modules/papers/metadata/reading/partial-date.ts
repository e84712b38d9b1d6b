import type { CslDate } from '../../../../bibliography/csl/csl.ts';

/** Year, optional month, optional day */
export type PartialDate = readonly [number, number?, number?];

/** Reads the parts up to the first invalid one. Crossref writes `[[null]]` for an unknown date. */
export function readDateParts([first, second, third]: readonly unknown[]): PartialDate | undefined {
  const year = readPart(first, -9999, 9999);
  const month = readPart(second, 1, 12);
  const day = readPart(third, 1, 31);
  if (year === undefined) return undefined;
  if (month === undefined) return [year];
  return day === undefined ? [year, month] : [year, month, day];
}

function readPart(part: unknown, min: number, max: number): number | undefined {
  const isDigits = typeof part === 'string' && /^-?\d{1,5}$/.test(part);
  const value = isDigits ? Number(part) : part;
  const isWithin = typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
  return isWithin ? value : undefined;
}

/** Reads the date at the beginning of an ISO 8601 text: 2022, 2022-01, 2022-01-28T10:00:00Z, or the start of a period. */
export function readDate(text: string): PartialDate | undefined {
  const [, ...parts] = /^\s*(-?\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?=$|[T/\s])/.exec(text) ?? [];
  return readDateParts(parts);
}

export function toCslDate(date: PartialDate | undefined): CslDate | undefined {
  return date && { 'date-parts': [date.filter((part) => part !== undefined)] };
}

/** Returns 2022, 2022-01 or 2022-01-28. */
export function spellDate([years, ...rest]: PartialDate): string {
  const parts = rest.filter((part) => part !== undefined).map((part) => String(part).padStart(2, '0'));
  return [String(years).padStart(4, '0'), ...parts].join('-');
}
