import { z } from 'zod';
import { text, webAddress } from '../../../schemas.ts';

export const paperStatus = z
  .enum(['preprint', 'published', 'corrected', 'retracted'])
  .meta({ id: 'PaperStatus' });
export type PaperStatus = z.infer<typeof paperStatus>;

/** Neither the year 0 nor 31 February. */
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
      error: 'must be a day, a month or a year, as in 2022-01-28, 2022-01 or 2022',
      abort: true,
    })
    .refine(isOnCalendar, { error: 'is on no calendar' })
    .meta({ description: 'As far as it is known: a day, a month or a year.' }),
  note: text(1_000).nullable(),
  url: webAddress.nullable().meta({ description: 'Of the notice.' }),
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
  'What became of the paper. The one of the latest date, of equals the last, is its status; a retraction is, whatever came after.';

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
