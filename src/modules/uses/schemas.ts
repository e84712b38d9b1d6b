import { z } from 'zod';
import { filledText, timestamp, uuid } from '../../schemas.ts';
import { archiveKey } from '../delivery/schemas.ts';
import { use, useExample } from '../delivery/use-schemas.ts';
import { domainOf } from '../publications/index/domain.ts';

export const tagParams = z.object({
  tag: filledText(60).meta({ description: 'Letter for letter.', examples: ['vision'] }),
});

export const domainParams = z.object({
  domain: z
    .string()
    .transform((text, check) => {
      // Nothing of an address but its host.
      const domain = /[\p{Cc}\s/\\?#@:%[\]]/u.test(text) ? null : domainOf(`http://${text}`);
      if (domain !== null) return domain;
      check.addIssue({ code: 'custom', message: 'must be a host, as in example.org' });
      return z.NEVER;
    })
    .meta({
      description:
        'The host of a link without `www.`, in any spelling: capitals, `www.` and Unicode are one with `github.com`.',
      examples: ['github.com'],
      override: { type: 'string' },
    }),
});

export const publishedUse = z
  .object({
    ...use.shape,
    item: use.shape.item.meta({
      description: 'As its edition has it. Null: the issue itself, as of its authors and its own tags.',
    }),
  })
  .meta({ id: 'Use', examples: [useExample, { ...useExample, item: null }] });

/** A place among the uses of one thing: newest first, the higher number first of two that went out together. */
export const useKey = z.strictObject({ ...archiveKey.shape, user: uuid });
export type UseKey = z.infer<typeof useKey>;

const entryExamples = [
  {
    count: 3,
    newest: '2026-12-01T09:00:00.012Z',
    paper: {
      id: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b16',
      title: 'BLIP: Bootstrapping Language-Image Pre-training',
      arxivId: '2201.12086',
      doi: '10.48550/arxiv.2201.12086',
    },
  },
];

const mostFeatured = z
  .object({
    count: z.int().meta({ description: 'Issues of the period that feature it, each counted once.' }),
    newest: timestamp.meta({ description: 'When the last of them was published.' }),
    paper: z
      .object({ id: uuid, title: z.string(), arxivId: z.string().nullable(), doi: z.string().nullable() })
      .meta({ id: 'MostFeaturedPaper' })
      .meta({ description: 'With `kind=papers`, as the library has it now.' }),
    person: z
      .object({ slug: z.string(), name: z.string() })
      .meta({ id: 'MostFeaturedPerson' })
      .meta({ description: 'With `kind=people`, as the library has them now.' }),
    tag: z.string().meta({ description: 'With `kind=tags`.' }),
    domain: z.string().meta({ description: 'With `kind=domains`.' }),
  })
  .partial({ paper: true, person: true, tag: true, domain: true })
  .meta({ id: 'MostFeatured', examples: entryExamples });

export const mostFeaturedList = z
  .object({ data: z.array(mostFeatured).meta({ description: 'By count, then the newest first.' }) })
  .meta({ id: 'MostFeaturedList' });
