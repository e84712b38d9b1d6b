import { Temporal } from 'temporal-polyfill';

/** Temporal also accepts offsets such as +10:00 and times with a zone in brackets. This pattern excludes them. */
const IANA_NAME = /^[A-Za-z][\w+-]*(\/[\w+-]+)*$/;

/** Whether the text is the name of an IANA time zone, or an alias such as Asia/Calcutta. It is case-sensitive. */
export function isTimeZone(text: string): boolean {
  if (!IANA_NAME.test(text)) return false;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text).timeZoneId === text;
  } catch {
    return false;
  }
}

/** The instant at which a year begins in the time zone. */
export function startOfYear(year: number, timeZone: string): Date {
  const start = Temporal.PlainDate.from({ year, month: 1, day: 1 }).toZonedDateTime(timeZone);
  return new Date(start.epochMilliseconds);
}

/** The year of an instant in the time zone. */
export function yearOf(instant: Date, timeZone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone).year;
}

export type CalendarDay = { year: number; month: number; day: number };

/** The calendar day of an instant in the time zone. */
export function dayOf(instant: Date, timeZone: string): CalendarDay {
  const { year, month, day } = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(
    timeZone,
  );
  return { year, month, day };
}
