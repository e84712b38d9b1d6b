import { Temporal } from 'temporal-polyfill';
import { isTimeZone } from '../../../lib/time-zone.ts';

export type ResolvedTime = { at: Date; local: string; timeZone: string };

/** `message` follows the time that was given, as in "2027-03-28T02:30 ...". */
export type TimeFailure = {
  code: 'malformed' | 'no_such_date' | 'out_of_range' | 'unknown_time_zone' | 'skipped' | 'repeated';
  message: string;
  /** What a skipped or repeated time may have been meant to be: RFC 3339 with offset, the earlier first. */
  choices: string[];
};

const localPattern = /^(\d{4})-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/;

/** RFC 3339 has four digits for the year, in UTC too, and no seconds in an offset, as there were in the past. */
const years = { first: 2000, last: 9998 };

/** The instant at which a wall clock of the zone shows `local`, which is `YYYY-MM-DDTHH:mm` or with `:ss`. */
export function resolveLocalTime(
  local: string,
  timeZone: string,
): ({ ok: true } & ResolvedTime) | ({ ok: false } & TimeFailure) {
  if (!isTimeZone(timeZone)) return failure('unknown_time_zone', 'names no time zone of the IANA database');
  const year = localPattern.exec(local)?.[1];
  if (year === undefined) return failure('malformed', 'is not of the form 2026-12-01T09:00');
  const clock = parseDate(local);
  if (clock === null) return failure('no_such_date', 'is not in the calendar');
  if (Number(year) < years.first || Number(year) > years.last) {
    return failure('out_of_range', `is not in the years ${years.first} to ${years.last}`);
  }
  return findOnClock(clock, timeZone);
}

/** What a wall clock of the zone shows: `YYYY-MM-DDTHH:mm`, with `:ss` unless the minute is full. */
export function describeInstant(at: Date, timeZone: string): string {
  const instant = Temporal.Instant.fromEpochMilliseconds(at.getTime());
  return formatLocal(instant.toZonedDateTimeISO(timeZone).toPlainDateTime());
}

function failure(code: TimeFailure['code'], message: string, choices: string[] = []) {
  return { ok: false, code, message, choices } as const;
}

function parseDate(local: string): Temporal.PlainDateTime | null {
  try {
    return Temporal.PlainDateTime.from(local);
  } catch {
    return null;
  }
}

function findOnClock(clock: Temporal.PlainDateTime, timeZone: string) {
  const earlier = clock.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  const later = clock.toZonedDateTime(timeZone, { disambiguation: 'later' });
  if (earlier.epochMilliseconds === later.epochMilliseconds) {
    const at = new Date(earlier.epochMilliseconds);
    return { ok: true, at, local: formatLocal(clock), timeZone } as const;
  }
  const choices = [toRfc3339(earlier), toRfc3339(later)];
  const isRepeated = earlier.toPlainDateTime().equals(clock);
  const message = `${isRepeated ? 'comes twice' : 'does not exist'} in ${timeZone}; it may be ${choices.join(' or ')}`;
  return failure(isRepeated ? 'repeated' : 'skipped', message, choices);
}

function formatLocal(clock: Temporal.PlainDateTime): string {
  return clock.toString({ smallestUnit: clock.second === 0 ? 'minute' : 'second' });
}

function toRfc3339(time: Temporal.ZonedDateTime): string {
  return time.toString({ timeZoneName: 'never', smallestUnit: 'second' });
}
