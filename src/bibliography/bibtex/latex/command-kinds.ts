import { ACCENTS, MATH_IN_TEXT, SYMBOLS } from './latex-commands.ts';

/** Commands that change how text looks, with or without an argument. */
export const TYPEFACE =
  /^(?:bf|it|sl|em|sc|rm|sf|tt|relax|protect|newblock|noindent|(?:bf|md|rm|sf|tt|it|sl|sc|up)(?:series|family|shape)|emph|(?:text|math)(?:bb|bf|cal|frak|it|md|normal|rm|sc|scr|sf|sl|tt|up)|text|boldsymbol|underline|uline|[hm]box|(?:Make)?(?:Upp|Low)ercase|(?:upp|low)ercase|enquote|mkbib(?:bold|emph|quote)|nocase|nolinkurl|singleletter)$/;

/** Commands whose argument is an address. */
export const ADDRESS = /^(?:url|path)$/;
/** Commands whose argument stands outside the sentence. */
export const ASIDE = /^(?:footnote|thanks)$/;
/** Commands whose argument is a key of the file. They are left out with their arguments, and reported. */
export const CITATION = /^cite(?:p|t|alp|alt|author|year)?$/;
/** Commands that only sort or mean nothing outside their document. They are left out with their arguments. */
export const DROPPED = /^(?:noopsort|SortNoop|label|[hv]space|(?:text)?color)$/;
const WRAPPED = /^(?:ensuremath|texorpdfstring)$/;

/** Adds to `unknown` the commands that `decodeLatex` leaves out of a text without mathematics. */
export function findUnknownCommands(latex: string, unknown: Set<string>): void {
  for (const [, name] of latex.matchAll(/\\(?:([a-zA-Z]+)|[^a-zA-Z])/g)) {
    if (name !== undefined && !isKnown(name)) unknown.add(`\\${name}`);
  }
}

function isKnown(name: string): boolean {
  return (
    [ACCENTS, SYMBOLS, MATH_IN_TEXT].some((table) => table.has(name)) ||
    [TYPEFACE, ADDRESS, DROPPED, WRAPPED].some((names) => names.test(name))
  );
}

/** Decodes a mathematical symbol that is used in text. There, the space after the command is kept. */
export function decodeSymbol(name: string, whole: string): string | null {
  const symbol = MATH_IN_TEXT.get(name);
  return symbol === undefined ? null : symbol + whole.slice(`\\${name}`.length);
}
