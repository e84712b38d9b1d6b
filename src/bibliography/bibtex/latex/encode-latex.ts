import { tidyParagraphs, withoutControls } from '../../text/tidy-text.ts';
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
/**
 * No space follows the dollar sign that opens mathematics. None precedes the one that closes it, and no digit follows that.
 * All other dollar signs are amounts of money.
 */
const MATH = /(?<!\\)(\$\$?)(?![\s$])((?:[^\\$\n]|\\[^\n]){1,500})(?<!\s)\1(?!\d)/g;
/** Characters with which the text cannot be mathematics, unless a backslash precedes them. */
const NOT_IN_MATH = /^(?:[^\\]|\\.)*?[%&#]/su;

export function encodeLatex(text: string): string {
  return encodeAroundMath(text, escapeLatex);
}

/** Keeps mathematics as LaTeX, in two pairs of braces, which tell `decodeLatex` not to turn it into plain letters. */
export function encodeAroundMath(given: string, encode: (text: string) => string): string {
  const text = withoutControls(given);
  if (!text.includes('$')) return encode(text);
  let kept = '';
  let from = 0;
  for (const { index, 0: math, 2: inner = '' } of text.matchAll(MATH)) {
    if (!isBalanced(inner) || NOT_IN_MATH.test(inner)) continue;
    kept += `${encode(text.slice(from, index))}{{${math}}}`;
    from = index + math.length;
  }
  kept += encode(text.slice(from));
  return tidyParagraphs(decodeLatex(kept)) === tidyParagraphs(text) ? kept : encode(text);
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
  return withoutControls(text)
    .replace(/\n\n|[\\{}~^%&#$_\n]/g, (found) => ESCAPES[found] ?? found)
    .replace(/-(?=-)/g, '-{}')
    .replace(/`(?=`)/g, '`{}')
    .replace(/'(?=')/g, "'{}");
}

/** For URLs and identifiers. */
export function encodeVerbatim(text: string): string {
  return withoutControls(text).replace(/[\\{}]/g, (found) => ESCAPES[found] ?? found);
}
