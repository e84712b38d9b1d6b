import { z } from 'zod';
import { isTimeZone } from '../../../lib/time-zone.ts';

const scheduleFields = z.strictObject({
  at: z.iso
    .datetime({ offset: true, error: 'must be an RFC 3339 time with an offset' })
    .refine(isWithinReach, { error: 'must be before the year 9999' })
    .optional()
    .meta({ description: 'An instant: RFC 3339 with an offset.', examples: ['2026-12-01T09:00:00+10:00'] }),
  local: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/, {
      error: 'must be YYYY-MM-DDTHH:MM, with or without :SS',
    })
    .optional()
    .meta({ description: 'A wall clock.', examples: ['2026-12-01T09:00'] }),
  timeZone: z
    .string()
    .max(64)
    .refine(isTimeZone, { error: 'must be an IANA time zone' })
    .optional()
    .meta({ description: 'IANA; with `local` only. Left out: the newsletter’s.' }),
});

export const scheduleInput = scheduleFields
  .refine(({ at, local }) => (at === undefined) !== (local === undefined), {
    error: 'must have either `at` or `local`',
  })
  .refine(({ at, timeZone }) => at === undefined || timeZone === undefined, {
    error: 'stands with `local` only',
    path: ['timeZone'],
  })
  .meta({
    id: 'ScheduleInput',
    description: 'Either an instant, or a wall clock with its time zone.',
    examples: [
      { at: '2026-12-01T09:00:00+10:00' },
      { local: '2026-12-01T09:00', timeZone: 'Australia/Brisbane' },
    ],
  });
export type ScheduleInput = z.infer<typeof scheduleInput>;

/** RFC 3339 has no year 10000, which an offset can make of the end of 9999. */
function isWithinReach(at: string): boolean {
  return new Date(at).getUTCFullYear() < 9999;
}
