import { MATH, SCRIPTS } from './latex-commands.ts';

const PIECE =
  /\\(?:operatorname\{([a-zA-Z0-9 .-]*)\}|([a-zA-Z]+) *|([^a-zA-Z]))|([\^_])(?:\{\{?([^{}\\]*)\}?\}|([^{}\\\s]))|([^\\^_$]+)/y;

/** Typefaces are dropped in favour of plain letters. */
const TYPEFACE = /\\(?:math(?:rm|it|sf|bf|cal|bb|tt)|text(?:rm|it|sf|bf|tt)?|boldsymbol)\s?\{([^{}\\$]*)\}/g;
const DEGREE = /\^(?:\{\\circ\}|\\circ(?![a-zA-Z]))/g;

/** Decodes `x^2` to `x²` and `\le 10` to `≤ 10`. Returns null if Unicode cannot express the formula. */
export function decodeMath(latex: string): string | null {
  const source = latex.replace(TYPEFACE, '{$1}').replace(DEGREE, '°');
  let decoded = '';
  for (let at = 0; at < source.length; at = PIECE.lastIndex) {
    PIECE.lastIndex = at;
    const piece = PIECE.exec(source);
    const text = piece === null ? null : decodePiece(piece);
    if (text === null) return null;
    decoded += text;
  }
  return decoded;
}

function decodePiece([, roman, word, sign, script, group, single, plain]: RegExpExecArray): string | null {
  if (roman !== undefined) return roman;
  if (word !== undefined || sign !== undefined) return decodeCommand(word, sign);
  if (script === '^' || script === '_') return decodeScript(script, group ?? single ?? '');
  return (plain ?? '').replace(/[{}]/g, '');
}

function decodeCommand(word: string | undefined, sign: string | undefined): string | null {
  const symbol = MATH.get(word ?? sign ?? '');
  // A function name such as `log` is followed by a space.
  return symbol !== undefined && word !== undefined && /^[a-z]+$/.test(symbol)
    ? `${symbol} `
    : (symbol ?? null);
}

function decodeScript(script: '^' | '_', text: string): string | null {
  const decoded = [...text].map((character) => SCRIPTS[script].get(character));
  return decoded.every((character) => character !== undefined) ? decoded.join('') : null;
}
