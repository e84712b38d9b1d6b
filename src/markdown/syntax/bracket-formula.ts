import type { Code, Construct, State, TokenizeContext } from 'micromark-util-types';
import { isBracketFormula } from './is-formula.ts';

const BACKSLASH = 92;
/** The characters that close a formula, by those that open it: parentheses and square brackets. */
const CLOSING: Record<number, number> = { 40: 41, 91: 93 };

/** In characters. Bounds the work for brackets that turn out to be text. */
const MAX_LENGTH = 5_000;

/** The brackets that the paragraph does not close, so that its end is not searched for again at each `\(`. */
const unclosed = new WeakMap<TokenizeContext, Set<number>>();

/** `\(...\)` and `\[...\]`. The tokens are those of micromark-extension-math, so the tree has the same nodes. */
export const bracketFormula: Construct = {
  name: 'bracketFormula',
  tokenize(effects, ok, nok) {
    let closing = 0;
    let length = 0;
    const open: State = (code) => {
      closing = (code === null ? undefined : CLOSING[code]) ?? 0;
      if (code === null || closing === 0 || unclosed.get(this)?.has(closing)) return nok(code);
      effects.consume(code);
      effects.exit('mathTextSequence');
      return between;
    };
    const between: State = (code) => {
      if (code === null) {
        unclosed.set(this, new Set(unclosed.get(this)).add(closing));
        return nok(code);
      }
      if (isLineEnding(code)) {
        effects.enter('lineEnding');
        effects.consume(code);
        effects.exit('lineEnding');
        return between;
      }
      if (code === BACKSLASH) return startEscape(code);
      effects.enter('mathTextData');
      return inData(code);
    };
    const inData: State = (code) => {
      if (code === null || code === BACKSLASH || isLineEnding(code)) {
        effects.exit('mathTextData');
        return between(code);
      }
      if (++length > MAX_LENGTH) return nok(code);
      effects.consume(code);
      return inData;
    };
    const startEscape: State = (code) => {
      const token = effects.enter('mathTextSequence');
      effects.consume(code);
      return (next) => {
        if (next === closing) return close(next);
        token.type = 'mathTextData';
        if (next === null || isLineEnding(next)) return inData(next);
        effects.consume(next);
        return inData;
      };
    };
    const close: State = (code) => {
      effects.consume(code);
      effects.exit('mathTextSequence');
      const token = effects.exit('mathText');
      const isFormula = isBracketFormula(this.sliceSerialize(token));
      return (next) => (isFormula ? ok(next) : nok(next));
    };
    return (code) => {
      effects.enter('mathText');
      effects.enter('mathTextSequence');
      effects.consume(code);
      return open;
    };
  },
};

function isLineEnding(code: Code): boolean {
  return code !== null && code < -2;
}
