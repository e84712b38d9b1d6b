import type { CslDate } from '../csl/csl.ts';
import { isReadInPart, readDate, readMonth } from '../csl/dates.ts';
import type { TagReader } from './tag-reader.ts';

const TAGS = ['PY', 'Y1', 'DA'] as const;

/**
 * Takes the most precise date whose year is that of the first. `DA` may hold only month and day. Texts that say more stay
 * unread.
 */
export function readIssued(reader: TagReader): CslDate | null {
  const found = TAGS.map((tag) => ({ tag, text: reader.take(tag) }));
  for (const { tag, text } of found) if (text !== null && isMore(text)) reader.putBack(tag, text);
  const texts = found.map(({ text }) => text).filter((text) => text !== null);
  const dates = texts.map(readDate);
  const exact = dates.filter((date) => date['date-parts'] !== undefined);
  const [first] = exact;
  if (first === undefined) return dates[0] ?? null;
  const alike = exact.filter((date) => yearOf(date) === yearOf(first));
  const best = alike.reduce((one, other) => (precisionOf(other) > precisionOf(one) ? other : one));
  return precisionOf(best) > 1 ? best : refine(best, texts);
}

/** RIS ends dates with slashes: `2017/06//`. */
export function isMore(text: string): boolean {
  return isReadInPart(text.replace(/(?<!\/)\/+$/, ''));
}

function refine(date: CslDate, texts: string[]): CslDate {
  const found = texts
    .filter((text) => !/\d{4}/.test(text))
    .map(readMonth)
    .find(({ month }) => month !== null);
  const year = yearOf(date);
  if (found?.month == null || year === undefined) return date;
  return { ...date, 'date-parts': [[year, found.month, ...(found.day === null ? [] : [found.day])]] };
}

function yearOf(date: CslDate): number | undefined {
  return date['date-parts']?.[0]?.[0];
}

function precisionOf(date: CslDate): number {
  return date['date-parts']?.[0]?.length ?? 0;
}
