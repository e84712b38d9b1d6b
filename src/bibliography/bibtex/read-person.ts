import type { CslName } from '../csl/csl.ts';
import { isSuffix, isSuffixAlone } from '../text/suffixes.ts';
import { compact, isGroup, isInitials, isLowerCase, isWideSuffix, wordsOf } from './name-words.ts';
import { MAX_NAMES, makeSeparator, splitOutsideBraces } from './split-outside-braces.ts';

const COMMA = makeSeparator(/,/);
/** In these scripts the family name is first. A name that starts in Katakana may be a foreign one. */
const EAST_ASIAN = /^[\p{sc=Han}\p{sc=Hangul}][\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]*$/u;

/**
 * Reads `First von Last`, `von Last, First` or `von Last, Jr, First`. Some files separate names by commas only; such a list
 * is several people. Returns null if the commas may mean either. `isInList` means that the text is part of such a list.
 */
export function readPerson(source: string, isInList: boolean): CslName[] | null {
  const parts = splitOutsideBraces(source, COMMA)
    .map((part) => part.trim())
    .filter(Boolean);
  const isEnding = parts.length > 2 ? isWideSuffix : isSuffixAlone;
  const end = parts.findLastIndex((part, index) => index === 0 || !isEnding(part)) + 1;
  const [names, suffix] = [parts.slice(0, end), parts.slice(end).join(', ')];
  const [last = '', second = '', third = ''] = names;
  if (names.length === 0) return [];
  if (names.length === 3 && (isWideSuffix(second) || isGroup(second)))
    return [readInverted(last, third, [second, suffix].filter(Boolean).join(', '))];
  const list = suffix === '' ? readList(names, isInList) : null;
  if (list !== null) return list;
  if (names.length > 2) return null;
  if (names.length === 2) return [readInverted(last, second, suffix)];
  return [readOne(last, suffix, source.endsWith(',') && !isInList)];
}

/** Some programs mark an organization with a comma at its end. */
function readOne(name: string, suffix: string, isMarked: boolean): CslName {
  const words = wordsOf(name);
  if (suffix === '') return isMarked ? compact({ family: name }) : readInOrder(words);
  return { ...readInOrder(words), ...compact({ suffix }) };
}

function readList(parts: readonly string[], isInList: boolean): CslName[] | null {
  const names = parts.slice(0, MAX_NAMES);
  if (names.length > 1 && names.every(isVancouver)) return names.map(readVancouver);
  const isPlain = names.length > (isInList ? 1 : 2) && names.every((name) => wordsOf(name).length > 1);
  if (isPlain || (names.length > 1 && names.every(startsWithInitial)))
    return names.map((name) => (isVancouver(name) ? readVancouver(name) : readInOrder(wordsOf(name))));
  if (names.length > 2 && names.every(isFamilyFirst)) return names.map((family) => compact({ family }));
  const arePairs = parts.length > 3 && parts.length % 2 === 0;
  if (!arePairs || parts.some((part, index) => isInitials(part) !== (index % 2 === 1))) return null;
  return parts.flatMap((part, index) =>
    index % 2 === 0 ? [readInverted(part, parts[index + 1] ?? '', '')] : [],
  );
}

/** Vancouver style, used in medicine: `Smith J`, `van der Berg J.K.` */
function isVancouver(part: string): boolean {
  const words = wordsOf(part);
  const isSurname = words.slice(0, -1).some((word) => /\p{L}\p{M}*\p{L}/u.test(word));
  return isSurname && /^(?:-?\p{Lu}\.?){1,3}$/u.test(words.at(-1) ?? '');
}

/** For example `J. Smith`. No family name starts with an initial. */
function startsWithInitial(part: string): boolean {
  return /^\p{Lu}\.[ ~-]?\S/u.test(part) && wordsOf(part).length > 1;
}

/** A whole name in Chinese, Japanese or Korean script. */
function isFamilyFirst(part: string): boolean {
  return /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]{2,6}$/u.test(part);
}

function readVancouver(part: string): CslName {
  const words = wordsOf(part);
  return readInverted(words.slice(0, -1).join(' '), words.at(-1) ?? '', '');
}

/** Particles are the lower-case words at the start of the family name. */
function readInverted(last: string, given: string, ending: string): CslName {
  const [family, first] = [takeSuffix(wordsOf(last), ending), takeSuffix(wordsOf(given), ending)];
  const { words } = family;
  const start = words.slice(0, -1).findIndex((word) => !isLowerCase(word));
  const end = start === -1 ? words.length - 1 : start;
  return compact({
    given: first.words.join(' '),
    'non-dropping-particle': words.slice(0, end).join(' '),
    family: words.slice(end).join(' '),
    suffix: ending || first.suffix || family.suffix,
  });
}

/** Some files write `King Jr., Martin` or `King, Martin Jr.` */
function takeSuffix(words: string[], ending: string): { words: string[]; suffix: string } {
  const suffix = words.length > 1 && ending === '' ? (words.at(-1) ?? '') : '';
  return isSuffix(suffix) ? { words: words.slice(0, -1), suffix } : { words, suffix: '' };
}

/** Reads a name without commas. Particles are the lower-case words before the last word. */
function readInOrder(words: string[]): CslName {
  const [first = '', ...others] = words;
  if (EAST_ASIAN.test(words.join(''))) return compact({ family: first, given: others.join(' ') });
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
