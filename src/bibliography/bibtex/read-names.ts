import { type CslName, OTHERS } from '../csl/csl.ts';
import { beforeOthers, meansOthers, moveOthersLast } from '../text/others.ts';
import { compact, isGroup } from './name-words.ts';
import { readPerson } from './read-person.ts';
import { MAX_NAMES, makeSeparator, splitOutsideBraces } from './split-outside-braces.ts';

/** `unclear` is the first name whose commas may also separate several people. `isSplit` means that some commas do. */
type Names = { names: CslName[]; unclear: string | null; isSplit: boolean };

/** `isInList` means that commas in the text may separate people, because the last name of the list has none. */
type Part = { text: string; isInList: boolean };

const AND = makeSeparator(/ and(?= )/i);
const COMMA = makeSeparator(/,/);
/** Not the end of a character reference: `M&uuml;ller`. */
const SEMICOLON = makeSeparator(/[；、]|;(?<!&#?[a-z\d]{1,31};)/i);
const AMPERSAND = makeSeparator(/ \\?&(?:amp;)? /i);

/**
 * Reads BibTeX names, joined by `and`. Some files join them by semicolons or `\&`. A group in braces is one word; a name
 * entirely in braces is an organization. https://ctan.org/pkg/tamethebeast (section 11)
 */
export function readNames(source: string): Names {
  const people = splitPeople(source.replace(/\s+/g, ' '));
  const found = people.map(({ text, isInList }) => listNames(text, isInList));
  const names = found.flatMap((list) => list ?? []).filter((name) => Object.keys(name).length > 0);
  return {
    names: moveOthersLast(names),
    unclear: people.find((_, index) => found[index] === null)?.text ?? null,
    isSplit: found.some((list) => (list ?? []).filter((name) => name !== OTHERS).length > 1),
  };
}

function splitPeople(source: string): Part[] {
  const parts = splitOutsideBraces(source, AND)
    .flatMap((part) => splitOutsideBraces(part, SEMICOLON))
    .map((part) => part.trim())
    .filter((part) => part !== '' && part.toLowerCase() !== 'and');
  const isStraight = parts.length > 1 && !parts.at(-1)?.includes(',');
  return parts
    .slice(0, MAX_NAMES)
    .flatMap((part) => splitAtAmpersand(part, isStraight && part.endsWith(',')))
    .slice(0, MAX_NAMES);
}

/** Single words around an ampersand are a company: `Procter \& Gamble`. */
function splitAtAmpersand(source: string, isInList: boolean): Part[] {
  const parts = splitOutsideBraces(source, AMPERSAND).map((part) => part.trim());
  if (parts.length === 1) return [{ text: source, isInList }];
  const arePeople = parts.some((part) => part.includes(',')) || parts.every((part) => part.includes(' '));
  if (!arePeople) return [{ text: `{${source}}`, isInList: false }];
  return parts.map((text) => ({ text, isInList: !parts.at(-1)?.includes(',') }));
}

/** DBLP appends four digits to distinguish people with the same name. Some files append `et al.` to the last name. */
function listNames(source: string, isInList: boolean): CslName[] | null {
  const { literal = '' } = compact({ literal: source });
  if (source === OTHERS.literal || (literal !== OTHERS.literal && meansOthers(literal))) return [OTHERS];
  const before = beforeOthers(source);
  const names = readEach(before ?? source, isInList);
  return names === null || before === null ? names : [...names, OTHERS];
}

function readEach(source: string, isInList: boolean): CslName[] | null {
  if (isGroup(source)) return [compact({ literal: source })];
  const keyed = readKeyed(source);
  return keyed === null ? readPerson(source.replace(/ 0\d{3}(?=,|$)/, ''), isInList) : [keyed];
}

/** Reads the biblatex form `given=Jane, family=Roe`. */
function readKeyed(source: string): CslName | null {
  if (!/^(?:family|given|prefix|suffix|useprefix)(?:-i)? ?=/i.test(source)) return null;
  const parts = splitOutsideBraces(source, COMMA).map((part) => {
    const [key = '', ...value] = part.split('=');
    return [key.trim().toLowerCase(), value.join('=').trim()] as const;
  });
  const name: Record<string, string> = Object.fromEntries(parts);
  const { family = '', given = '', prefix = '', suffix = '', useprefix = 'true' } = name;
  const particle = useprefix.toLowerCase() === 'false' ? 'dropping-particle' : 'non-dropping-particle';
  return compact({ given, [particle]: prefix, family, suffix });
}
