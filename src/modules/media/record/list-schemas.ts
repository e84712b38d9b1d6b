import { z } from 'zod';
import { filledText, flagFilter, tag } from '../../../schemas.ts';

const bytes = z
  .string()
  .regex(/^\d{1,10}$/, { error: 'must be a whole number of bytes' })
  .transform(Number)
  .pipe(z.int32())
  .meta({ override: { type: 'integer', minimum: 0, maximum: 2_147_483_647 } });

/** Query parameters of `listMedia`. */
export const mediaFilter = {
  q: filledText(200).optional().meta({
    description:
      'Search words. Each must occur in the original name, the alt text, the caption, the credit or the tags, also as part of a longer word. Accents do not matter.',
  }),
  tag: tag.optional().meta({ description: 'Only media files with this tag.' }),
  type: z.enum(['image', 'audio', 'document']).meta({ id: 'MediaKind' }).optional(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, { error: 'must be 64 hexadecimal digits' })
    .optional()
    .meta({
      description:
        'SHA-256 of the served or the uploaded bytes, in hexadecimal. Tells whether a file was uploaded before.',
    }),
  unused: flagFilter.optional().meta({
    description: '`true` lists media files that no draft, live edition or person uses, `false` all others.',
  }),
  withoutAlt: flagFilter.optional().meta({
    description:
      '`true` lists images whose `alt` is null, `false` media files with an alt text. An empty alt text counts as one.',
  }),
  withoutCredit: flagFilter
    .optional()
    .meta({ description: '`true` lists media files without a credit, `false` those with one.' }),
  largerThan: bytes.optional().meta({ description: 'Only files larger than this number of bytes.' }),
};
