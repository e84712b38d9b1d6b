/** How the parts of a reference are joined. An empty part is one that is not known, and leaves no trace. */

/** Embeddings, overrides and isolates of Unicode's bidirectional algorithm: left open they turn what follows. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;

/** On one line, without control characters. Nothing else is taken away. */
export function foldText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(TURNING, '')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

export function joinWithSpaces(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

/** A quoted title has its own comma, or a mark that stands for it. */
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

/** American style: the mark that follows stands within the quotation marks, and quotations within the title have single ones. */
export function quoteBefore(mark: ',' | '.', title: string): string {
  if (title === '') return '';
  const words = title.replaceAll(/“([^“”]*)”|"([^"]*)"/g, (_, curly?: string, straight?: string) => {
    return `‘${curly ?? straight}’`;
  });
  const closing = /[”"]$/.test(title) && words.endsWith('’') ? '’' : '';
  const inner = words.slice(0, words.length - closing.length);
  return `“${mark === '.' ? endSentence(inner) : endWithComma(inner)}${closing}”`;
}

/** The full stop of a sentence gives way, that of an abbreviation stays. */
const FULL_STOP = /(?<!\.|(?<!\p{L})(?:\p{L}|al|co|etc|inc|jr|ltd|no|sr|vs))\.$/iu;

function endWithComma(text: string): string {
  return /[,!?…。！？]$/u.test(text) ? text : `${text.replace(FULL_STOP, '')},`;
}

export function parenthesize(text: string): string {
  return text === '' ? '' : `(${text})`;
}

/** A word such as `vol.` before what it counts. */
export function label(word: string, text: string): string {
  return text === '' ? '' : `${word} ${text}`;
}
