import { type CslName, OTHERS } from '../../../citations/csl.ts';
import { toBody, toPerson } from './authors.ts';

/** arXiv writes a name as it stands on the paper, the family name last: Laurens van der Maaten, Luc Van Gool Jr. */

const BODY = /\b(?:collaborations?|consortium|team|group|network|project|institute|laboratory|foundation)\b/i;
const SUFFIX = /^(?:jr|sr|ii|iii|iv)\.?$/i;
/** Belong to the family name that they stand before. */
const PARTICLES = new Set(
  'af al av bin da das de del della den der di do dos du el ibn la le ten ter van von vom zu zum zur'.split(
    ' ',
  ),
);
/** With a capital only these: others would also be first names (Di, Le, Du). */
const CAPITAL_PARTICLES = new Set(['Van', 'Von', 'De', 'Del', 'Della', 'Der', 'Den', 'Vander']);

/** Null: there is no name in it; arXiv has `:` between a collaboration and its members. */
export function splitName(name: string): CslName | null {
  const whole = name.trim();
  if (!/\p{L}/u.test(whole)) return null;
  if (/^(?:et al\.?|(?:and )?others)$/i.test(whole)) return OTHERS;
  const { words, suffix } = takeSuffix(whole.split(/[\s,]+/).filter((word) => word !== ''));
  if (words.length === 1 || BODY.test(whole)) return toBody(whole);
  const start = startOfFamily(words);
  return toPerson({ given: words.slice(0, start).join(' '), family: words.slice(start).join(' '), suffix });
}

function takeSuffix(words: readonly string[]): { words: readonly string[]; suffix?: string } {
  const suffix = words.at(-1);
  if (words.length < 3 || suffix === undefined || !SUFFIX.test(suffix)) return { words };
  return { words: words.slice(0, -1), suffix };
}

/** The first word is never the family's. */
function startOfFamily(words: readonly string[]): number {
  let start = words.length - 1;
  while (start > 1 && isParticle(words[start - 1] ?? '')) start -= 1;
  return start;
}

function isParticle(word: string): boolean {
  return PARTICLES.has(word) || CAPITAL_PARTICLES.has(word);
}
