import { z } from 'zod';
import { filledText, text } from '../../../schemas.ts';
import { parseOrcid } from './orcid.ts';

const MAX_NAME = 300;
const orcidPlace = {
  description: 'As in 0000-0002-1825-0097, or its address.',
  examples: ['0000-0002-1825-0097'],
};

const parts = {
  family: filledText(MAX_NAME).meta({ description: 'With its particles, as in `van der Maaten`.' }),
  given: text(MAX_NAME),
  suffix: text(100).meta({ description: 'As in `Jr.`' }),
};

/** What is left out has nothing to say: the parts of a name that splits as names do, an ORCID that is not known. */
export const paperAuthor = z
  .object({
    name: z.string().meta({ description: 'As print has it.' }),
    ...parts,
    orcid: z.string().meta(orcidPlace),
    isOrganization: z.literal(true).meta({ description: 'A group, company or other body.' }),
  })
  .partial({ family: true, given: true, suffix: true, orcid: true, isOrganization: true })
  .meta({
    id: 'PaperAuthor',
    description:
      'The parts of the name stand there where they are others than the last word, with the small ones before it, and the words before.',
    examples: [{ name: 'Junnan Li' }, { name: 'Google', isOrganization: true }],
  });

const authorFields = z
  .strictObject({
    name: filledText(MAX_NAME),
    ...parts,
    orcid: text(100)
      .refine((given) => parseOrcid(given) !== null, {
        error: 'must be an ORCID, as in 0000-0002-1825-0097; its last digit checks the others',
      })
      .meta(orcidPlace),
    isOrganization: z.boolean(),
  })
  .partial()
  .refine(({ name, family }) => name !== undefined || family !== undefined, {
    error: 'must have a name, or the parts of one',
    path: ['name'],
  })
  .refine(({ isOrganization, family, given, suffix }) => !isOrganization || !(family || given || suffix), {
    error: 'an organization has a name and no parts of one',
    path: ['isOrganization'],
  })
  .meta({ id: 'PaperAuthorInput' });

/** A name alone is short for an author who has no more than that. */
export const authorInput = z.union([authorFields, filledText(MAX_NAME)], {
  error: 'must be a name, or an object with { "name" } or { "family", "given" }',
});
