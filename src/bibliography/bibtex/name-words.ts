import type { CslName } from '../csl/csl.ts';
import { tidyLine } from '../text/tidy-text.ts';
import { decodeLatex } from './latex/decode-latex.ts';
import { findGroupEnd } from './latex/find-group-end.ts';
import { makeSeparator, splitOutsideBraces } from './split-outside-braces.ts';

/** The words of a name in LaTeX. A group in braces is one word. */

const SPACES = makeSeparator(/[ ~]+/);
/** Degrees, and suffixes that are also given names. */
const WIDE_SUFFIX =
  /^(?:[js]r\.?|sen\.?|I{2,3}|IV|VI{0,3}|\d(?:st|nd|rd|th)|(?:Ph|M)\.? ?D\.?|D\.? ?Sc\.?|Dr\.?|Esq\.?|Filho|Neto|Netto|Sobrinho|J[uú]nior|Hijo|Fils|Père)$/iu;

export function wordsOf(part: string): string[] {
  return splitOutsideBraces(part.trim(), SPACES).filter(Boolean);
}

export function isGroup(part: string): boolean {
  return part.startsWith('{') && findGroupEnd(part, 0) === part.length - 1;
}

export function isWideSuffix(part: string): boolean {
  return WIDE_SUFFIX.test(decode(part));
}

/** For example `A.`, `A. B.` or `AB`. */
export function isInitials(part: string): boolean {
  return /^(?:\p{Lu}\.?[ -]?){1,4}$/u.test(decode(part));
}

/** A word that starts with a group has no case, unless the group is an accented letter. */
export function isLowerCase(word: string): boolean {
  if (/^\{[^\\]/.test(word)) return false;
  const letter = /\p{L}/u.exec(decodeLatex(word))?.[0] ?? '';
  return /\p{Ll}/u.test(letter);
}

/** Decodes the parts of a name, and leaves out empty ones. */
export function compact(name: Record<string, string>): CslName {
  const decoded: Record<string, string> = {};
  for (const [part, latex] of Object.entries(name)) {
    const text = latex === '' ? '' : decode(latex);
    if (text !== '') decoded[part] = text;
  }
  return decoded;
}

function decode(latex: string): string {
  return tidyLine(decodeLatex(latex));
}
