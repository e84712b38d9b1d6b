import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';

const database = useTestDatabase();
let client: pg.Client;

beforeAll(async () => {
  client = new pg.Client(database.url);
  await client.connect();
});

afterAll(() => client.end());

/** Every letter outside of Hangul and the ideographs, in NFC. */
const LETTERS = Array.from({ length: 0x1_e000 }, (_, index) => index)
  .filter((point) => point < 0x3400 || (point > 0xa000 && point < 0xac00) || point >= 0xfb00)
  .map((point) => String.fromCodePoint(point))
  .filter((letter) => /\p{L}/u.test(letter) && letter === letter.normalize('NFC'));

const SPECIAL: Record<string, string> = {
  ...{ ß: 'ss', ẞ: 'SS', æ: 'ae', Æ: 'AE', œ: 'oe', Œ: 'OE', þ: 'th', Þ: 'TH', ς: 'σ', Σ: 'σ', ı: 'i' },
  ...{ Ɓ: 'B', ɓ: 'b', Ɗ: 'D', ɗ: 'd', Ƙ: 'K', ƙ: 'k', Ƴ: 'Y', ƴ: 'y' },
  ...{ Ø: 'O', ø: 'o', Ł: 'L', ł: 'l', Đ: 'D', đ: 'd', Ħ: 'H', ħ: 'h', Ŧ: 'T', ŧ: 't', Ð: 'D', ð: 'd' },
};

/** Into letters and marks, and ligatures and full-width letters into the letters that they stand for. */
function decompose(letter: string): string {
  return letter.normalize(/[ﬀ-ﬆＡ-Ｚａ-ｚ]/.test(letter) ? 'NFKD' : 'NFD');
}

async function fold(texts: string[]): Promise<string[]> {
  const { rows } = await client.query(
    'SELECT fold_letters(text) AS folded FROM unnest($1::text[]) WITH ORDINALITY AS texts (text, place) ORDER BY place',
    [texts],
  );
  return rows.map(({ folded }) => folded);
}

describe('fold_letters', () => {
  test('drops the marks of every letter of Latin and Greek', async () => {
    const letters = LETTERS.filter((letter) => /[\p{Script=Latin}\p{Script=Greek}]/u.test(letter));
    const expected = letters.map((letter) =>
      [...decompose(letter).replaceAll(/\p{M}/gu, '')].map((base) => SPECIAL[base] ?? base).join(''),
    );
    expect(letters.length).toBeGreaterThan(1_000);
    expect(await fold(letters)).toEqual(expected);
  });

  test('leaves every letter of another script as it is, but for four of Cyrillic and Arabic tatweel', async () => {
    const letters = LETTERS.filter((letter) => !/[\p{Script=Latin}\p{Script=Greek}]/u.test(letter));
    const folded = await fold(letters);
    const changed = letters.flatMap((letter, index) =>
      folded[index] === letter ? [] : [letter, folded[index]],
    );
    const cyrillic = ['Ѐ', 'Е', 'Ё', 'Е', 'Ѝ', 'И', 'ѐ', 'е', 'ё', 'е', 'ѝ', 'и'];
    expect(changed).toEqual([...cyrillic, 'ـ', '']);
  });

  test('drops marks that make no letter with the one before them', async () => {
    expect(
      await fold([
        'x̂ q̣̌',
        'за́мок',
        'שָׁלוֹם',
        'مُحَمَّد',
        'm̃ é',
        'Й ї ў ѓ ќ',
        'أ إ آ ؤ ئ',
        'دِل',
        'दि ใน้',
        'ＧＰＴ－４ ａ\u0301',
      ]),
    ).toEqual([
      ...['x q', 'замок', 'שלום', 'محمد', 'm e', 'Й ї ў ѓ ќ', 'أ إ آ ؤ ئ', 'دل', 'दि ใน้', 'GPT－4 a'],
    ]);
  });
});

test.each([
  ['C++ and C#, A+ A+++ F#.', 'Cƻƾƻƾ\u001f and Cƻƪ\u001f, Aƻƾ\u001f Aƻƾƻƾƻƾ\u001f Fƻƪ\u001f.'],
  ['C++17 C#8 Q4#2', 'Cƻƾƻƾ\u001f17 Cƻƪ\u001f8 Q4ƻƪ\u001f2'],
  ['Python3+ café+ ключ#', 'Python3ƻƾ\u001f caféƻƾ\u001f ключƻƪ\u001f'],
  ['Tom+Jerry a+b C++Builder A#b', 'Tom+Jerry a+b C++Builder A#b'],
  ['1+1 18+ 2.0+ +49 #tag ++ + # i ++', '1+1 18+ 2.0+ +49 #tag ++ + # i ++'],
  ['C#+ C+# C+++++ A++++', 'Cƻƪƻƾ\u001f Cƻƾƻƪ\u001f C+++++ Aƻƾƻƾƻƾƻƾ\u001f'],
  ['x+5 (C++)-(C#)', 'x+5 (Cƻƾƻƾ\u001f)-(Cƻƪ\u001f)'],
])('encode_signs writes the signs behind words as letters: %s', async (text, encoded) => {
  const { rows } = await client.query('SELECT encode_signs($1) AS encoded', [text]);
  expect(rows).toEqual([{ encoded }]);
});

test('all spellings of a text have the same number of words, unless accents are among digits', async () => {
  const parts = [
    'é',
    'Ł',
    'ß',
    'x',
    'I',
    'İ',
    'ё',
    'й',
    'שָׁ',
    'C++',
    'C#',
    '+',
    '#',
    '-',
    ' 7 ',
    '-7 ',
    ' ',
    ', ',
    'm̃',
    'ﬁ',
    'Ｃ',
    'ａ\u0301',
    'ʼ',
    ' Ｃ７ ',
    '機',
    '\n',
  ];
  const texts = fc.array(fc.constantFrom(...parts), { maxLength: 30 }).map((some) => some.join(''));
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      const { rows } = await client.query(
        `SELECT DISTINCT (SELECT count(*) FROM ts_parse('default', spelling) WHERE tokid <> 12) AS words
         FROM search_spellings('turkish', $1) AS spelling`,
        [text],
      );
      expect(rows).toHaveLength(1);
    }),
    { numRuns: 1_000 },
  );
});

test('the longest texts are made into tokens in less than 5 seconds', async () => {
  const texts = [
    'é+'.repeat(50_000),
    'C++ '.repeat(25_000),
    'C#'.repeat(50_000),
    '+'.repeat(100_000),
    'a1'.repeat(50_000),
  ];
  for (const text of [...texts, `${'1'.repeat(50_000)}${'+'.repeat(50_000)}`, `a${'1'.repeat(99_000)}#`]) {
    const start = performance.now();
    await client.query("SELECT search_tokens('turkish', $1), headline_words($1)", [text]);
    expect.soft(performance.now() - start, text.slice(0, 10)).toBeLessThan(5_000);
  }
});
