import type { z } from 'zod';
import { joinSpoken } from '../../../bibliography/text/particles.ts';
import type { authorInput, paperAuthor } from './author-schemas.ts';
import { parseOrcid } from './orcid.ts';
import { type NameParts, splitName } from './split-name.ts';

export type Author = z.infer<typeof paperAuthor>;

type GivenParts = { [Part in keyof NameParts]?: string | undefined };

/** Normalizes an author for storage: `name` is always present, and its parts only if `splitName` would find others. */
export function toAuthor(input: z.infer<typeof authorInput>): Author {
  if (typeof input === 'string') return { name: input.trim() };
  const { isOrganization, orcid } = input;
  const name = (input.name ?? joinName(input)).trim();
  return {
    name,
    ...(isOrganization ? {} : unusualParts(name, input)),
    ...(orcid ? { orcid: parseOrcid(orcid) ?? orcid } : {}),
    ...(isOrganization ? { isOrganization } : {}),
  };
}

/** Returns the parts of a personal name: the stored ones, or else those that `splitName` finds. */
export function partsOf({ name, family, given, suffix }: Author): NameParts {
  return family === undefined ? splitName(name) : { family, given, suffix };
}

/** Returns the full name as printed. */
function joinName({ family = '', given = '', suffix }: GivenParts): string {
  const name = joinSpoken(given, family);
  return suffix ? `${name}, ${suffix}` : name;
}

function unusualParts(name: string, parts: GivenParts): Partial<Author> {
  const { family, given, suffix } = parts;
  if (!family) return {};
  const found = splitName(name);
  const isUsual =
    found.family === family &&
    (found.given ?? '') === (given ?? '') &&
    (found.suffix ?? '') === (suffix ?? '');
  if (isUsual) return {};
  return { family, ...(given ? { given } : {}), ...(suffix ? { suffix } : {}) };
}
