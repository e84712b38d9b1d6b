import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeLetter } from './searching.ts';

const masthead = useMasthead();

describe('spellings of a word', () => {
  test.each([
    ['en', ['Wi-Fi', 'wi-fi', 'WI-FI', 'wi fi', 'Wi‑Fi']],
    ['en', ['naïve', 'naive', 'NAÏVE', 'nai\u0308ve']],
    ['en', ['C++', 'c++', 'Ｃ++']],
    ['en', ['C#', 'c#', 'Ｃ#']],
    ['en', ['F#', 'f#']],
    ['en', ['.NET', '.net', 'NET']],
    ['en', ['node.js', 'Node.js', 'NODE JS', '"node js"']],
    ['en', ['GPT-4o', 'gpt-4o', 'GPT 4o', 'GPT‑4o', 'ＧＰＴ－４ｏ']],
    ['en', ['Ｗｉｄｅ', 'wide', 'Wide', 'ｗｉｄｅ', 'Ｗíｄｅ', 'Wi\u0301de']],
    ['ja', ['ＡＩ２０２６', 'ai2026', 'AI2026']],
    ['en', ['ﬁne ﬂow', 'fine flow', 'FINE FLOW']],
    ['en', ['ofﬁce', 'oﬃce', 'office']],
    ['en', ["don't know", 'don’t know', 'DON’T KNOW', 'donʼt know']],
    ['en', ["O'Brien", 'O’Brien', 'OʼBrien', 'o brien']],
    ['uk', ["п'ять", 'п’ять', 'пʼять', 'ПʼЯТЬ']],
    ['haw', ["Hawai'i", 'Hawai‘i', 'Hawaiʻi']],
    ['en', ['hyphen\u00ADation', 'hyphenation']],
    ['en', ['İstanbul', 'istanbul', 'ISTANBUL', 'i̇stanbul']],
    ['en', ['ΟΔΥΣΣΕΥΣ', 'Οδυσσεύς', 'οδυσσευς', 'οδυσσευσ', 'ὀδυσσεύς']],
    ['el', ['ΟΔΟΣ', 'οδός', 'οδος', 'Οδός']],
    ['de', ['Straße', 'Strasse', 'STRASSE', 'STRAẞE']],
    ['en', ['Straße', 'Strasse', 'STRASSE', 'STRAẞE']],
    ['de', ['Größe', 'Grösse', 'GRÖSSE', 'grosse']],
    ['tr', ['İstanbul', 'istanbul', 'İSTANBUL', 'ISTANBUL']],
    ['tr', ['ISPARTA', 'ısparta', 'Isparta', 'isparta']],
    ['tr', ['ışık', 'IŞIK', 'isik']],
    ['ru', ['ёлка', 'елка', 'ЁЛКА', 'Елка', 'е\u0308лка']],
    ['en', ['ёлка', 'елка', 'ЁЛКА']],
    ['vi', ['Nguyễn', 'Nguyen', 'NGUYỄN', 'nguyê\u0303n']],
    ['vi', ['Đà Nẵng', 'Da Nang', 'đà nẵng', 'DA NANG']],
    ['ar', ['كِتَابٌ', 'كتاب', 'كتـــاب']],
    ['en', ['كِتَابٌ', 'كتاب']],
    ['he', ['שָׁלוֹם', 'שלום', 'שׁלום']],
    ['he', ['צה״ל', 'צה ל']],
    ['ko', ['한국어', '한국어'.normalize('NFD')]],
    ['ja', ['ガイド', 'ガイド'.normalize('NFD')]],
    ['hi', ['हिन्दी', 'हिन्दी'.normalize('NFD')]],
  ])('in %s, each of %j finds all of them, marked', async (language, spellings) => {
    const letter = await makeLetter(masthead, { language });
    await letter.publish({ items: [...spellings, 'Other'].map((title) => ({ title, body: '1' })) });
    for (const q of spellings) {
      expect.soft((await letter.find(q)).toSorted(), q).toEqual(spellings.toSorted());
      for (const { titleHighlighted } of (await letter.search(q)).body.data) {
        expect.soft(titleHighlighted, q).toContain('<mark>');
      }
    }
  });

  test.each([
    ['th', 'ภาษาไทย', ['ภาษา', 'ไทย', 'ภาษาไทย']],
    ['ko', '한국어', ['한국', '국어']],
    ['zh', '机器学习', ['学习', '机器']],
    ['fa', 'می\u200Cروم', ['می\u200Cروم', 'می']],
  ])('in %s, parts of %s are found', async (language, title, parts) => {
    const letter = await makeLetter(masthead, { language });
    await letter.publish({ items: [title, 'Other'].map((name) => ({ title: name, body: '1' })) });
    for (const q of parts) expect.soft(await letter.find(q), q).toEqual([title]);
  });
});
