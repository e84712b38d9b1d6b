import { splitAtSemicolons } from '../../lib/character-references.ts';
import { type CslName, OTHERS } from '../csl/csl.ts';
import { joinParticle } from '../text/particles.ts';

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
const SUFFIX = /^(?:[js]r\.?|I{2,3}|IV)$/i;
const PARTICLES = /^((?:\p{Ll}[\p{L}'’.-]*\s+)+)(?=\S)/u;

/** Some files list all names on one line: `Smith, J.; Jones, K.` DBLP appends four digits to distinguish people with the same name. */
export function readNames(value: string): CslName[] {
  const names = splitAtSemicolons(value)
    .map((name) => name.trim())
    .filter(Boolean);
  const isList = !value.includes(',,') && names.every((name) => name.includes(','));
  return (isList ? names : [value])
    .flatMap(splitAtCommas)
    .map((name) => readName(name.replace(/ 0\d{3}(?=,|$)/, '')));
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
  if (value === OTHERS.literal || /^et\.?\s+al\.?$/i.test(value)) return OTHERS;
  const [, initials, family] = value.includes(',') ? [] : (INITIALS.exec(value) ?? []);
  if (initials !== undefined && family !== undefined)
    return { given: initials.trim().replaceAll(' -', '-'), family };
  const [, surname, letters = ''] = VANCOUVER.exec(value) ?? [];
  if (surname !== undefined) return readName(`${surname}, ${letters}`);
  const body = readBody(value);
  if (body !== null) return { literal: body };
  const [last = '', ...more] = value.split(',').map((part) => part.trim());
  const isSuffixFirst = more.length === 2 && SUFFIX.test(more[0] ?? '') && !SUFFIX.test(more[1] ?? '');
  const [given = '', ...suffixes] = isSuffixFirst ? more.toReversed() : more;
  const particle = PARTICLES.exec(last)?.[1]?.trim() ?? '';
  const suffix = suffixes.filter(Boolean).join(', ');
  return {
    ...(given !== '' && { given }),
    ...(particle !== '' && { 'non-dropping-particle': particle }),
    family: last.slice(particle.length).trim(),
    ...(suffix !== '' && { suffix }),
  };
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
