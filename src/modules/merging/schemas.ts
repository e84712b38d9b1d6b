import { z } from 'zod';
import { uuid } from '../../schemas.ts';

export const paperMerge = z
  .strictObject({
    paperIds: z
      .array(uuid)
      .min(1)
      .max(20)
      .refine((ids) => new Set(ids).size === ids.length, { error: 'must not contain the same paper twice' })
      .meta({ description: 'Ids of the duplicates to merge into the paper.' }),
  })
  .meta({ id: 'PaperMerge', examples: [{ paperIds: ['0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b12'] }] });
