import { z } from 'zod';
import { text } from '../../../schemas.ts';
import { parseArxivId } from './arxiv-id.ts';
import { parseDoi } from './doi.ts';
import { keyOf, parseIdentifier, readIdentifier, SCHEMES, schemeText } from './identifier.ts';

const MAX_SPELLING = 2_100;

const scheme = z.enum(SCHEMES).meta({ id: 'IdentifierScheme' });
const value = z.string().meta({ description: 'Normalized value, unique within its scheme.' });
const version = z
  .int()
  .min(1)
  .max(999)
  .nullable()
  .meta({ description: 'Version of an arXiv id. Null if the id was given without a version.' });

export const paperIdentifier = z
  .object({
    scheme,
    value,
    version,
    url: z.string().meta({ description: 'URL of the paper at the registry.' }),
  })
  .meta({
    id: 'PaperIdentifier',
    examples: [
      { scheme: 'arxiv', value: '2201.12086', version: 2, url: 'https://arxiv.org/abs/2201.12086v2' },
    ],
  });

const spelledIdentifier = text(MAX_SPELLING)
  .refine((spelled) => parseIdentifier(spelled) !== null, {
    error:
      'must be an identifier such as arXiv:2201.12086, 10.1000/182, openreview:… or semanticscholar:…, or a web address',
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
    url: text(MAX_SPELLING)
      .optional()
      .meta({ description: 'Ignored. Accepted so that an identifier can be sent back as it was read.' }),
  })
  .refine((named) => parseIdentifier(schemeText(named))?.scheme === named.scheme, {
    error: 'must be an identifier of this scheme',
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
  .refine(isEachOnce, { error: 'must not contain the same identifier twice' })
  .meta({
    description: 'All identifiers of the paper, in any spelling. References cite the first of each scheme.',
    examples: [['arXiv:2201.12086v2', 'https://doi.org/10.1000/182']],
  });

function isEachOnce(inputs: readonly IdentifierInput[]): boolean {
  const keys = inputs.map(readIdentifier).flatMap((one) => (one ? [keyOf(one)] : []));
  return new Set(keys).size === keys.length;
}

export const arxivIdInput = text(300)
  .refine((spelled) => parseArxivId(spelled) !== null, { error: 'must be an arXiv id, such as 2201.12086' })
  .meta({
    description:
      'Shorthand that sets the first arXiv id in `identifiers`, with or without version. Null removes all arXiv ids.',
    examples: ['2201.12086', 'arXiv:2201.12086v2', 'https://arxiv.org/abs/2201.12086v1', 'cs/0112017'],
  });

export const doiInput = text(500)
  .refine((spelled) => parseDoi(spelled) !== null, { error: 'must be a DOI, such as 10.1000/182' })
  .meta({
    description:
      'Shorthand that sets the first DOI in `identifiers`. Null removes all DOIs. A DOI assigned by arXiv is stored as the arXiv id.',
    examples: ['10.1000/182', 'doi:10.1000/182', 'https://doi.org/10.1000/182'],
  });
