import { z } from 'zod';
import { text } from '../../../schemas.ts';
import { parseArxivId } from './arxiv-id.ts';
import { parseDoi } from './doi.ts';
import { keyOf, parseIdentifier, readIdentifier, SCHEMES, schemeText } from './identifier.ts';

const MAX_SPELLING = 2_100;

const scheme = z.enum(SCHEMES).meta({ id: 'IdentifierScheme' });
const value = z.string().meta({ description: 'Normalized; unique with its scheme.' });
const version = z
  .int()
  .min(1)
  .max(999)
  .nullable()
  .meta({ description: 'Of an arXiv id that was given with one.' });

export const paperIdentifier = z
  .object({ scheme, value, version, url: z.string().meta({ description: 'Where it leads.' }) })
  .meta({
    id: 'PaperIdentifier',
    examples: [
      { scheme: 'arxiv', value: '2201.12086', version: 2, url: 'https://arxiv.org/abs/2201.12086v2' },
    ],
  });

const spelledIdentifier = text(MAX_SPELLING)
  .refine((spelled) => parseIdentifier(spelled) !== null, {
    error:
      'must be an identifier: arXiv:2201.12086, 10.1000/182, openreview:…, semanticscholar:…, or a web address',
  })
  .meta({
    examples: [
      'https://arxiv.org/abs/2201.12086v2',
      'doi:10.1000/182',
      'https://openreview.net/forum?id=abcdEFGH12',
    ],
  });

const namedIdentifier = z
  .strictObject({
    scheme,
    value: text(MAX_SPELLING),
    version: version.optional(),
    url: text(MAX_SPELLING).optional().meta({ description: 'As it was read; not taken.' }),
  })
  .refine((named) => parseIdentifier(schemeText(named))?.scheme === named.scheme, {
    error: 'is no identifier of this scheme',
    path: ['value'],
  })
  .meta({ id: 'PaperIdentifierInput' });

export const MAX_IDENTIFIERS = 100;

const identifierInput = z.union([namedIdentifier, spelledIdentifier], {
  error: 'must be an identifier in any spelling, or { "scheme", "value" }',
});
export type IdentifierInput = z.infer<typeof identifierInput>;

export const identifiersInput = z
  .array(identifierInput)
  .max(MAX_IDENTIFIERS)
  .refine(isEachOnce, { error: 'must not name an identifier twice' })
  .meta({
    description: 'All that the paper has, in any spelling; the first of a scheme is the one that is cited.',
    examples: [['arXiv:2201.12086v2', 'https://doi.org/10.1000/182']],
  });

function isEachOnce(inputs: readonly IdentifierInput[]): boolean {
  const keys = inputs.map(readIdentifier).flatMap((one) => (one ? [keyOf(one)] : []));
  return new Set(keys).size === keys.length;
}

export const arxivIdInput = text(300)
  .refine((spelled) => parseArxivId(spelled) !== null, { error: 'must be an arXiv id, as in 2201.12086' })
  .meta({
    description:
      'Short for the first of `identifiers` at arXiv, with or without version; null takes all of them away.',
    examples: ['2201.12086', 'arXiv:2201.12086v2', 'https://arxiv.org/abs/2201.12086v1', 'cs/0112017'],
  });

export const doiInput = text(500)
  .refine((spelled) => parseDoi(spelled) !== null, { error: 'must be a DOI, as in 10.1000/182' })
  .meta({
    description:
      'Short for the first DOI of `identifiers`; null takes all of them away. One that arXiv gave is the arXiv id.',
    examples: ['10.1000/182', 'doi:10.1000/182', 'https://doi.org/10.1000/182'],
  });
