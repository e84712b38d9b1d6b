import type { CslName } from '../csl/csl.ts';
import { OTHERS } from '../csl/csl.ts';
import { joinParticle, splitGiven } from '../text/particles.ts';
import { foldText, joinWithCommas, joinWithSpaces } from './join-parts.ts';

/** An organization, or a person with a single name, has only `family`. Missing parts are empty. */
type Name = { family: string; given: string; particle: string; suffix: string };

export type NameList = { names: readonly Name[]; hasMore: boolean };

export function readNames(names: readonly CslName[] = []): NameList {
  const hasMore = names.at(-1)?.literal === OTHERS.literal;
  const named = (hasMore ? names.slice(0, -1) : names).map(readName);
  return { names: named.filter(({ family }) => family !== ''), hasMore };
}

function readName(name: CslName): Name {
  const read = (part: string | undefined) => foldText(part ?? '');
  const [literal, first] = [read(name.literal), read(name.given)];
  const family = joinParticle(read(name['non-dropping-particle']), read(name.family));
  if (literal || family === '') return nameOfOnePart(literal || first);
  if (isWrittenFamilyFirst(`${family}${first}`)) return nameOfOnePart(`${family}${first}`);
  const { given, particle } = splitGiven(first);
  const particles = joinWithSpaces([particle, read(name['dropping-particle'])]);
  return { family, given, particle: particles, suffix: read(name.suffix) };
}

function nameOfOnePart(family: string): Name {
  return { family, given: '', particle: '', suffix: '' };
}

/** In their own scripts, Chinese, Japanese and Korean names have no comma, space or initials. */
function isWrittenFamilyFirst(name: string): boolean {
  return /^[\p{sc=Han}\p{sc=Hangul}][\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}]*$/u.test(
    name,
  );
}

/** For example `Lovelace, Ada`. */
export function invertName({ family, given, particle, suffix }: Name): string {
  return joinWithCommas([family, joinWithSpaces([given, particle]), suffix]);
}

/** For example `Ada Lovelace`. */
export function givenNameFirst({ family, given, particle, suffix }: Name): string {
  return joinWithSpaces([given, joinParticle(particle, family), suffix]);
}

/** Abbreviates `Jean-Paul Ray` to `J.-P. R.` Keeps names in scripts without capitals, such as Arabic or Hindi. */
export function withInitials(name: Name): Name {
  const words = name.given.replaceAll('.', '. ').split(' ');
  return { ...name, given: joinWithSpaces(words.map(abbreviateWord)).replaceAll(' -', '-') };
}

function abbreviateWord(word: string): string {
  return word
    .split(/(?=[-‐‑])/)
    .map(abbreviatePart)
    .join('');
}

function abbreviatePart(part: string): string {
  const letter = /\p{L}\p{M}*/u.exec(part)?.[0];
  if (letter === undefined || !/^\p{LC}/u.test(letter)) return part === '.' ? '' : part;
  return /^[-‐‑]/.test(part) ? `-${letter.toUpperCase()}.` : `${letter}.`;
}

export function isPlural({ names, hasMore }: NameList): boolean {
  return hasMore || names.length > 1;
}

export function hasNoNames({ names }: NameList): boolean {
  return names.length === 0;
}

/** Keeps the first `kept` names of a list longer than `limit`. An incomplete list counts as having one more name. */
export function abridge({ names, hasMore }: NameList, limit: number, kept: number): NameList {
  const isLong = names.length + (hasMore ? 1 : 0) > limit;
  return isLong ? { names: names.slice(0, kept), hasMore: true } : { names, hasMore };
}

/** Joins names to `A`, `A and B`, `A, B, and C`, or `A, B, et al.` */
export function joinNames(names: readonly string[], hasMore: boolean, conjunction: string): string {
  const last = names.at(-1) ?? '';
  if (hasMore) return names.length === 1 ? `${last} et al.` : joinWithCommas([...names, 'et al.']);
  if (names.length < 3) return names.join(` ${conjunction} `);
  return joinWithCommas([...names.slice(0, -1), `${conjunction} ${last}`]);
}
