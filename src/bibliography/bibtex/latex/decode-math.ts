import { MATH, SCRIPTS } from './latex-commands.ts';

const PIECE =
  /\\(?:operatorname\{([a-zA-Z0-9 .-]*)\}|([a-zA-Z]+) *|([^a-zA-Z]))|([\^_])(?:\{\{?([^{}\\]*)\}?\}|([^{}\\\s]))|([^\\^_$]+)/y;

/** Typefaces are dropped in favour of plain letters. */
const TYPEFACE =
  /\\(?:math(?:rm|it|sf|bf|cal|bb|tt)|text(?:rm|it|sf|bf|tt)?|boldsymbol|[hm]box)\s?\{([^{}\\$]*)\}/g;
const DEGREE = /\^(?:\{\\circ\}|\\circ(?![a-zA-Z]))/g;

/** Decodes `x^2` to `x²` and `\le 10` to `≤ 10`. Returns null if Unicode cannot express the formula. */
export function decodeMath(latex: string): string | null {
  const source = latex.replace(TYPEFACE, '{$1}').replace(DEGREE, '°');
  let decoded = '';
  let isAfterName = false;
  for (let at = 0; at < source.length; at = PIECE.lastIndex) {
    PIECE.lastIndex = at;
    const piece = PIECE.exec(source);
    const text = piece === null ? null : decodePiece(piece);
    if (piece === null || text === null) return null;
    const isName = piece[1] !== undefined || (piece[2] !== undefined && /^[a-z]+$/.test(text));
    decoded += (isApart(decoded, text, isName, isAfterName) ? ' ' : '') + text;
    isAfterName = isName || (isAfterName && piece[4] !== undefined);
  }
  return decoded;
}

/** TeX sets the name of a function, such as `log`, apart from letters and digits on both sides. */
function isApart(before: string, text: string, isName: boolean, isAfterName: boolean): boolean {
  if (isName) return /[\p{L}\p{N})\]]$/u.test(before.slice(-2));
  return isAfterName && /^[\p{L}\d]/u.test(text);
}

function decodePiece([, roman, word, sign, script, group, single, plain]: RegExpExecArray): string | null {
  if (roman !== undefined) return roman;
  if (word !== undefined || sign !== undefined) return decodeCommand(word, sign);
  if (script === '^' || script === '_') return decodeScript(script, group ?? single ?? '');
  return (plain ?? '').replace(/[{}]/g, '');
}

function decodeCommand(word: string | undefined, sign: string | undefined): string | null {
  return MATH.get(word ?? sign ?? '') ?? null;
}

function decodeScript(script: '^' | '_', text: string): string | null {
  const decoded = [...text].map((character) => SCRIPTS[script].get(character));
  return decoded.every((character) => character !== undefined) ? decoded.join('') : null;
}
