import { splitAtSemicolons } from '../../lib/character-references.ts';
import { type CslName, OTHERS } from '../csl/csl.ts';
import { beforeOthers, meansOthers } from '../text/others.ts';
import { joinParticle } from '../text/particles.ts';
import { isSuffix, isSuffixAlone, splitSuffix } from '../text/suffixes.ts';

/**
 * Names are `Family, Given, Suffix`. A name without a comma is an organization. EndNote marks an organization with a comma at
 * the end, or doubles the first comma in its name: https://support.clarivate.com/Endnote/ (corporate authors)
 */

/** IEEE writes `K. He`. */
const INITIALS = /^((?:\p{Lu}\.(?: ?-\p{Lu}\.)? )+)(\S.*)$/u;
/** Vancouver style, used by PubMed and others: `Li J`, `Müller-Schmidt KH`. */
const VANCOUVER =
  /^((?:\p{Ll}+ )*\p{Lu}(?:(?!\p{Ll})[\p{L}'’-])*\p{Ll}[\p{L}'’-]*) (\p{Lu}{1,2}(?:-\p{Lu})?)$/u;
/** For example `A.` or `A. B.` */
const LETTERS = /^(?:\p{Lu}\.[ -]?){1,4}$/u;
const PARTICLES = /^((?:\p{Ll}[\p{L}'’.-]*\s+)+)(?=\S)/u;

/** Some files list all names on one line: `Smith, J.; Jones, K.` DBLP appends four digits to distinguish people with the same name. */
export function readNames(value: string): CslName[] {
  const names = splitAtSemicolons(value)
    .map((name) => name.trim())
    .filter(Boolean);
  const isList = !value.includes(',,') && names.every((name) => name.includes(',') || meansOthers(name));
  return (isList ? names : [value])
    .flatMap(splitAtOthers)
    .flatMap(splitAtCommas)
    .map((name) => readName(name.replace(/ 0\d{3}(?=,|$)/, '')));
}

function splitAtOthers(value: string): string[] {
  const before = beforeOthers(value);
  return before === null ? [value] : [before, OTHERS.literal ?? ''];
}

/** Some files have all names on one line with commas only: `Smith J, Jones K` or `Smith, J., Jones, K.` */
function splitAtCommas(value: string): string[] {
  const parts = value.split(',').map((part) => part.trim());
  if (parts.length > 1 && parts.every((part) => VANCOUVER.test(part))) return parts;
  const arePairs = parts.length > 3 && parts.length % 2 === 0;
  if (!arePairs || parts.some((part, index) => LETTERS.test(part) !== (index % 2 === 1))) return [value];
  return parts.flatMap((part, index) => (index % 2 === 0 ? [`${part}, ${parts[index + 1]}`] : []));
}

function readName(value: string): CslName {
  if (meansOthers(value)) return OTHERS;
  const [, initials, family] = value.includes(',') ? [] : (INITIALS.exec(value) ?? []);
  if (initials !== undefined && family !== undefined)
    return { given: initials.trim().replaceAll(' -', '-'), family };
  const [, surname, letters = ''] = VANCOUVER.exec(value) ?? [];
  if (surname !== undefined) return readName(`${surname}, ${letters}`);
  const body = readBody(value);
  if (body !== null) return { literal: body };
  const [whole = '', ...more] = value.split(',').map((part) => part.trim());
  const { rest: last, suffix: inFamily } = splitSuffix(whole);
  const [given, suffix = inFamily] = readGiven(more);
  const particle = PARTICLES.exec(last)?.[1]?.trim() ?? '';
  return {
    ...(given !== '' && { given }),
    ...(particle !== '' && { 'non-dropping-particle': particle }),
    family: last.slice(particle.length).trim(),
    ...(suffix !== '' && { suffix }),
  };
}

/** What follows the family name. The suffix may stand before, in or behind the given names, or alone. */
function readGiven([first = '', ...more]: string[]): [given: string, suffix?: string] {
  const others = more.filter(Boolean).join(', ');
  // `Smith, Jr.`
  if (others === '' && isSuffixAlone(first)) return ['', first];
  // `Smith, John` and `Smith, John Jr.`
  if (others === '') {
    const { rest, suffix } = splitSuffix(first);
    return suffix === '' ? [first] : [rest, suffix];
  }
  // `Smith, Jr., John`
  if (more.length < 2 && isSuffix(first) && !isSuffix(others)) return [others, first];
  // `Smith, John, Jr.`
  return [first, others];
}

function readBody(value: string): string | null {
  if (value.includes(',,')) return value.replace(',,', ',');
  if (/^[^,]+,$/.test(value)) return value.slice(0, -1).trim();
  return value.includes(',') || !/\s/.test(value) ? null : value;
}

export function writeName(name: CslName, isLast: boolean): string {
  if (isLast && name.literal === OTHERS.literal) return 'et al.';
  if (name.literal) return writeBody(name.literal);
  const last = joinParticle(name['non-dropping-particle'] ?? '', name.family ?? '');
  const first = [name.given, name['dropping-particle']].filter(Boolean).join(' ');
  if (last === '') return writeBody([first, name.suffix].filter(Boolean).join(' '));
  if (name.suffix) return `${last}, ${first}, ${name.suffix}`;
  return first === '' ? last : `${last}, ${first}`;
}

function writeBody(name: string): string {
  if (name.includes(',')) return name.replace(',', ',,');
  return /\s/.test(name) && !/^et\.?\s+al\.?$/i.test(name) && !INITIALS.test(name) && !VANCOUVER.test(name)
    ? name
    : `${name},`;
}
