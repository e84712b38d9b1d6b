import { z } from 'zod';
import { notFound } from '../../errors.ts';
import { idParam, SLUG_PATTERN } from '../../schemas.ts';

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

/** The database is not asked for what nothing is called: it would refuse a NUL. */
export function readSlug(text: string, noun: string): string {
  if (!SLUG_PATTERN.test(text)) throw notFound(noun);
  return text;
}
