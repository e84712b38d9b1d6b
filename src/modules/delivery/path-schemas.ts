import { z } from 'zod';
import { uuid } from '../../schemas.ts';

/** How addresses of the Content API name what they lead to. */

export const newsletterParams = z.object({
  slug: z.string().meta({ description: 'Of the newsletter.', examples: ['one-epoch'] }),
});

export const issueParams = z.object({
  ...newsletterParams.shape,
  issue: z.string().meta({ description: 'Its number, its slug, or `latest`.', examples: ['latest'] }),
});

export const paperParams = z.object({ id: uuid.meta({ description: 'UUID' }) });
