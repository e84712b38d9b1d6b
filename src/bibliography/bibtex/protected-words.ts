import { tidyLine } from '../text/tidy-text.ts';
import { isProtectedAnyway } from './latex/encode-title.ts';
import { findGroupEnd } from './latex/find-group-end.ts';

/** Words whose capitals survive bibliography styles that lower-case titles. In BibTeX they are in braces: `{Go}`. */

/** A command with the start of its argument, an escaped character, or the start of a group. */
const NEXT = /\\(?:[a-zA-Z]+\*?\s*|[`'^"~=.])(\{)?|\\[\s\S]|[\^_]?(\{)/g;
const MAX_WORDS = 200;
/** A longer title is refused. */
const MAX_TITLE_LENGTH = 1_000;
const MAX_LATEX_LENGTH = 20_000;

/**
 * Encloses each group of a title that contains a capital letter in two noncharacters, which `decodeLatex` leaves in place.
 * Arguments of commands, superscripts and subscripts are not marked.
 */
export function markGroups(latex: string): string {
  if (latex.length > MAX_LATEX_LENGTH) return latex;
  const source = latex.replaceAll(/[\uFDD0\uFDD1]/g, '');
  let marked = '';
  let at = 0;
  for (let found = findNext(source, 0); found !== null; found = findNext(source, at)) {
    const after = found.index + found[0].length;
    const open = (found[1] ?? found[2]) === undefined ? after : after - 1;
    const end = open === after ? after - 1 : (findGroupEnd(source, open) ?? source.length);
    const inner = source.slice(open + 1, end);
    const isMarked = found[0] === '{' && isProtecting(inner);
    marked += source.slice(at, open) + (isMarked ? `{\uFDD0${inner}\uFDD1}` : source.slice(open, end + 1));
    at = end + 1;
  }
  return marked + source.slice(at);
}

function findNext(source: string, from: number): RegExpExecArray | null {
  NEXT.lastIndex = from;
  return NEXT.exec(source);
}

/** A group that starts with a command is a typeface or an accented letter. */
function isProtecting(inner: string): boolean {
  return !/^\{?[\\$]/.test(inner) && /\p{Lu}/u.test(inner);
}

/** Reads a decoded title with marks, and lists the marked words, except those that are put in braces anyway. */
export function readMarked(marked: string): { text: string; protectedWords: string[] } {
  const plain = marked.replaceAll(/[\uFDD0\uFDD1]/g, '');
  if (plain.length > MAX_TITLE_LENGTH) return { text: tidyLine(plain), protectedWords: [] };
  const words = [...marked.matchAll(/\uFDD0([^\uFDD0\uFDD1]*)\uFDD1/g)].map(
    ({ index, 1: inner = '' }, count) => {
      const start = index - 2 * count;
      return readWord(plain, start, start + inner.length);
    },
  );
  return { text: tidyLine(plain), protectedWords: [...new Set(words)].filter(Boolean).slice(0, MAX_WORDS) };
}

/** Widens a part of a word, as in `{B}ayes`, to the word. Returns an empty text if it is put in braces anyway. */
function readWord(plain: string, start: number, end: number): string {
  const [before, after] = [plain.slice(Math.max(0, start - 100), start), plain.slice(end, end + 100)];
  const group = plain.slice(start, end);
  const word = `${/[\p{L}\p{N}\p{M}]*$/u.exec(before)?.[0]}${group}${/^[\p{L}\p{N}\p{M}]*/u.exec(after)?.[0]}`;
  // Mathematics is written apart from the words around it.
  const token = `${/[^\s$]*$/.exec(before)?.[0]}${group}${/^[^\s$]*/.exec(after)?.[0]}`;
  return isProtectedAnyway(token) ? '' : tidyLine(word);
}
