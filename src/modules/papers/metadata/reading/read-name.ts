import { type CslName, OTHERS } from '../../../../bibliography/csl/csl.ts';
import { splitName } from '../../authors/split-name.ts';
import { toOrganization, toPerson } from './csl-authors.ts';

const ORGANIZATION =
  /\b(?:collaborations?|consortium|team|group|network|project|institute|laboratory|foundation)\b/i;

/**
 * arXiv has names as printed on the paper, of persons and organizations alike. Returns null if the text is not a name,
 * such as the `:` that arXiv puts between a collaboration and its members.
 */
export function readName(name: string): CslName | null {
  const whole = name.trim();
  if (!/\p{L}/u.test(whole)) return null;
  if (/^(?:et al\.?|(?:and )?others)$/i.test(whole)) return OTHERS;
  const parts = splitName(whole);
  return ORGANIZATION.test(whole) || parts.given === undefined ? toOrganization(whole) : toPerson(parts);
}
