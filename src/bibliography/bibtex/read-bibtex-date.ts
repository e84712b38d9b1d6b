import type { CslDate } from '../csl/csl.ts';
import { isReadInPart, readDate, readEdtf, readMonth } from '../csl/dates.ts';
import type { FieldReader } from './field-reader.ts';

/** Reads biblatex's `date`, or else `year`, `month` and `day`. */
export function readIssued(reader: FieldReader): CslDate | null {
  const date = readDateField(reader, 'date');
  const text = reader.peek('date');
  const [year, month, day] = [reader.take('year'), reader.take('month'), reader.take('day')];
  if (date !== null) return date;
  if (year === null) return text === null ? null : takeBack(reader, text);
  if (isReadInPart(year)) reader.putBack('year');
  const issued = readDate(year);
  const refined = refine(issued, month ?? '', day ?? '');
  if (refined === issued && issued['date-parts']?.[0]?.[1] === undefined) {
    if (month !== null) reader.putBack('month');
    if (day !== null) reader.putBack('day');
  }
  return refined;
}

/** Takes a date as biblatex writes it. Other texts stay unread, and so do those that say more than the date. */
export function readDateField(reader: FieldReader, field: string): CslDate | null {
  const text = reader.takeVerbatim(field);
  const date = text === null ? null : readEdtf(text);
  if (text !== null && (date === null || isReadInPart(text))) reader.putBack(field);
  return date;
}

function takeBack(reader: FieldReader, text: string): CslDate {
  if (!isReadInPart(text)) reader.takeVerbatim('date');
  return readDate(text);
}

function refine(issued: CslDate, month: string, day: string): CslDate {
  const [parts, end] = issued['date-parts'] ?? [];
  const found = readMonth(month);
  if (parts?.length !== 1 || end !== undefined || found.month === null) return issued;
  const date = found.day ?? (/^\d{1,2}$/.test(day) ? Number(day) : null);
  const refined = [...parts, found.month, ...(date !== null && date >= 1 && date <= 31 ? [date] : [])];
  return { ...issued, 'date-parts': [refined] };
}
