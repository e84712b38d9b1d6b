import { type CslName, OTHERS } from '../../../../bibliography/csl/csl.ts';
import { definedFields } from '../../../../lib/patch.ts';
import { parseOrcid } from '../../authors/orcid.ts';
import { toLine } from './registry-text.ts';

const MAX_NAME_LENGTH = 300;
const MAX_SUFFIX_LENGTH = 100;
/** Per item */
const MAX_AUTHORS = 5_000;

type Person = {
  family?: string | undefined;
  given?: string | undefined;
  suffix?: string | undefined;
  orcid?: string | undefined;
};

/** Returns null if there is no name. Without a family name, the given name is the whole name. */
export function toPerson({ family, given, suffix, orcid }: Person): CslName | null {
  const known = {
    family: toLine(family ?? '', MAX_NAME_LENGTH),
    given: toLine(given ?? '', MAX_NAME_LENGTH),
  };
  const id = parseOrcid(orcid ?? '') ?? undefined;
  const more = { suffix: toLine(suffix ?? '', MAX_SUFFIX_LENGTH), ORCID: id };
  if (known.family !== undefined) return definedFields({ ...known, ...more });
  return known.given === undefined ? null : definedFields({ literal: known.given, ORCID: id });
}

export function toOrganization(name: string): CslName | null {
  const literal = toLine(name, MAX_NAME_LENGTH);
  return literal === undefined ? null : { literal };
}

/** Returns undefined if there are no names. */
export function toAuthors(names: readonly (CslName | null)[]): CslName[] | undefined {
  const known = names.filter((name) => name !== null);
  if (known.length > MAX_AUTHORS) return [...known.slice(0, MAX_AUTHORS - 1), OTHERS];
  return known.length === 0 ? undefined : known;
}
