import type { CslDate } from '../csl/csl.ts';
import { readDate, readEdtf, readMonth } from '../csl/dates.ts';
import type { FieldReader } from './field-reader.ts';

/** Reads biblatex's `date`, or else `year`, `month` and `day`. */
export function readIssued(reader: FieldReader): CslDate | null {
  const text = reader.takeVerbatim('date');
  const date = text === null ? null : readEdtf(text);
  if (text !== null && date === null) reader.putBack('date');
  const [year, month, day] = [reader.take('year'), reader.take('month'), reader.take('day')];
  if (date !== null) return date;
  if (year === null) return text === null ? null : takeBack(reader, text);
  return refine(readDate(year), month ?? '', day ?? '');
}

function takeBack(reader: FieldReader, text: string): CslDate {
  reader.takeVerbatim('date');
  return readDate(text);
}

function refine(issued: CslDate, month: string, day: string): CslDate {
  const [parts] = issued['date-parts'] ?? [];
  const found = readMonth(month);
  if (parts?.length !== 1 || found.month === null) return issued;
  const date = found.day ?? (/^\d{1,2}$/.test(day) ? Number(day) : null);
  const refined = [...parts, found.month, ...(date !== null && date >= 1 && date <= 31 ? [date] : [])];
  return { ...issued, 'date-parts': [refined] };
}
