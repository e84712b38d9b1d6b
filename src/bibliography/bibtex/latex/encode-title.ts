import { encodeAroundMath, encodeLatex, escapeLatex } from './encode-latex.ts';

/**
 * Encloses words in braces, so that bibliography styles do not lower-case them: acronyms, words with inner capitals, and those
 * in `protectedWords`.
 */
export function encodeTitle(title: string, protectedWords: readonly string[] = []): string {
  if (protectedWords.includes(title)) return `{${encodeLatex(title)}}`;
  const known = protectedWords.length === 0 ? null : findAny(protectedWords);
  return encodeAroundMath(title, (text) => {
    const pieces = known === null ? [text] : text.split(known);
    return pieces
      .map((piece, index) => (index % 2 === 1 ? `{${escapeLatex(piece)}}` : protectWords(piece)))
      .join('');
  });
}

/** Matches whole words, in a group so that `split` returns them, too. */
function findAny(words: readonly string[]): RegExp {
  const sources = words
    .toSorted((a, b) => b.length - a.length)
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  return new RegExp(`(?<![\\p{L}\\p{N}\\p{M}])(${sources.join('|')})(?![\\p{L}\\p{N}\\p{M}])`, 'u');
}

function protectWords(text: string): string {
  return text.split(/( )/).map(protectWord).join('');
}

function protectWord(word: string): string {
  const [, core = '', rest = ''] = /^(.*?)([,.:;?!]*)$/su.exec(word) ?? [];
  const escaped = escapeLatex(core);
  return (isAtRisk(core) ? `{${escaped}}` : escaped) + rest;
}

function isAtRisk(core: string): boolean {
  return /\p{L}.*\p{Lu}|\d.*\p{Lu}|^\P{L}*(?![AI]$)\p{Lu}\P{L}*$/u.test(core);
}

/** Whether every word of the text is put in braces even if it is not in `protectedWords`. */
export function isProtectedAnyway(text: string): boolean {
  return text.split(' ').every((word) => isAtRisk(word.replace(/[,.:;?!]+$/, '')));
}
