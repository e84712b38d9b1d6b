import { z } from 'zod';
import { filledText, pageInfo, yearFilter } from '../../schemas.ts';
import { use, useExample } from '../delivery/use-schemas.ts';

export const MAX_HITS = 50;

export const searchFilters = {
  q: filledText(200).meta({
    description:
      'Words that all must be there; `"a phrase"`; `or` between two; `-` before what must not be there. The last word stands for all that begin like it.',
    examples: ['"image captioning" -video'],
  }),
  year: yearFilter.optional().meta({
    description: 'In which it was published, in the time zone that the newsletter had then.',
  }),
  tag: filledText(60).optional().meta({ description: 'Of the issue or the item, letter for letter.' }),
};

const example = {
  ...useExample,
  titleHighlighted: 'BLIP',
  snippet: 'A model for <mark>image</mark> <mark>captioning</mark> that cleans its own data.',
};

const hit = z
  .object({
    ...use.shape,
    item: use.shape.item.meta({ description: 'Null: it stands in a text of the issue itself.' }),
    titleHighlighted: z.string().meta({
      description: 'HTML, safe: the title of the item, or of the issue, with what matches in `<mark>`.',
    }),
    snippet: z.string().meta({
      description:
        'HTML, safe: a stretch of the text with what matches in `<mark>`; its beginning if that is elsewhere.',
    }),
  })
  .meta({ id: 'SearchHit', examples: [example] });

const tagCount = z.object({ tag: z.string(), count: z.int() }).meta({ id: 'TagCount' });
const yearCount = z.object({ year: z.int(), count: z.int() }).meta({ id: 'YearCount' });

const facets = z
  .object({
    tags: z.array(tagCount).meta({ description: 'The most frequent first, 50 at most.' }),
    years: z.array(yearCount).meta({ description: 'The last first.' }),
  })
  .meta({ id: 'SearchFacets' });

export const searchPage = z
  .object({
    data: z.array(hit).meta({ description: 'The best first.' }),
    page: pageInfo,
    total: z
      .int()
      .meta({ description: 'Of all pages. Past 500 matches it is the newest 500 that are ranked.' }),
    isTotalExact: z.boolean().meta({ description: 'False: there may be more matches than `total`.' }),
    correctedQuery: z.string().nullable().meta({
      description: 'What was searched for instead, since nothing matched `q`. Plain text.',
    }),
    facets: facets.meta({
      description:
        'Of all pages: how many hits each further filter leaves. Past 500 matches they count among those that are ranked alone, and the filter may find more.',
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
