import { type CslName, OTHERS } from '../../../../bibliography/csl/csl.ts';
import { splitName } from '../../authors/split-name.ts';
import { toBody, toPerson } from './csl-authors.ts';

const BODY = /\b(?:collaborations?|consortium|team|group|network|project|institute|laboratory|foundation)\b/i;

/**
 * arXiv writes a name as it stands on the paper: a person's, or a body's. Null: there is no name in it; arXiv has `:`
 * between a collaboration and its members.
 */
export function readName(name: string): CslName | null {
  const whole = name.trim();
  if (!/\p{L}/u.test(whole)) return null;
  if (/^(?:et al\.?|(?:and )?others)$/i.test(whole)) return OTHERS;
  const parts = splitName(whole);
  return BODY.test(whole) || parts.given === undefined ? toBody(whole) : toPerson(parts);
}
