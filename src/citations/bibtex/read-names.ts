import { type CslName, OTHERS } from '../csl.ts';
import { tidyLine } from '../tidy-text.ts';
import { decodeLatex, findGroupEnd } from './decode-latex.ts';

/**
 * Names as BibTeX has them: `First von Last`, `von Last, First`, `von Last, Jr, First`, joined by `and`; what stands in braces is one
 * word, and a whole name in braces is a body. https://ctan.org/pkg/tamethebeast (section 11)
 */
export function readNames(source: string): CslName[] {
  return splitOutsideBraces(source.replace(/\s+/g, ' '), / and(?= )/iy)
    .map((name) => name.trim())
    .filter((name) => name !== '' && name.toLowerCase() !== 'and')
    .map(readName)
    .filter((name) => Object.keys(name).length > 0);
}

function readName(source: string): CslName {
  if (source === OTHERS.literal || /^et\.?\s+al\.?$/i.test(source)) return OTHERS;
  if (source.startsWith('{') && findGroupEnd(source, 0) === source.length - 1)
    return compact({ literal: source });
  const parts = splitOutsideBraces(source, /,/y).map((part) => splitOutsideBraces(part.trim(), /[ ~]+/y));
  const [first = [], ...more] = parts;
  if (more.length === 0) return readInOrder(first);
  const particles = first.slice(0, -1).findIndex((word) => !isLowerCase(word));
  const end = particles === -1 ? first.length - 1 : particles;
  const suffix = more.length > 1 ? more[0] : [];
  const given = more.length > 1 ? more.slice(1) : more;
  return compact({
    given: given.map((words) => words.join(' ')).join(', '),
    'non-dropping-particle': first.slice(0, end).join(' '),
    family: first.slice(end).join(' '),
    suffix: suffix?.join(' ') ?? '',
  });
}

/** Without commas: particles are the words in lower case before the last word. */
function readInOrder(words: string[]): CslName {
  const hasSuffix = words.length > 2 && /^(?:[js]r\.?|I{2,3}|IV)$/i.test(words.at(-1) ?? '');
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

function compact(name: Record<string, string>): CslName {
  const decoded = Object.entries(name).map(([part, latex]) => [part, tidyLine(decodeLatex(latex))]);
  return Object.fromEntries(decoded.filter(([, text]) => text !== ''));
}

/** A word that begins with a group has no case, unless the group is an accented letter. */
export function isLowerCase(word: string): boolean {
  if (/^\{[^\\]/.test(word)) return false;
  const letter = /\p{L}/u.exec(decodeLatex(word))?.[0] ?? '';
  return /\p{Ll}/u.test(letter);
}

function splitOutsideBraces(source: string, separator: RegExp): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (let at = 0, depth = 0; at < source.length; at += 1) {
    const character = source[at];
    if (character === '{') depth += 1;
    if (character === '}') depth -= 1;
    separator.lastIndex = at;
    if (depth <= 0 && separator.test(source)) {
      pieces.push(source.slice(from, at));
      from = separator.lastIndex;
      at = from - 1;
    } else if (character === '\\') at += 1;
  }
  return [...pieces, source.slice(from)];
}
