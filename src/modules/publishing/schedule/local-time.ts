import { Temporal } from 'temporal-polyfill';
import { isTimeZone } from '../../../lib/time-zone.ts';

export type ResolvedTime = { at: Date; local: string; timeZone: string };

/** `message` is a predicate of the time that was given: "2027-03-28T02:30 does not exist ...". */
export type TimeFailure = {
  code: 'malformed' | 'no_such_date' | 'out_of_range' | 'unknown_time_zone' | 'skipped' | 'repeated';
  message: string;
  /** The possible instants of a skipped or repeated time: RFC 3339 with offset, earliest first. */
  choices: string[];
};

const LOCAL_TIME = /^(\d{4})-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/;

/**
 * RFC 3339 times have years of four digits, also after conversion to UTC, and offsets without seconds. Time zones had
 * offsets with seconds in the past.
 */
const YEARS = { first: 2000, last: 9998 };

/** Finds the instant of a local time. `local` is `YYYY-MM-DDTHH:mm` with or without `:ss`. */
export function resolveLocalTime(
  local: string,
  timeZone: string,
): ({ ok: true } & ResolvedTime) | ({ ok: false } & TimeFailure) {
  if (!isTimeZone(timeZone)) return failure('unknown_time_zone', 'must be in an IANA time zone');
  const year = LOCAL_TIME.exec(local)?.[1];
  if (year === undefined) return failure('malformed', 'must have the form 2026-12-01T09:00');
  const clock = parseDate(local);
  if (clock === null) return failure('no_such_date', 'must be a date in the calendar');
  if (Number(year) < YEARS.first || Number(year) > YEARS.last) {
    return failure('out_of_range', `must be in the years ${YEARS.first} to ${YEARS.last}`);
  }
  return findOnClock(clock, timeZone);
}

/** The local time of an instant: `YYYY-MM-DDTHH:mm`, with `:ss` unless the seconds are 0. */
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
  const problem = isRepeated ? 'occurs twice' : 'does not exist';
  const message = `${problem} in ${timeZone}; send \`at\` with ${choices.join(' or ')} instead`;
  return failure(isRepeated ? 'repeated' : 'skipped', message, choices);
}

function formatLocal(clock: Temporal.PlainDateTime): string {
  return clock.toString({ smallestUnit: clock.second === 0 ? 'minute' : 'second' });
}

function toRfc3339(time: Temporal.ZonedDateTime): string {
  return time.toString({ timeZoneName: 'never', smallestUnit: 'second' });
}
