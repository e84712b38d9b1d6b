import { z } from 'zod';
import { timestamp, uuid } from '../../schemas.ts';

/** A use: where a published issue features a paper, person, tag or domain. */

const newsletterHead = z.object({ slug: z.string(), title: z.string() });

export const issueHead = z.object({ number: z.int(), slug: z.string(), title: z.string() });

export const itemHead = z.object({ id: uuid, title: z.string(), anchor: z.string() });

/** A use by an item. */
export const itemUse = z.object({
  newsletter: newsletterHead,
  issue: z.object({ ...issueHead.shape, publishedAt: timestamp }),
  item: itemHead,
});

/** A use by an item, or by the issue itself, which has no item. */
export const use = z.object({ ...itemUse.shape, item: itemHead.nullable() });

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
