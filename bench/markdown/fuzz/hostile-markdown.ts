import { type Draw, makeDraw } from '../../draw.ts';
import { MARKUP, PAIRS } from './markup.ts';

/**
 * Generates Markdown that tries to lose words or to take long. The same seed gives the same text. Words such as `w12x` occur once
 * in a text, so that a lost one is noticed.
 */
export function makeHostileMarkdown(seed: number, characters: number): string {
  const draw = makeDraw(seed);
  const length = characters >> draw.below(6);
  const write = draw.one([prose, prose, prose, repeated, nested]);
  return write(draw, length, makeWords()).slice(0, length).toWellFormed();
}

type Words = () => string;

function makeWords(): Words {
  let count = 0;
  return () => `w${count++}x`;
}

/** Paragraphs of words with markup between them: some of its kinds, or all. */
function prose(draw: Draw, length: number, word: Words): string {
  const kinds = draw.below(4) === 0 ? MARKUP : some(draw, 12, MARKUP);
  const wordsPerMark = draw.one([1, 5, 25, 100, 500]);
  const wordsPerParagraph = draw.one([10, 50, 200]);
  let text = '';
  for (let at = 1; text.length < length; at += 1) {
    if (draw.below(wordsPerMark) === 0) text += draw.one(kinds);
    text += draw.below(3) === 0 ? word() : `${word()} `;
    if (at % wordsPerParagraph === 0) text += '\n\n';
  }
  return text;
}

/** A start, a piece that is repeated, and an end. */
function repeated(draw: Draw, length: number, word: Words): string {
  const piece = () =>
    `${some(draw, 3, MARKUP).join(draw.one(['', 'a', 'a ']))}${draw.one(['', ' ', '\n\n'])}`;
  const unit = piece();
  return `${word()}${piece()}${unit.repeat(Math.ceil(length / unit.length))}${piece()}${word()}`;
}

/** What is written in an attribute is not for readers. */
const AROUND_WORDS = PAIRS.filter(([open]) => !open.endsWith('"'));

/** Blocks of markup in markup. */
function nested(draw: Draw, length: number, word: Words): string {
  let text = '';
  while (text.length < length) {
    const pairs = some(draw, 4, AROUND_WORDS).map((pair) => ({
      pair,
      times: 1 + draw.below(draw.one([3, 30, 300])),
    }));
    for (let blocks = 1 + draw.below(draw.one([1, 30])); blocks > 0; blocks -= 1) {
      const wrap = (inner: string, { pair: [open, close], times }: (typeof pairs)[number]) =>
        open.repeat(times) + inner + close.repeat(times);
      text += `${pairs.reduce(wrap, word())}\n\n`;
    }
  }
  return text;
}

function some<T>(draw: Draw, most: number, list: readonly T[]): T[] {
  return Array.from({ length: 1 + draw.below(most) }, () => draw.one(list));
}
