import { z } from 'zod';
import { uuid } from '../../schemas.ts';

/** What an address of the Content API may name. */

export const slugParams = z.object({
  slug: z.string().meta({ description: 'Of the newsletter.', examples: ['one-epoch'] }),
});

export const issueParams = z.object({
  ...slugParams.shape,
  issue: z.string().meta({ description: 'Its number, its slug, or `latest`.', examples: ['latest'] }),
});

export const paperParams = z.object({ id: uuid.meta({ description: 'UUID' }) });

export const year = z
  .string()
  .regex(/^[1-9]\d{3}$/, { error: 'must be a year of four digits' })
  .transform(Number)
  .meta({
    description: 'In which it was published, in the newsletter’s time zone.',
    override: { type: 'integer', minimum: 1000, maximum: 9999 },
  });
