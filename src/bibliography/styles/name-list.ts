import type { CslName } from '../csl/csl.ts';
import { OTHERS } from '../csl/csl.ts';
import { foldText, joinWithCommas, joinWithSpaces } from './join-parts.ts';

/** A body, or a person of one name, has only `family`. Empty: there is none. */
type Name = { family: string; given: string; particle: string; suffix: string };

export type NameList = { names: readonly Name[]; areMore: boolean };

export function readNames(names: readonly CslName[] = []): NameList {
  const areMore = names.at(-1)?.literal === OTHERS.literal;
  const named = (areMore ? names.slice(0, -1) : names).map(readName);
  return { names: named.filter(({ family }) => family !== ''), areMore };
}

function readName(name: CslName): Name {
  const [literal, given, particle, suffix] = [
    name.literal,
    name.given,
    name['dropping-particle'],
    name.suffix,
  ].map((part) => foldText(part ?? ''));
  const family = joinParticle(foldText(name['non-dropping-particle'] ?? ''), foldText(name.family ?? ''));
  if (literal || family === '') return nameOfOnePart(literal || given || '');
  if (isWrittenFamilyFirst(`${family}${given}`)) return nameOfOnePart(`${family}${given}`);
  return { family, given: given ?? '', particle: particle ?? '', suffix: suffix ?? '' };
}

function nameOfOnePart(family: string): Name {
  return { family, given: '', particle: '', suffix: '' };
}

/** `van der Maaten`, `d’Alembert` */
function joinParticle(particle: string, family: string): string {
  return /['’]$/.test(particle) ? `${particle}${family}` : joinWithSpaces([particle, family]);
}

/** In their own scripts Chinese, Japanese and Korean names have neither comma nor space nor initials. */
function isWrittenFamilyFirst(name: string): boolean {
  return /^[\p{sc=Han}\p{sc=Hangul}][\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}]*$/u.test(
    name,
  );
}

/** Lovelace, Ada */
export function invertName({ family, given, particle, suffix }: Name): string {
  return joinWithCommas([family, joinWithSpaces([given, particle]), suffix]);
}

/** Ada Lovelace */
export function straightenName({ family, given, particle, suffix }: Name): string {
  return joinWithSpaces([given, particle, family, suffix]);
}

/** `Jean-Paul Ray` to `J.-P. R.`; what has no capitals, as Arabic or Hindi, is kept whole. */
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

export function isSeveral({ names, areMore }: NameList): boolean {
  return areMore || names.length > 1;
}

export function isNobody({ names }: NameList): boolean {
  return names.length === 0;
}

/** Of a list longer than `most` the first `kept`; one that goes on has at least one name more than it shows. */
export function abridge({ names, areMore }: NameList, most: number, kept: number): NameList {
  const isLong = names.length + (areMore ? 1 : 0) > most;
  return isLong ? { names: names.slice(0, kept), areMore: true } : { names, areMore };
}

/** `A`, `A and B`, `A, B, and C`, `A, B, et al.` */
export function joinNames(names: readonly string[], areMore: boolean, conjunction: string): string {
  const last = names.at(-1) ?? '';
  if (areMore) return names.length === 1 ? `${last} et al.` : joinWithCommas([...names, 'et al.']);
  if (names.length < 3) return names.join(` ${conjunction} `);
  return joinWithCommas([...names.slice(0, -1), `${conjunction} ${last}`]);
}
