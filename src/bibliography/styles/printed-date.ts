import type { CslDate } from '../csl/csl.ts';
import { foldText, joinWithCommas, joinWithSpaces } from './join-parts.ts';

/** `year` is the printed form, empty if unknown. `month` and `day` are 0 if unknown. */
export type PrintedDate = { year: string; month: number; day: number; sortYear: number };

export const UNDATED = 'n.d.';

const LONG = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** IEEE abbreviations. */
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

/** Words such as `in press` sort after all years; a missing date sorts before them. */
function readWords(words: string): PrintedDate {
  return { year: words, month: 0, day: 0, sortYear: words === '' ? -Infinity : Infinity };
}

function yearOf(year: number): string {
  return year < 0 ? `${-year} BCE` : String(year);
}

/** Some sources encode seasons as months above 12, which are ignored. */
function readDay(month: number, day: number): { month: number; day: number } {
  if (month < 1 || month > 12) return { month: 0, day: 0 };
  return { month, day: day >= 1 && day <= 31 ? day : 0 };
}

/** For example `March 5`. */
export function monthAndDay({ month, day }: PrintedDate): string {
  return joinWithSpaces([LONG[month - 1] ?? '', day === 0 ? '' : String(day)]);
}

/** For example `Mar. 5, 2020`, or `Mar. 2020` without `hasDay`. */
export function shortDate({ year, month, day }: PrintedDate, hasDay: boolean): string {
  const name = SHORT[month - 1] ?? '';
  if (hasDay && day !== 0) return joinWithCommas([`${name} ${day}`, year]);
  return joinWithSpaces([name, year === '' ? UNDATED : year]);
}
