import { z } from 'zod';
import { isTimeZone } from '../../../lib/time-zone.ts';
import { describedAs } from '../../../schemas.ts';

const instant = {
  at: z.iso
    .datetime({ offset: true, error: 'must be an RFC 3339 time with an offset' })
    .refine(isBeforeYear9999, { error: 'must be before the year 9999' })
    .meta({
      description: 'An instant in RFC 3339 format, with an offset.',
      examples: ['2026-12-01T09:00:00+10:00'],
    }),
};

const localTime = {
  local: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/, {
      error: 'must be YYYY-MM-DDTHH:MM, with or without :SS',
    })
    .meta({ description: 'A local time in `timeZone`.', examples: ['2026-12-01T09:00'] }),
  timeZone: z.string().max(64).refine(isTimeZone, { error: 'must be an IANA time zone' }).optional().meta({
    description: 'IANA time zone of `local`. Defaults to that of the newsletter.',
  }),
};

export const scheduleInput = describedAs(
  z
    .union([
      z.strictObject(instant).meta({ id: 'ScheduleInstant' }),
      z.strictObject(localTime).meta({ id: 'ScheduleLocalTime' }),
    ])
    .meta({
      id: 'ScheduleInput',
      description: 'Either an instant, or a local time and its time zone.',
      examples: [
        { at: '2026-12-01T09:00:00+10:00' },
        { local: '2026-12-01T09:00', timeZone: 'Australia/Brisbane' },
      ],
    }),
  z
    .strictObject({ ...instant, ...localTime })
    .partial()
    .refine(({ at, local }) => (at === undefined) !== (local === undefined), {
      error: 'must contain either `at` or `local`',
    })
    .refine(({ at, timeZone }) => at === undefined || timeZone === undefined, {
      error: 'must not be sent together with `at`',
      path: ['timeZone'],
    }),
);
export type ScheduleInput = z.infer<typeof scheduleInput>;

/** In UTC: a time late in 9999 with a negative offset falls into the year 10000, which RFC 3339 cannot express. */
function isBeforeYear9999(at: string): boolean {
  return new Date(at).getUTCFullYear() < 9999;
}
