import { type CslName, OTHERS } from '../../../../bibliography/csl/csl.ts';
import { definedFields } from '../../../../lib/patch.ts';
import { parseOrcid } from '../../authors/orcid.ts';
import { fold } from './registry-text.ts';

const NAME_LENGTH = 300;
const SUFFIX_LENGTH = 100;
/** Of an item. */
const MOST_AUTHORS = 5_000;

type Person = {
  family?: string | undefined;
  given?: string | undefined;
  suffix?: string | undefined;
  orcid?: string | undefined;
};

/** Null: there is no name in it. One without a family name is known by the other alone. */
export function toPerson({ family, given, suffix, orcid }: Person): CslName | null {
  const known = { family: fold(family ?? '', NAME_LENGTH), given: fold(given ?? '', NAME_LENGTH) };
  const id = parseOrcid(orcid ?? '') ?? undefined;
  const more = { suffix: fold(suffix ?? '', SUFFIX_LENGTH), ORCID: id };
  if (known.family !== undefined) return definedFields({ ...known, ...more });
  return known.given === undefined ? null : definedFields({ literal: known.given, ORCID: id });
}

export function toBody(name: string): CslName | null {
  const literal = fold(name, NAME_LENGTH);
  return literal === undefined ? null : { literal };
}

/** Undefined: nobody is named. */
export function toAuthors(names: readonly (CslName | null)[]): CslName[] | undefined {
  const known = names.filter((name) => name !== null);
  if (known.length > MOST_AUTHORS) return [...known.slice(0, MOST_AUTHORS - 1), OTHERS];
  return known.length === 0 ? undefined : known;
}
