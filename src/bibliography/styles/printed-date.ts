import type { CslDate } from '../csl/csl.ts';
import { foldText, joinWithCommas, joinWithSpaces } from './join-parts.ts';

/** `year` as it is printed, empty where it is not known; month and day then, and where they are not, are 0. */
export type PrintedDate = { year: string; month: number; day: number; sortYear: number };

export const UNDATED = 'n.d.';

const LONG = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** As the IEEE abbreviates them. */
const SHORT = 'Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.'.split(' ');

export function readDate(date: CslDate = {}): PrintedDate {
  const [from, to] = date['date-parts'] ?? [];
  const [year = 0, month = 0, day = 0] = from ?? [];
  if (year === 0) return readWords(foldText(date.literal ?? ''));
  const about = date.circa ? 'ca. ' : '';
  const until = to?.[0] ?? year;
  if (until !== year)
    return { year: `${about}${yearOf(year)}–${yearOf(until)}`, month: 0, day: 0, sortYear: year };
  return { year: `${about}${yearOf(year)}`, ...readDay(month, day), sortYear: year };
}

/** `in press` comes after all years, no date before them. */
function readWords(words: string): PrintedDate {
  return { year: words, month: 0, day: 0, sortYear: words === '' ? -Infinity : Infinity };
}

function yearOf(year: number): string {
  return year < 0 ? `${-year} BCE` : String(year);
}

/** There are no other months; sources count seasons on from 12. */
function readDay(month: number, day: number): { month: number; day: number } {
  if (month < 1 || month > 12) return { month: 0, day: 0 };
  return { month, day: day >= 1 && day <= 31 ? day : 0 };
}

/** March 5 */
export function monthAndDay({ month, day }: PrintedDate): string {
  return joinWithSpaces([LONG[month - 1] ?? '', day === 0 ? '' : String(day)]);
}

/** `Mar. 5, 2020`, or `Mar. 2020` where the day does not matter. */
export function shortDate({ year, month, day }: PrintedDate, hasDay: boolean): string {
  const name = SHORT[month - 1] ?? '';
  if (hasDay && day !== 0) return joinWithCommas([`${name} ${day}`, year]);
  return joinWithSpaces([name, year === '' ? UNDATED : year]);
}
