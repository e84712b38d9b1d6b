import { z } from 'zod';
import { text, webAddress } from '../../../schemas.ts';

export const paperStatus = z
  .enum(['preprint', 'published', 'corrected', 'retracted'])
  .meta({ id: 'PaperStatus' });
export type PaperStatus = z.infer<typeof paperStatus>;

/** Rejects dates such as 31 February and the year 0. */
function isOnCalendar(date: string): boolean {
  const [year = '', month = '01', day = '01'] = date.split('-');
  const time = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return Number(year) > 0 && time.getUTCDate() === Number(day);
}

const fields = {
  status: paperStatus,
  date: z
    .string()
    .regex(/^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/, {
      error: 'must be a day, a month or a year, such as 2022-01-28, 2022-01 or 2022',
      abort: true,
    })
    .refine(isOnCalendar, { error: 'must be a date that exists in the calendar' })
    .meta({ description: 'A day, a month or a year, as precise as known.' }),
  note: text(1_000).nullable(),
  url: webAddress.nullable().meta({ description: 'URL of the notice.' }),
};

export const paperStatusEntry = z.object(fields).meta({
  id: 'PaperStatusEntry',
  examples: [
    {
      status: 'retracted',
      date: '2024-03-01',
      note: 'The data could not be reproduced.',
      url: 'https://example.org/notice',
    },
  ],
});
export type PaperStatusEntry = z.infer<typeof paperStatusEntry>;

export const MAX_STATUSES = 20;
const STATUS_RULE =
  'Status history of the paper. The entry with the latest date is its current status; of entries with the same date, the last one counts. A retraction always stays the current status.';

export const statusInput = z
  .strictObject(fields)
  .partial({ note: true, url: true })
  .meta({ id: 'PaperStatusInput' });

export const statusesInput = z
  .array(statusInput)
  .max(MAX_STATUSES)
  .meta({
    description: STATUS_RULE,
    examples: [
      [
        { status: 'preprint', date: '2022-01-28' },
        { status: 'published', date: '2022-07' },
      ],
    ],
  });
