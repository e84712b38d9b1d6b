import { z } from 'zod';
import { filledText, text } from '../../../schemas.ts';
import { parseOrcid } from './orcid.ts';

const MAX_NAME_LENGTH = 300;
const orcidMeta = {
  description: 'ORCID such as 0000-0002-1825-0097. Input may also be its URL.',
  examples: ['0000-0002-1825-0097'],
};

const parts = {
  family: filledText(MAX_NAME_LENGTH).meta({
    description: 'Family name with its particles, such as `van der Maaten`.',
  }),
  given: text(MAX_NAME_LENGTH).meta({
    description:
      'Given names. A particle that references put behind them ends them, as in `Germaine de` for Germaine de Staël.',
  }),
  suffix: text(100).meta({ description: 'Suffix such as `Jr.`.' }),
};

/** The parts of a name are absent if `splitName` finds the same ones. */
export const paperAuthor = z
  .object({
    name: z.string().meta({ description: 'Full name as printed.' }),
    ...parts,
    orcid: z.string().meta(orcidMeta),
    isOrganization: z
      .literal(true)
      .meta({ description: 'Present if the author is a group, company or other organization.' }),
  })
  .partial({ family: true, given: true, suffix: true, orcid: true, isOrganization: true })
  .meta({
    id: 'PaperAuthor',
    description:
      '`family`, `given` and `suffix` are present only if they differ from the default split, in which the last word and the lower-case particles before it are the family name.',
    examples: [{ name: 'Junnan Li' }, { name: 'Google', isOrganization: true }],
  });

const authorFields = z
  .strictObject({
    name: filledText(MAX_NAME_LENGTH),
    ...parts,
    orcid: text(100)
      .refine((given) => parseOrcid(given) !== null, {
        error: 'must be an ORCID with a valid check digit, such as 0000-0002-1825-0097',
      })
      .meta(orcidMeta),
    isOrganization: z.boolean(),
  })
  .partial()
  .refine(({ name, family }) => name !== undefined || family !== undefined, {
    error: 'must be given, unless family is given',
    path: ['name'],
  })
  .refine(({ isOrganization, family, given, suffix }) => !isOrganization || !(family || given || suffix), {
    error: 'must be false if family, given or suffix is given',
    path: ['isOrganization'],
  })
  .meta({ id: 'PaperAuthorInput' });

/** A text is shorthand for an author with only a name. */
export const authorInput = z.union([authorFields, filledText(MAX_NAME_LENGTH)], {
  error: 'must be a name, or an object with { "name" } or { "family", "given" }',
});
