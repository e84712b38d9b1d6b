import { z } from 'zod';
import { filledText, flagFilter } from '../../../schemas.ts';

const bytes = z
  .string()
  .regex(/^\d{1,10}$/, { error: 'must be a whole number of bytes' })
  .transform(Number)
  .pipe(z.int32())
  .meta({ override: { type: 'integer', minimum: 0, maximum: 2_147_483_647 } });

/** Filters of the list of media. */
export const mediaFilter = {
  q: filledText(200).optional().meta({
    description: 'Words, each of which stands in the name, the words or the tags, or within a word there.',
  }),
  tag: filledText(60).optional(),
  type: z.enum(['image', 'audio', 'document']).meta({ id: 'MediaKind' }).optional(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, { error: 'must be 64 hexadecimal digits' })
    .optional()
    .meta({ description: 'Of the bytes as served or as uploaded: whether a file is here already.' }),
  unused: flagFilter
    .optional()
    .meta({ description: 'Whether no draft, no live edition and no person shows it.' }),
  withoutAlt: flagFilter.optional().meta({
    description: 'Images for which nobody wrote an alt text (an empty one is written), or all that have one.',
  }),
  withoutCredit: flagFilter.optional().meta({ description: 'Whether nobody is credited.' }),
  largerThan: bytes.optional().meta({ description: 'Bytes' }),
};
