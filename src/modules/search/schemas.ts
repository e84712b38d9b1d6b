import { z } from 'zod';
import { filledText, pageInfo, tag, yearFilter } from '../../schemas.ts';
import { use, useExample } from '../delivery/use-schemas.ts';

export const MAX_HITS = 50;

export const searchFilters = {
  q: filledText(200).meta({
    description:
      'The search query. All words must match, with or without their accents. Use `"a phrase"` for exact wording, `or` between alternatives, and `-` to exclude a word or phrase. The last word also matches longer words that start with it.',
    examples: ['"image captioning" -video'],
  }),
  year: yearFilter.optional().meta({
    description: 'The year of publication, in the time zone the newsletter had at that time.',
  }),
  tag: tag.optional().meta({ description: 'A tag of the issue or item. Must match exactly.' }),
};

const example = {
  ...useExample,
  titleHighlighted: 'BLIP',
  snippet: 'A model for <mark>image</mark> <mark>captioning</mark> that cleans its own data.',
};

const hit = z
  .object({
    ...use.shape,
    item: use.shape.item.meta({
      description: 'The item that matches, or null if the match is in the text of the issue itself.',
    }),
    titleHighlighted: z.string().meta({
      description: 'The title of the item, or of the issue, as safe HTML with matches in `<mark>`.',
    }),
    snippet: z.string().meta({
      description:
        'An excerpt of the text as safe HTML with matches in `<mark>`. If only the title matches, the beginning of the text.',
    }),
  })
  .meta({ id: 'SearchHit', examples: [example] });

const tagCount = z.object({ tag: z.string(), count: z.int() }).meta({ id: 'TagCount' });
const yearCount = z.object({ year: z.int(), count: z.int() }).meta({ id: 'YearCount' });

const facets = z
  .object({
    tags: z.array(tagCount).meta({ description: 'At most 50 tags, the most frequent first.' }),
    years: z.array(yearCount).meta({ description: 'Years, the latest first.' }),
  })
  .meta({ id: 'SearchFacets' });

export const searchPage = z
  .object({
    data: z.array(hit).meta({ description: 'Hits, the best match first.' }),
    page: pageInfo,
    total: z.int().meta({
      description:
        'The number of hits on all pages, at most 500. If more match, only the newest 500 are ranked and returned.',
    }),
    isTotalExact: z.boolean().meta({ description: 'False if there may be more matches than `total`.' }),
    correctedQuery: z.string().nullable().meta({
      description:
        'The query that was used because nothing matched `q`, as plain text. Null if `q` was used.',
    }),
    facets: facets.meta({
      description:
        'The number of hits that would remain with each filter, over all pages. If more than 500 match, the counts cover only the newest 500, and the filter may return more.',
    }),
  })
  .meta({
    id: 'SearchPage',
    examples: [
      {
        data: [example],
        page: { next: null },
        total: 1,
        isTotalExact: true,
        correctedQuery: null,
        facets: { tags: [{ tag: 'vision', count: 1 }], years: [{ year: 2026, count: 1 }] },
      },
    ],
  });
