import { math } from 'micromark-extension-math';
import type { Code, Construct, Extension, State, TokenizeContext } from 'micromark-util-types';
import { bracketFormula } from './bracket-formula.ts';
import { isDollarFormula } from './is-formula.ts';

const DOLLAR = 36;
const BACKSLASH = 92;

/** Formulas in dollars, in `\(...\)` and in `\[...\]`. `fences` are lines of `$$` around a formula. */
export function mathSyntax({ fences }: { fences: boolean }): Extension {
  const { flow, text } = math();
  return {
    flow: fences ? { [DOLLAR]: withBareFence(constructOf(flow)) } : {},
    text: { [DOLLAR]: withDollarRules(constructOf(text)), [BACKSLASH]: bracketFormula },
  };
}

function constructOf(record: Extension['text']): Construct {
  const construct = record?.[DOLLAR];
  if (!construct || Array.isArray(construct)) throw new Error('micromark-extension-math has another shape');
  return construct;
}

/** The package takes everything between two dollars for a formula, amounts of money included. */
function withDollarRules(construct: Construct): Construct {
  return {
    ...construct,
    tokenize(effects, ok, nok) {
      const before = toCharacter(this.previous);
      const decide: State = (code) =>
        isDollarFormula(lastSource(this), before, toCharacter(code)) ? ok(code) : nok(code);
      return construct.tokenize.call(this, effects, decide, nok);
    },
  };
}

function lastSource(context: TokenizeContext): string {
  const last = context.events.at(-1);
  return last ? context.sliceSerialize(last[1]) : '';
}

/** Empty at a line ending and at the end of the text. */
function toCharacter(code: Code): string {
  return code === null || code < 0 ? '' : String.fromCharCode(code);
}

/**
 * The package drops words after the opening dollars, and a paragraph that starts with `$$` would turn the rest of the
 * text into a formula. So the opening line may hold only dollars; other formulas in `$$` are read as text.
 */
function withBareFence(construct: Construct): Construct {
  return {
    ...construct,
    tokenize(effects, ok, nok) {
      return effects.check(bareFence, construct.tokenize.call(this, effects, ok, nok), nok);
    },
  };
}

const bareFence: Construct = {
  partial: true,
  tokenize(effects, ok, nok) {
    const inDollars: State = (code) => {
      if (code !== DOLLAR) return inSpace(code);
      effects.consume(code);
      return inDollars;
    };
    const inSpace: State = (code) => {
      if (code !== null && isSpace(code)) {
        effects.consume(code);
        return inSpace;
      }
      effects.exit('mathFlowFence');
      return code === null || isLineEnding(code) ? ok(code) : nok(code);
    };
    return (code) => {
      effects.enter('mathFlowFence');
      return inDollars(code);
    };
  },
};

/** A space or a tab, which micromark expands to codes of its own. */
function isSpace(code: number): boolean {
  return code === 32 || code === -1 || code === -2;
}

function isLineEnding(code: number): boolean {
  return code < -2;
}
