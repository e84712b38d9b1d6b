import { z } from 'zod';
import { idParam } from '../../schemas.ts';

/** Path parameters of the Content API. */

export const newsletterParams = z.object({
  slug: z.string().meta({
    examples: ['one-epoch'],
    param: { id: 'NewsletterSlug', description: 'Slug of the newsletter.' },
  }),
});

export const issueParams = z.object({
  ...newsletterParams.shape,
  issue: z.string().meta({
    examples: ['latest'],
    param: { id: 'IssueKey', description: 'Number or slug of the issue, or `latest`.' },
  }),
});

export const paperParams = z.object({ id: idParam });
