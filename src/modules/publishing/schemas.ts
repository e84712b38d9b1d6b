import { z } from 'zod';
import { isTimeZone } from '../../lib/time-zone.ts';
import { text, timestamp, uuid } from '../../schemas.ts';
import { documentExample } from './edition-examples.ts';
import { editionDocument } from './edition-schemas.ts';

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

export const publicationInput = z
  .strictObject({})
  .meta({ id: 'PublicationInput', description: 'Nothing to say yet.', examples: [{}] });

/** RFC 3339 has no year 10000, which an offset can make of the end of 9999. */
function isWithinReach(at: string): boolean {
  return new Date(at).getUTCFullYear() < 9999;
}

const editionFields = {
  id: uuid,
  issueId: uuid,
  version: z.int(),
  hash: text(64).meta({ description: 'SHA-256 of the stored document, hex.' }),
  publishedAt: timestamp,
  isLive: z.boolean().meta({ description: 'Whether it is what readers see.' }),
};

const editionExample = {
  id: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b14',
  issueId: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11',
  version: 2,
  hash: 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
  publishedAt: '2026-12-02T10:00:00.000Z',
  isLive: true,
};

export const editionEntry = z.object(editionFields).meta({ id: 'EditionEntry', examples: [editionExample] });

export const edition = z.object({ ...editionFields, document: editionDocument }).meta({
  id: 'Edition',
  description: 'What was published, as it was published.',
  examples: [{ ...editionExample, document: documentExample }],
});
