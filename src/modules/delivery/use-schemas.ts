import { z } from 'zod';
import { timestamp, uuid } from '../../schemas.ts';

/** A use: where a published issue features a paper, person, tag or domain. */

const newsletterRef = z.object({ slug: z.string(), title: z.string() }).meta({ id: 'NewsletterRef' });

const issueHead = { number: z.int(), slug: z.string(), title: z.string() };

export const neighbouringIssue = z.object(issueHead).meta({ id: 'NeighbouringIssue' });

const issueRef = z.object({ ...issueHead, publishedAt: timestamp }).meta({ id: 'IssueRef' });

export const itemRef = z.object({ id: uuid, title: z.string(), anchor: z.string() }).meta({ id: 'ItemRef' });

/** A use by an item. */
export const itemUse = z.object({ newsletter: newsletterRef, issue: issueRef, item: itemRef });

/** A use by an item, or by the issue itself, which has no item. */
export const use = z.object({ ...itemUse.shape, item: itemRef.nullable() });

export const useExample = {
  newsletter: { slug: 'signal-and-noise', title: 'Signal & Noise' },
  issue: {
    number: 26,
    slug: 'february-2022',
    title: 'What you missed in February',
    publishedAt: '2026-12-01T09:00:00.012Z',
  },
  item: { id: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b13', title: 'BLIP', anchor: 'blip' },
};
