/** What precedes a closing dollar in `$HOME/$USER` and `($A, $B)`, but not at the end of a formula. */
const separator = /[([{/:,;.\-+=&<>]$/;

/** An amount followed by a word, as in "5 billion, not US$". */
const amount = /^\d[\d.,]*[kKmMbB]?n?[,;:.]?\s+\p{L}{2}/u;

/** Two words in a row, which formulas have only in commands such as `\\text`. */
const words = /\p{L}{2}\s+\p{L}{2}/u;

/**
 * Whether `source`, from one dollar to another, is a formula rather than amounts of money. As in Pandoc, there is no space
 * inside the dollars, and no digit follows; variables such as `${A}/${B}` and code have dollars of their own. `before` and `after` are the characters around it, empty at the end of a line.
 */
export function isDollarFormula(source: string, before: string, after: string): boolean {
  if (source.startsWith('$$')) return /[^$\s]/.test(source);
  const content = source.slice(1, -1);
  if (/^\s|[\s\\]$/.test(content) || /[\d{]/.test(after) || amount.test(content)) return false;
  if (/[A-Za-z]/.test(before) || content.includes('`')) return false;
  if (/\d/.test(before) && !/^[\\A-Za-z({|]/.test(content)) return false;
  return !(/[A-Za-z]/.test(after) && separator.test(content));
}

/**
 * Whether `source`, from `\(` or `\[` to its end, is a formula rather than escaped brackets: `\[1\]` and `\[sic\]` are
 * text. Exporters escape square brackets, so a formula in them has a space inside the brackets or a sign of TeX.
 */
export function isBracketFormula(source: string): boolean {
  const content = source.slice(2, -2);
  const hasCommand = /\\[A-Za-z]/.test(content);
  if (hasCommand || content.trim() === '') return hasCommand;
  if (words.test(content) || content.includes('](')) return false;
  return source.startsWith('\\(') || /[=^]/.test(content) || (/^\s/.test(content) && /\s$/.test(content));
}
