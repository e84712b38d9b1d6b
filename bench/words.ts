/** Generates text that is the same in every run and compresses about as well as natural text. */

import { makeRandom } from './random.ts';

const WORDS =
  'model paper month reader people found result table small large early later field study label image video sound letter number question answer method measure train tests scale limit honest careful simple strange quick slow open closed public shared across between without before after again while since because although whether rather almost perhaps often seldom never always'.split(
    ' ',
  );

export type Writer = {
  words(count: number): string;
  /** Markdown of about this many words, with emphasis and a link. */
  markdown(count: number): string;
};

export function makeWriter(seed: number): Writer {
  const random = makeRandom(seed);
  const pick = () => WORDS[Math.floor(random() * WORDS.length)] ?? 'word';
  const words = (count: number) => Array.from({ length: count }, pick).join(' ');
  const markdown = (count: number) => {
    const half = Math.max(1, Math.floor(count / 2) - 5);
    const link = `[${words(2)}](https://example.com/${words(2).replace(' ', '/')})`;
    return `${capital(words(half))}, *${words(2)}* and ${link}.\n\n${capital(words(half))}, **${words(2)}**.`;
  };
  return { words, markdown };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
