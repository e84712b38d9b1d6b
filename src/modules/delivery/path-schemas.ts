import { z } from 'zod';
import { idParam } from '../../schemas.ts';

/** How addresses of the Content API name what they lead to. */

export const newsletterParams = z.object({
  slug: z.string().meta({
    examples: ['one-epoch'],
    param: { id: 'NewsletterSlug', description: 'Of the newsletter.' },
  }),
});

export const issueParams = z.object({
  ...newsletterParams.shape,
  issue: z.string().meta({
    examples: ['latest'],
    param: { id: 'IssueKey', description: 'Its number, its slug, or `latest`.' },
  }),
});

export const paperParams = z.object({ id: idParam });
