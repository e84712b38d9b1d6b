/** Joins the parts of a reference. Empty parts are unknown and are skipped, with their punctuation. */

/** Unicode bidirectional embeddings, overrides and isolates. Left open, they would reorder the text that follows. */
const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;

/** Puts text on one line, and removes control characters. */
export function foldText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(BIDI_CONTROLS, '')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

export function joinWithSpaces(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

/** A quoted title already ends with a comma or another mark. */
export function joinWithCommas(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').reduce((line, part) => `${line}${commaAfter(line)}${part}`, '');
}

function commaAfter(line: string): string {
  if (line === '') return '';
  return /[,.!?…。！？]’?”$/u.test(line) ? ' ' : ', ';
}

export function joinSentences(parts: readonly string[]): string {
  return joinWithSpaces(parts.map(endSentence));
}

export function endSentence(text: string): string {
  return text === '' || /[.!?…。！？]["'’”]*$/u.test(text) ? text : text.replace(/”?$/, (end) => `.${end}`);
}

/** American style: `mark` goes inside the quotation marks, and quotations within the title get single ones. */
export function quoteBefore(mark: ',' | '.', title: string): string {
  if (title === '') return '';
  const text = title.replaceAll(/“([^“”]*)”|"([^"]*)"/g, (_, curly?: string, straight?: string) => {
    return `‘${curly ?? straight}’`;
  });
  const closing = /[”"]$/.test(title) && text.endsWith('’') ? '’' : '';
  const inner = text.slice(0, text.length - closing.length);
  return `“${mark === '.' ? endSentence(inner) : endWithComma(inner)}${closing}”`;
}

/** A comma replaces the full stop of a sentence, but not that of an abbreviation. */
const FULL_STOP = /(?<!\.|(?<!\p{L})(?:\p{L}|al|co|etc|inc|jr|ltd|no|sr|vs))\.$/iu;

function endWithComma(text: string): string {
  return /[,!?…。！？]$/u.test(text) ? text : `${text.replace(FULL_STOP, '')},`;
}

export function parenthesize(text: string): string {
  return text === '' ? '' : `(${text})`;
}

/** Puts a label such as `vol.` before a value. */
export function label(word: string, text: string): string {
  return text === '' ? '' : `${word} ${text}`;
}
