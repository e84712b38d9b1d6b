import { expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeLetter } from './searching.ts';

const masthead = useMasthead();

const MAX_CHARACTERS = 100_000;

/** The longest text of different words that is allowed. Each word is a number in the digits, followed by `ending`. */
function textOfWords(digits: string, ending: string): string {
  const words: string[] = [];
  let characters = 0;
  for (let number = 1_000; ; number += 1) {
    const word = toDigits(number, [...digits]) + ending;
    characters += word.length + 1;
    if (characters > MAX_CHARACTERS) return words.join(' ');
    words.push(word);
  }
}

function toDigits(number: number, digits: readonly string[]): string {
  const rest = Math.floor(number / digits.length);
  return `${rest > 0 ? toDigits(rest, digits) : ''}${digits[number % digits.length]}`;
}

// PostgreSQL refuses a tsvector of more than 1 MB. The tokens of all spellings of most of these texts are larger.
test.each([
  ['accents', 'ễằợảữẻ', 'ǖ'],
  ['letters of three bytes, and accents', 'ሀሁሂሃሄህሆለሉሊላሌ', 'é'],
  ['letters of three bytes, accents and signs', 'ሀሁሂሃሄህሆለሉሊላሌ', 'é+'],
  ['a Turkish I, accents and signs', 'abcdefghjk', 'Ié++++'],
  ['letters that become longer without capitals', 'ȺȾɐɑɒɓɔɕ', 'ǖI#'],
  ['Hebrew letters with points', 'אבגדהוזחט', '\uFB2C'],
  ['letters of four bytes, accents and signs', '𐐨𐐩𐐪𐐫𐐬𐐭𐐮𐐯', 'é+'],
])('texts of the greatest length are published and found: %s', async (_what, digits, ending) => {
  const letter = await makeLetter(masthead, { language: 'tr' });
  const body = textOfWords(digits, ending);
  const titles = ['One', 'Two', 'Thrée'];
  await letter.publish({ items: titles.map((title) => ({ title, body })) });
  const [first = '', second = ''] = body.split(' ');
  const last = body.slice(body.lastIndexOf(' ') + 1);
  for (const q of [first, last, `${last} three`, `"${first} ${second}"`]) {
    const expected = q.endsWith('three') ? ['Thrée'] : titles;
    expect.soft((await letter.find(q)).toSorted(), q).toEqual(expected.toSorted());
  }
});
