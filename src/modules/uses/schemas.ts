import { z } from 'zod';
import { tag, timestamp, uuid } from '../../schemas.ts';
import { archiveKey } from '../delivery/schemas.ts';
import { use, useExample } from '../delivery/use-schemas.ts';
import { domainOf } from '../publications/index/domain.ts';

export const tagParams = z.object({
  tag: tag.meta({ description: 'The exact tag. It is case-sensitive.', examples: ['vision'] }),
});

export const domainParams = z.object({
  domain: z
    .string()
    .transform((text, check) => {
      // Refuses everything in a URL except the host.
      const domain = /[\p{Cc}\s/\\?#@:%[\]]/u.test(text) ? null : domainOf(`http://${text}`);
      if (domain !== null) return domain;
      check.addIssue({ code: 'custom', message: 'must be a host name, such as example.org' });
      return z.NEVER;
    })
    .meta({
      description:
        'Host name of the links. Case and a leading `www.` are ignored. Unicode and Punycode are equivalent.',
      examples: ['github.com'],
      override: { type: 'string' },
    }),
});

export const publishedUse = z
  .object({
    ...use.shape,
    item: use.shape.item.meta({
      description:
        'The item in the live edition. Null if the use belongs to the issue itself, as with its authors and tags.',
    }),
  })
  .meta({ id: 'Use', examples: [useExample, { ...useExample, item: null }] });

/** A position in a list of uses: newest first, and the higher number first if two issues have the same time. */
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
    count: z.int().meta({ description: 'Number of issues in the period that feature it.' }),
    newest: timestamp.meta({ description: 'When the newest of these issues was published.' }),
    paper: z
      .object({ id: uuid, title: z.string(), arxivId: z.string().nullable(), doi: z.string().nullable() })
      .meta({ id: 'MostFeaturedPaper' })
      .meta({ description: 'The current record of the paper, with `kind=papers`.' }),
    person: z
      .object({ slug: z.string(), name: z.string() })
      .meta({ id: 'MostFeaturedPerson' })
      .meta({ description: 'The current record of the person, with `kind=people`.' }),
    tag: z.string().meta({ description: 'The tag, with `kind=tags`.' }),
    domain: z.string().meta({ description: 'The domain, with `kind=domains`.' }),
  })
  .partial({ paper: true, person: true, tag: true, domain: true })
  .meta({ id: 'MostFeatured', examples: entryExamples });

export const mostFeaturedList = z
  .object({
    data: z
      .array(mostFeatured)
      .meta({ description: 'Ordered by `count`, then by `newest`, both descending.' }),
  })
  .meta({ id: 'MostFeaturedList' });
