import { type CslName, OTHERS } from '../csl/csl.ts';
import { compact, isGroup } from './name-words.ts';
import { readPerson } from './read-person.ts';
import { splitOutsideBraces } from './split-outside-braces.ts';

/** `unclear` is the first name whose commas may also separate several people. */
type Names = { names: CslName[]; unclear: string | null };

/** Not the end of a character reference: `M&uuml;ller`. */
const SEMICOLON = /;(?<!&#?[a-z\d]{1,31};)/iy;
const AMPERSAND = / \\?&(?:amp;)? /iy;

/**
 * Reads BibTeX names, joined by `and`. Some files join them by semicolons or `\&`. A group in braces is one word; a name
 * entirely in braces is an organization. https://ctan.org/pkg/tamethebeast (section 11)
 */
export function readNames(source: string): Names {
  const people = splitPeople(source.replace(/\s+/g, ' '));
  const found = people.map((person) => listNames(person, people.length > 1));
  const at = found.indexOf(null);
  const names = found.flatMap((list) => list ?? []).filter((name) => Object.keys(name).length > 0);
  return { names, unclear: at === -1 ? null : (people[at] ?? null) };
}

function splitPeople(source: string): string[] {
  return splitOutsideBraces(source, / and(?= )/iy)
    .flatMap((part) => splitOutsideBraces(part, SEMICOLON))
    .flatMap((part) => splitAtAmpersand(part.trim()))
    .filter((name) => name !== '' && name.toLowerCase() !== 'and');
}

/** Single words around an ampersand are a company: `Procter \& Gamble`. */
function splitAtAmpersand(source: string): string[] {
  const parts = splitOutsideBraces(source, AMPERSAND).map((part) => part.trim());
  if (parts.length === 1) return parts;
  const arePeople = parts.some((part) => part.includes(',')) || parts.every((part) => part.includes(' '));
  return arePeople ? parts : [`{${source}}`];
}

/** DBLP appends four digits to distinguish people with the same name. Some files append `et al.` to the last name. */
function listNames(source: string, isOfList: boolean): CslName[] | null {
  if (source === OTHERS.literal || /^et\.?\s+al\.?$/i.test(source)) return [OTHERS];
  const beforeEtAl = /^(.*\S)[,\s]\s*et\.? al\.?$/i.exec(source)?.[1];
  if (beforeEtAl !== undefined) {
    const names = listNames(beforeEtAl.replace(/,$/, ''), isOfList);
    return names === null ? null : [...names, OTHERS];
  }
  if (isGroup(source)) return [compact({ literal: source })];
  const keyed = readKeyed(source);
  return keyed === null ? readPerson(source.replace(/ 0\d{3}(?=,|$)/, ''), isOfList) : [keyed];
}

/** Reads the biblatex form `given=Jane, family=Roe`. */
function readKeyed(source: string): CslName | null {
  if (!/^(?:family|given|prefix|suffix|useprefix)(?:-i)? ?=/i.test(source)) return null;
  const parts = splitOutsideBraces(source, /,/y).map((part) => {
    const [key = '', ...value] = part.split('=');
    return [key.trim().toLowerCase(), value.join('=').trim()] as const;
  });
  const name: Record<string, string> = Object.fromEntries(parts);
  const { family = '', given = '', prefix = '', suffix = '', useprefix = 'true' } = name;
  const particle = useprefix.toLowerCase() === 'false' ? 'dropping-particle' : 'non-dropping-particle';
  return compact({ given, [particle]: prefix, family, suffix });
}
