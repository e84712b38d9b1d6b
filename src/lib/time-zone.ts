import { Temporal } from 'temporal-polyfill';

/** Of names in the IANA database. Neither an offset such as +10:00 nor a time with a zone in brackets fits. */
const zonePattern = /^[A-Za-z][\w+-]*(\/[\w+-]+)*$/;

/** Whether it names a time zone of the IANA database, links such as Asia/Calcutta included, spelled as there. */
export function isTimeZone(text: string): boolean {
  if (!zonePattern.test(text)) return false;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text).timeZoneId === text;
  } catch {
    return false;
  }
}

/** The instant at which a year begins in the zone. */
export function startOfYear(year: number, timeZone: string): Date {
  const start = Temporal.PlainDate.from({ year, month: 1, day: 1 }).toZonedDateTime(timeZone);
  return new Date(start.epochMilliseconds);
}

/** The year that an instant falls in, in the zone. */
export function yearOf(instant: Date, timeZone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone).year;
}

export type CalendarDay = { year: number; month: number; day: number };

/** The day that an instant falls on, in the zone. */
export function dayOf(instant: Date, timeZone: string): CalendarDay {
  const { year, month, day } = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(
    timeZone,
  );
  return { year, month, day };
}
