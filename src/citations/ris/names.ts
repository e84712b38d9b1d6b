import { type CslName, OTHERS } from '../csl.ts';

/**
 * `Family, Given, Suffix`. A body has no comma; EndNote’s way to say that it is one all the same is a comma at the end, or two
 * where its name has the first: https://support.clarivate.com/Endnote/ (corporate authors)
 */

/** IEEE writes `K. He`. */
const INITIALS = /^((?:\p{Lu}\.(?:-\p{Lu}\.)? )+)(\S.*)$/u;
const PARTICLES = /^((?:\p{Ll}[\p{L}'’.-]*\s+)+)(?=\S)/u;

export function readName(value: string): CslName {
  if (value === OTHERS.literal || /^et\.?\s+al\.?$/i.test(value)) return OTHERS;
  const [, initials, family] = value.includes(',') ? [] : (INITIALS.exec(value) ?? []);
  if (initials !== undefined && family !== undefined) return { given: initials.trim(), family };
  const body = readBody(value);
  if (body !== null) return { literal: body };
  const [last = '', given = '', ...suffixes] = value.split(',').map((part) => part.trim());
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
  const particles = [name['dropping-particle'], name['non-dropping-particle']];
  const last = [...particles, name.family]
    .filter(Boolean)
    .join(' ')
    .replace(/(['’-]) (?=\S+$)/, '$1');
  if (last === '') return writeBody([name.given, name.suffix].filter(Boolean).join(' '));
  if (name.suffix) return `${last}, ${name.given ?? ''}, ${name.suffix}`;
  return name.given ? `${last}, ${name.given}` : last;
}

function writeBody(name: string): string {
  if (name.includes(',')) return name.replace(',', ',,');
  return /\s/.test(name) && !/^et\.?\s+al\.?$/i.test(name) && !INITIALS.test(name) ? name : `${name},`;
}
