import { z } from 'zod';
import { text, webAddress } from '../../schemas.ts';

export const paperStatus = z
  .enum(['preprint', 'published', 'corrected', 'retracted'])
  .meta({ id: 'PaperStatus' });
export type PaperStatus = z.infer<typeof paperStatus>;

const fields = {
  status: paperStatus,
  date: z
    .string()
    .regex(/^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/, {
      error: 'must be a day, a month or a year, as in 2022-01-28, 2022-01 or 2022',
    })
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

const entryInput = z.strictObject(fields).partial({ note: true, url: true });

export const statusesInput = z
  .array(entryInput)
  .max(20)
  .meta({
    description: 'What became of the paper; the one of the latest date, of equals the last, is its status.',
    examples: [
      [
        { status: 'preprint', date: '2022-01-28' },
        { status: 'published', date: '2022-07' },
      ],
    ],
  });

/** The latest last. A month comes before its days, as what is known less closely. */
export function sortStatuses(inputs: z.infer<typeof statusesInput>): PaperStatusEntry[] {
  return inputs
    .map(({ status, date, note, url }) => ({ status, date, note: note ?? null, url: url ?? null }))
    .toSorted((one, other) => (one.date === other.date ? 0 : one.date < other.date ? -1 : 1));
}
