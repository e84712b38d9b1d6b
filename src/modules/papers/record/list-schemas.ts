import { z } from 'zod';
import { flagFilter } from '../../../schemas.ts';
import { parseIdentifier } from '../identifiers/identifier.ts';
import { paperStatus } from './status-schemas.ts';

const identifier = z
  .string()
  .max(2_100)
  .transform((spelled, check) => {
    const found = parseIdentifier(spelled);
    if (found !== null) return found;
    check.addIssue({
      code: 'custom',
      message: 'must be an arXiv id, a DOI, or another identifier of a paper',
      input: spelled,
    });
    return z.NEVER;
  })
  .meta({
    description:
      'Returns only the paper with this identifier. Any spelling is accepted: `arXiv:2201.12086v2`, a DOI, a URL at a registry, or any other web address.',
    override: { type: 'string' },
  });

export const paperFilter = {
  identifier: identifier.optional(),
  status: paperStatus.optional(),
  incomplete: flagFilter.optional(),
};
