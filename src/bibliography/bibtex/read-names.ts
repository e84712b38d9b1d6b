import { type CslName, OTHERS } from '../csl/csl.ts';
import { tidyLine } from '../text/tidy-text.ts';
import { decodeLatex, findGroupEnd } from './latex/decode-latex.ts';

/**
 * Reads BibTeX names: `First von Last`, `von Last, First` or `von Last, Jr, First`, joined by `and`. A group in braces is one
 * word; a name entirely in braces is an organization. https://ctan.org/pkg/tamethebeast (section 11)
 */
export function readNames(source: string): CslName[] {
  return splitOutsideBraces(source.replace(/\s+/g, ' '), / and(?= )/iy)
    .map((name) => name.trim())
    .filter((name) => name !== '' && name.toLowerCase() !== 'and')
    .flatMap(listNames)
    .filter((name) => Object.keys(name).length > 0);
}

/** DBLP appends four digits to distinguish people with the same name. Some files append `et al.` to the last name. */
function listNames(source: string): CslName[] {
  const beforeEtAl = /^(.*\S)[,\s]\s*et\.? al\.?$/i.exec(source)?.[1];
  if (beforeEtAl !== undefined) return [readName(beforeEtAl.replace(/,$/, '')), OTHERS];
  return [readKeyed(source) ?? readName(source.replace(/ 0\d{3}(?=,|$)/, ''))];
}

/** Reads the biblatex form `given=Jane, family=Roe`. */
function readKeyed(source: string): CslName | null {
  if (!/^(?:family|given|prefix|suffix) ?=/i.test(source)) return null;
  const parts = splitOutsideBraces(source, /,/y).map((part) => {
    const [key = '', ...value] = part.split('=');
    return [key.trim().toLowerCase(), value.join('=').trim()] as const;
  });
  const {
    family = '',
    given = '',
    prefix = '',
    suffix = '',
  }: Record<string, string> = Object.fromEntries(parts);
  return compact({ given, 'non-dropping-particle': prefix, family, suffix });
}

function readName(source: string): CslName {
  if (source === OTHERS.literal || /^et\.?\s+al\.?$/i.test(source)) return OTHERS;
  if (source.startsWith('{') && findGroupEnd(source, 0) === source.length - 1)
    return compact({ literal: source });
  const parts = splitOutsideBraces(source, /,/y).map((part) => splitOutsideBraces(part.trim(), /[ ~]+/y));
  const [first = [], ...more] = parts;
  const [only = []] = more;
  if (more.length === 0) return readInOrder(first);
  if (more.length === 1 && only.length === 1 && first.length > 1 && isSuffix(only[0]))
    return readInOrder([...first, ...only]);
  const particles = first.slice(0, -1).findIndex((word) => !isLowerCase(word));
  const end = particles === -1 ? first.length - 1 : particles;
  const isSuffixLast = more.length > 1 && isSuffix(more.at(-1)?.join(' ')) && !isSuffix(only.join(' '));
  const suffix = isSuffixLast ? more.at(-1) : more.length > 1 ? only : [];
  const given = isSuffixLast ? more.slice(0, -1) : more.length > 1 ? more.slice(1) : more;
  return compact({
    given: given.map((words) => words.join(' ')).join(', '),
    'non-dropping-particle': first.slice(0, end).join(' '),
    family: first.slice(end).join(' '),
    suffix: suffix?.join(' ') ?? '',
  });
}

function isSuffix(words = ''): boolean {
  return /^(?:[js]r\.?|I{2,3}|IV)$/i.test(words);
}

/** Reads a name without commas. Particles are the lower-case words before the last word. */
function readInOrder(words: string[]): CslName {
  const hasSuffix = words.length > 2 && isSuffix(words.at(-1));
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

/** A word that starts with a group has no case, unless the group is an accented letter. */
export function isLowerCase(word: string): boolean {
  if (/^\{[^\\]/.test(word)) return false;
  const letter = /\p{L}/u.exec(decodeLatex(word))?.[0] ?? '';
  return /\p{Ll}/u.test(letter);
}

/** The space after such a command ends the command, not the word: `S\o ren`, `\L ukasz`, `\c c`. */
const COMMAND = /\\(?:[LlOoij]|AE|ae|OE|oe|AA|aa|ss|SS|[cdbkruvHt]) (?!and )(?=\p{L})/uy;

function splitOutsideBraces(source: string, separator: RegExp): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (let at = 0, depth = 0; at < source.length; at += 1) {
    const character = source[at];
    if (character === '{') depth += 1;
    if (character === '}') depth -= 1;
    COMMAND.lastIndex = at;
    separator.lastIndex = at;
    if (COMMAND.test(source)) at = COMMAND.lastIndex - 1;
    else if (depth <= 0 && separator.test(source)) {
      pieces.push(source.slice(from, at));
      from = separator.lastIndex;
      at = from - 1;
    } else if (character === '\\') at += 1;
  }
  return [...pieces, source.slice(from)];
}
