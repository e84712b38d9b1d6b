import { z } from 'zod';
import { uuid } from '../../schemas.ts';

/** Path parameters of the Content API. */

export const newsletterParams = z.object({
  slug: z.string().meta({ description: 'Slug of the newsletter.', examples: ['one-epoch'] }),
});

export const issueParams = z.object({
  ...newsletterParams.shape,
  issue: z.string().meta({ description: 'Number or slug of the issue, or `latest`.', examples: ['latest'] }),
});

export const paperParams = z.object({ id: uuid.meta({ description: 'UUID of the paper.' }) });
