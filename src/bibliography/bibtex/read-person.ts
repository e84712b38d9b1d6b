import type { CslName } from '../csl/csl.ts';
import { compact, isGroup, isInitials, isLowerCase, isSuffix, isWideSuffix, wordsOf } from './name-words.ts';
import { splitOutsideBraces } from './split-outside-braces.ts';

/**
 * Reads `First von Last`, `von Last, First` or `von Last, Jr, First`. Some files separate names by commas only; such a list
 * is several people. Returns null if the commas may mean either. `isOfList` tells that other names surround this one.
 */
export function readPerson(source: string, isOfList: boolean): CslName[] | null {
  const all = splitOutsideBraces(source, /,/y).map((part) => part.trim());
  const parts = all.filter(Boolean);
  const isEnding = parts.length > 2 ? isWideSuffix : isSuffix;
  const end = parts.findLastIndex((part, index) => index === 0 || !isEnding(part)) + 1;
  const [names, suffix] = [parts.slice(0, end), parts.slice(end).join(', ')];
  const [last = '', second = '', third = ''] = names;
  if (names.length === 0) return [];
  if (names.length === 3 && (isWideSuffix(second) || isGroup(second)))
    return [readInverted(last, third, [second, suffix].filter(Boolean).join(', '))];
  const list = suffix === '' ? readList(names, isOfList || all.at(-1) === '') : null;
  if (list !== null) return list;
  if (names.length > 2) return null;
  return [names.length === 2 ? readInverted(last, second, suffix) : readOne(last, suffix, all, isOfList)];
}

/** Some programs mark an organization with a comma at its end. In a list, the comma stands before `and`. */
function readOne(name: string, suffix: string, all: readonly string[], isOfList: boolean): CslName {
  const words = wordsOf(name);
  if (suffix !== '') return words.length > 1 ? readInOrder([...words, suffix]) : readInverted(name, suffix, '');
  return all.length === 1 || (isOfList && words.length === 2) ? readInOrder(words) : compact({ family: name });
}

function readList(parts: readonly string[], isOfList: boolean): CslName[] | null {
  if (parts.length > 1 && parts.every(isVancouver)) return parts.map(readVancouver);
  const isPlain = parts.every((part) => wordsOf(part).length > 1);
  if (isPlain && parts.length > (isOfList ? 1 : 2))
    return parts.map((part) => (isVancouver(part) ? readVancouver(part) : readInOrder(wordsOf(part))));
  const arePairs = parts.length > 3 && parts.length % 2 === 0;
  if (!arePairs || parts.some((part, index) => isInitials(part) !== (index % 2 === 1))) return null;
  return parts.flatMap((part, index) => (index % 2 === 0 ? [readInverted(part, parts[index + 1] ?? '', '')] : []));
}

/** Vancouver style, used in medicine: `Smith J`, `van der Berg JK`. */
function isVancouver(part: string): boolean {
  const words = wordsOf(part);
  const isSurname = words.slice(0, -1).some((word) => /\p{L}\p{M}*\p{L}/u.test(word));
  return isSurname && /^\p{Lu}{1,3}(?:-\p{Lu})?$/u.test(words.at(-1) ?? '');
}

function readVancouver(part: string): CslName {
  const words = wordsOf(part);
  return readInverted(words.slice(0, -1).join(' '), words.at(-1) ?? '', '');
}

/** Particles are the lower-case words at the start of the family name. */
function readInverted(last: string, given: string, suffix: string): CslName {
  const words = wordsOf(last);
  const start = words.slice(0, -1).findIndex((word) => !isLowerCase(word));
  const end = start === -1 ? words.length - 1 : start;
  return compact({
    given: wordsOf(given).join(' '),
    'non-dropping-particle': words.slice(0, end).join(' '),
    family: words.slice(end).join(' '),
    suffix,
  });
}

/** Reads a name without commas. Particles are the lower-case words before the last word. */
function readInOrder(words: string[]): CslName {
  const hasSuffix = words.length > 2 && isSuffix(words.at(-1) ?? '');
  const name = hasSuffix ? words.slice(0, -1) : words;
  const before = name.slice(0, -1);
  const from = before.findIndex(isLowerCase);
  const to = before.findLastIndex(isLowerCase);
  return compact({
    given: before.slice(0, from === -1 ? before.length : from).join(' '),
    'non-dropping-particle': from === -1 ? '' : before.slice(from, to + 1).join(' '),
    family: (from === -1 ? name.slice(-1) : name.slice(to + 1)).join(' '),
    suffix: hasSuffix ? (words.at(-1) ?? '') : '',
  });
}
