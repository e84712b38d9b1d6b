import { tidyParagraphs } from '../../text/tidy-text.ts';
import { decodeLatex } from './decode-latex.ts';

/**
 * Encodes plain text as LaTeX in UTF-8. Each command has its own braces, so the text after it cannot become its argument. A
 * literal brace becomes a command, because BibTeX counts even escaped braces when it looks for the end of a value.
 */

const ESCAPES: Record<string, string> = {
  '\\': '{\\textbackslash}',
  '{': '{\\textbraceleft}',
  '}': '{\\textbraceright}',
  '~': '{\\textasciitilde}',
  '^': '{\\textasciicircum}',
  '%': '\\%',
  '&': '\\&',
  '#': '\\#',
  $: '\\$',
  _: '\\_',
  '\n\n': '{\\par}',
  '\n': '{\\newline}',
};
const MATH = /(\$[^$\n]{1,500}\$)/;

export function encodeLatex(text: string): string {
  return encodeAround(text, escapeLatex);
}

/** Encloses acronyms and words with inner capitals in braces, so that bibliography styles do not lower-case them. */
export function encodeTitle(title: string): string {
  return encodeAround(title, (text) => text.split(/( )/).map(protectWord).join(''));
}

/** Keeps `$…$` as LaTeX mathematics if it decodes to the same text. Otherwise escapes it. */
function encodeAround(text: string, encode: (text: string) => string): string {
  const pieces = text.split(MATH);
  if (pieces.length === 1) return encode(text);
  const kept = pieces.map((piece, index) => (index % 2 === 1 ? piece : encode(piece))).join('');
  return isBalanced(kept) && tidyParagraphs(decodeLatex(kept)) === tidyParagraphs(text) ? kept : encode(text);
}

/** Counts braces as BibTeX does, including escaped ones. */
function isBalanced(latex: string): boolean {
  let depth = 0;
  for (const [brace] of latex.matchAll(/[{}]/g)) {
    depth += brace === '{' ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

export function escapeLatex(text: string): string {
  return text
    .replace(/\n\n|[\\{}~^%&#$_\n]/g, (found) => ESCAPES[found] ?? found)
    .replace(/-(?=-)/g, '-{}')
    .replace(/`(?=`)/g, '`{}')
    .replace(/'(?=')/g, "'{}");
}

function protectWord(word: string): string {
  const [, core = '', rest = ''] = /^(.*?)([,.:;?!]*)$/su.exec(word) ?? [];
  const escaped = escapeLatex(core);
  const isAtRisk = /\p{L}.*\p{Lu}|\d.*\p{Lu}|^\P{L}*(?![AI]$)\p{Lu}\P{L}*$/u.test(core);
  return (isAtRisk ? `{${escaped}}` : escaped) + rest;
}

/** For URLs and identifiers. */
export function encodeVerbatim(text: string): string {
  return text.replace(/[\\{}]/g, (found) => ESCAPES[found] ?? found);
}
