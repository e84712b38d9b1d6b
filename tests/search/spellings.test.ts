import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeLetter, titlesOf } from './searching.ts';

const masthead = useMasthead();

type Letter = Awaited<ReturnType<typeof makeLetter>>;

/** Publishes one item for each title, besides those in `bodies`. */
async function makeLetterOf(
  titles: string[],
  { language = 'en', bodies = {} as Record<string, string> } = {},
) {
  const letter = await makeLetter(masthead, { language });
  const items = [...titles.map((title) => [title, 'x']), ...Object.entries(bodies)];
  await letter.publish({ items: items.map(([title = '', body = '']) => ({ title, body })) });
  return letter;
}

/** Expects that each query finds exactly these titles, in any order, and without a correction. */
async function expectFound(letter: Letter, expected: Record<string, string[]>) {
  for (const [q, titles] of Object.entries(expected)) {
    const answer = await letter.search(q);
    expect.soft(titlesOf(answer).toSorted(), q).toEqual(titles.toSorted());
    expect.soft(answer.body.correctedQuery, q).toBeNull();
  }
}

describe('hyphens', () => {
  const titles = [
    'Qwen-7 notes',
    'SARS-2 charts',
    'RFC-9110 and the F-16',
    'GPT-4',
    'GPT-4o',
    'x86-64',
    'Т-34',
  ];
  const bodies = {
    'A hole': 'See CVE-2031-4455, fixed in 2.7.1.',
    'A day': 'On 2024-05-01, −5 degrees; call +49-30-901.',
    'A frost': 'It was -5 outside.',
    Models: 'GPT-3.5-turbo, Llama-3.1-8B-Instruct, an 8-bit v1.2.3-rc1',
  };

  test('a word and the number behind its hyphen are found together and apart', async () => {
    const letter = await makeLetterOf(titles, { bodies });
    await expectFound(letter, {
      'Qwen-7': ['Qwen-7 notes'],
      'qwen 7': ['Qwen-7 notes'],
      '"Qwen-7"': ['Qwen-7 notes'],
      '"qwen 7 notes"': ['Qwen-7 notes'],
      'qwen-7 notes': ['Qwen-7 notes'],
      'SARS-2': ['SARS-2 charts'],
      sars: ['SARS-2 charts'],
      'RFC-9110': ['RFC-9110 and the F-16'],
      'F-16': ['RFC-9110 and the F-16'],
      '(F-16)': ['RFC-9110 and the F-16'],
      'CVE-2031-4455': ['A hole'],
      '"CVE-2031-4455"': ['A hole'],
      '4455': ['A hole'],
      '2.7.1': ['A hole'],
      'GPT-4': ['GPT-4'],
      'gpt 4o': ['GPT-4o'],
      'GPT-4o': ['GPT-4o'],
      GPT: ['GPT-4', 'GPT-4o', 'Models'],
      'gpt-3.5': ['Models'],
      'GPT-3.5-turbo': ['Models'],
      'turbo 3.5': ['Models'],
      'llama-3.1-8b': ['Models'],
      '"Llama 3.1 8B Instruct"': ['Models'],
      '8-bit': ['Models'],
      '"Instruct an 8-bit"': ['Models'],
      '"an 8 bit v1.2.3 rc1"': ['Models'],
      'v1.2.3': ['Models'],
      'v1.2.3-rc1': ['Models'],
      'GPT -4 -turbo': ['GPT-4o'],
      'GPT -GPT-4o -"GPT-3.5"': ['GPT-4'],
      'x86-64': ['x86-64'],
      'x86 64': ['x86-64'],
      'т-34': ['Т-34'],
      '2024-05-01': ['A day'],
      '"05-01"': ['A day'],
      '+49-30': ['A day'],
      '49 30 901': ['A day'],
      '5': ['A day', 'A frost'],
      '"-5"': ['A day', 'A frost'],
      'outside 5': ['A frost'],
      'outside -5': [],
      '-5': [],
    });
  });

  test('letters and digits are found with a hyphen or a space between them', async () => {
    const letter = await makeLetterOf(['Model A', 'B2B'], {
      bodies: {
        Illness: 'The COVID-19 vaccines.',
        Tools: 'GPT-4, GPT-4o, an 8-bit and a 3-D one.',
        Words: 'The covid wave of 19 people, GPT 3 and a 4.',
        Models: 'Models-7 and Ёж-5, Dvořák-9.',
      },
    });
    await expectFound(letter, {
      covid19: ['Illness'],
      COVID19: ['Illness'],
      'covid19 vaccine': ['Illness'],
      '"covid19 vaccines"': ['Illness'],
      '"the covid19"': ['Illness'],
      'wave -covid19': ['Words'],
      'covid -covid19': ['Words'],
      'covid19 or gpt4': ['Illness', 'Tools'],
      gpt4: ['Tools'],
      gpt4o: ['Tools'],
      gpt3: ['Words'],
      '8bit': ['Tools'],
      '3d': ['Tools'],
      model7: ['Models'],
      ёж5: ['Models'],
      еж5: ['Models'],
      dvořák9: ['Models'],
      dvorak9: ['Models'],
      b2b: ['B2B'],
    });
    for (const q of ['a4', 'gpt5', 'x19']) expect(await letter.find(q)).toEqual([]);
    expect((await letter.search('covid19')).body.data[0].snippet).toBe(
      'The <mark>COVID</mark>-<mark>19</mark> vaccines.',
    );
  });

  test('a phrase may begin and end before, in and behind a word with hyphens', async () => {
    const letter = await makeLetterOf(['We train a self-supervised state-of-the-art model', 'Other']);
    const [title = ''] = await letter.find('train');
    for (const q of [
      '"train a self-supervised"',
      '"a self supervised state"',
      '"supervised state-of-the-art model"',
      '"art model"',
    ]) {
      await expectFound(letter, { [q]: [title] });
    }
    expect((await letter.search('self-supervised')).body.data[0].titleHighlighted).toBe(
      'We train a <mark>self</mark>-<mark>supervised</mark> state-of-the-art model',
    );
  });

  test('a match is marked on both sides of the hyphen', async () => {
    const letter = await makeLetterOf(['The Qwen-7 notes', 'At -5 or +6']);
    expect((await letter.search('qwen-7')).body.data[0].titleHighlighted).toBe(
      'The <mark>Qwen</mark>-<mark>7</mark> notes',
    );
    expect((await letter.search('5 6')).body.data[0].titleHighlighted).toBe(
      'At -<mark>5</mark> or +<mark>6</mark>',
    );
  });
});

describe('words without their accents', () => {
  test('a word is found with and without accents, whichever of them was published', async () => {
    const letter = await makeLetterOf(['Dvořák in four', 'Zoë and Élodie', 'Dvorak plain'], {
      bodies: { 'A body': 'A résumé, two cafés.', 'Of cities': 'From São Tomé and Malmö.' },
    });
    const both = ['Dvořák in four', 'Dvorak plain'];
    await expectFound(letter, {
      dvorak: both,
      Dvořák: both,
      DVOŘÁK: both,
      'Dvor\u030Ca\u0301k': both,
      dvor: both,
      dvoř: both,
      'dvorak four': ['Dvořák in four'],
      resume: ['A body'],
      'resumes two': ['A body'],
      'café two': ['A body'],
      'résumé cafe two': ['A body'],
      zoe: ['Zoë and Élodie'],
      elodie: ['Zoë and Élodie'],
      'sao tome': ['Of cities'],
      '"sao tome"': ['Of cities'],
      '"São Tome"': ['Of cities'],
      '"tome sao"': [],
      malmo: ['Of cities'],
      'malmö -são': [],
      'malmo -sao': [],
      'plain or zoe': ['Dvorak plain', 'Zoë and Élodie'],
      'dvorak -dvořák': [],
      'plain -dvořák': [],
    });
  });

  test('the spelling of the query ranks first', async () => {
    const letter = await makeLetterOf(['Dvorak', 'Dvořák', 'Dvorak again']);
    expect(await letter.find('dvořák')).toEqual(['Dvořák', 'Dvorak', 'Dvorak again']);
  });

  test.each([
    ['cs', 'Příliš žluťoučký kůň', 'prilis zlutoucky kun'],
    ['pl', 'Zażółć gęślą jaźń, Łódź', 'zazolc gesla jazn lodz'],
    ['da', 'Rødgrød med fløde på Ærø', 'rodgrod flode aero'],
    ['sv', 'Smörgåsbord', 'smorgasbord'],
    ['is', 'Þórður í Reykjavík', 'thordur reykjavik'],
    ['de', 'Straßenmusik für Größen', 'strassenmusik grossen'],
    ['fr', 'L’œuvre d’Étienne publiée', 'oeuvre etienne'],
    ['es', 'La información del niño', 'informacion nino'],
    ['pt', 'Criações e coração', 'coracao criacoes'],
    ['ro', 'Știință și țară', 'stiinta tara'],
    ['hu', 'Árvíztűrő tükörfúrógép', 'arvizturo tukorfurogep'],
    ['vi', 'Tiếng Việt đẹp lắm', 'tieng viet dep lam'],
    ['mt', 'Ħobż u żejt', 'hobz zejt'],
    ['sh', 'Đorđe i čevapčići', 'dorde cevapcici'],
    ['el', 'Η Αθήνα τον χειμώνα', 'αθηνα χειμωνα'],
    ['el', 'Οδυσσεύς', 'ΟΔΥΣΣΕΥΣ'],
    ['en', 'Άνθρωπος quoted', 'ανθρωπος quoted'],
    ['ru', 'Ёжик идёт за́ море', 'ежик идет море'],
    ['uk', 'Ходи́ли сюди', 'ходили сюди'],
    ['he', 'שָׁלוֹם עוֹלָם', 'שלום עולם'],
    ['ar', 'مُحَمَّدٌ كِتَابٌ', 'محمد كتاب'],
    ['ur', 'اُردُو زبـــان', 'اردو زبان'],
    ['tr', 'Çağdaş öykü, şiir', 'cagdas oyku siir'],
    ['az', 'Çağırış günü', 'cagiris gunu'],
    ['ha', 'Ƙasa da ɗan', 'kasa dan'],
    ['yo', 'Ọ̀rọ̀ Yorùbá', 'oro yoruba'],
  ])('a text in %s is found as typed, and without accents: %s', async (language, title, plain) => {
    const letter = await makeLetterOf([title, 'Other'], { language });
    await expectFound(letter, { [title]: [title], [plain]: [title], [`"${title}"`]: [title] });
    for (const word of plain.split(' ')) await expectFound(letter, { [word]: [title] });
    const { titleHighlighted } = (await letter.search(plain)).body.data[0];
    expect(titleHighlighted.replaceAll(/<\/?mark>/g, '')).toBe(title);
    expect(titleHighlighted.match(/<mark>/g)).toHaveLength(plain.split(' ').length);
  });

  test.each([
    ['ru', 'Мой край', 'мои краи'],
    ['uk', 'її', 'іі'],
    ['be', 'доў', 'доу'],
    ['mk', 'ќе', 'ке'],
    ['ja', 'ガイド', 'カイト'],
    ['hi', 'दिल', 'दल'],
    ['th', 'สี', 'สา'],
    ['fa', 'آب', 'اب'],
  ])('a mark that makes another letter counts: in %s, %s is not %s', async (language, title, other) => {
    const letter = await makeLetterOf([title], { language });
    expect(await letter.find(title)).toEqual([title]);
    expect(await letter.find(other)).toEqual([]);
  });

  test('word forms and stop words are those of the accented spelling', async () => {
    const french = await makeLetterOf(['Publiée hier', 'Rien'], { language: 'fr' });
    await expectFound(french, { 'publier hier': ['Publiée hier'], été: [] });
    const german = await makeLetterOf(['Musik der Kinder', 'Lieder für alle'], { language: 'de' });
    await expectFound(german, {
      'musik für kinder': ['Musik der Kinder'],
      'lieder fur': ['Lieder für alle'],
    });
  });

  test('the original spelling is marked, in a title, a short text and a long one', async () => {
    const filler = 'Some other words that stand between the two. '.repeat(30);
    const letter = await makeLetterOf(['Dvořák in four'], {
      bodies: { Short: 'By Dvořák, a résumé.', Long: `${filler} By Dvořák. ${filler} A résumé.` },
    });
    const { data } = (await letter.search('dvorak')).body;
    expect(data[0].titleHighlighted).toBe('<mark>Dvořák</mark> in four');
    const { data: hits } = (await letter.search('resume dvorak')).body;
    const snippets = hits.map(({ snippet }: { snippet: string }) => snippet);
    expect(snippets).toContain('By <mark>Dvořák</mark>, a <mark>résumé</mark>.');
    const long = snippets.find((snippet: string) => snippet.includes(' … '));
    expect(long).toContain('<mark>Dvořák</mark>');
    expect(long).toContain('<mark>résumé</mark>');
    const phrase = (await letter.search('"a resume"')).body.data[0];
    expect(phrase.snippet).toContain('<mark>résumé</mark>');
  });

  test('a typing error in a word without its accents is corrected', async () => {
    const letter = await makeLetterOf(['Příležitost']);
    expect((await letter.search('prilezitots')).body).toMatchObject({
      total: 1,
      correctedQuery: 'prilezitost',
    });
    expect((await letter.search('příležitots')).body).toMatchObject({
      total: 1,
      correctedQuery: 'příležitost',
    });
  });

  test('a prefix that very many words share matches those with accents, too', async () => {
    const words = Array.from({ length: 120 }, (_, index) => `zó${'abcdefghijkl'[index % 12]}${index}q`);
    const letter = await makeLetterOf([], { bodies: { Many: words.join(' '), One: 'zózzz' } });
    expect((await letter.find('zo')).toSorted()).toEqual(['Many', 'One']);
    expect((await letter.find('zó')).toSorted()).toEqual(['Many', 'One']);
    for (const q of ['zo', 'zó', 'x or zo']) {
      const { data } = (await letter.search(q)).body;
      const snippets = data.map(({ snippet }: { snippet: string }) => snippet);
      expect(snippets).toContain('<mark>zózzz</mark>');
    }
  });

  test('a search in all newsletters compares the words of each in its language', async () => {
    const [english, turkish] = [
      await makeLetterOf(['Quetzalcóatl'], { language: 'en' }),
      await makeLetterOf(['QUETZALCOATL IŞIĞI'], { language: 'tr' }),
    ];
    expect(english.slug).not.toBe(turkish.slug);
    const find = async (q: string) =>
      titlesOf(await masthead.anonymous.get(`/content/v1/search?q=${encodeURIComponent(q)}`));
    expect((await find('quetzalcoatl')).toSorted()).toEqual(['QUETZALCOATL IŞIĞI', 'Quetzalcóatl']);
    expect(await find('quetzalcoatl ışığı')).toEqual(['QUETZALCOATL IŞIĞI']);
  });
});

describe('the dotted and the dotless i', () => {
  test.each(['tr', 'az', 'tr-CY'])('capitals and small letters are matched as in %s', async (language) => {
    const letter = await makeLetterOf(['IŞIK HIZI', 'İZMİR VERİSİ', 'ılık işler'], { language });
    await expectFound(letter, {
      ışık: ['IŞIK HIZI'],
      IŞIK: ['IŞIK HIZI'],
      Işık: ['IŞIK HIZI'],
      hızı: ['IŞIK HIZI'],
      'ışık hızı': ['IŞIK HIZI'],
      isik: ['IŞIK HIZI'],
      izmir: ['İZMİR VERİSİ'],
      İzmir: ['İZMİR VERİSİ'],
      İZMİR: ['İZMİR VERİSİ'],
      verisi: ['İZMİR VERİSİ'],
      ILIK: ['ılık işler'],
      İŞLER: ['ılık işler'],
    });
    expect(await letter.find('ışı')).toContain('IŞIK HIZI');
    expect((await letter.search('ışık')).body.data[0].titleHighlighted).toBe('<mark>IŞIK</mark> HIZI');
    expect((await letter.search('izmir verisi')).body.data[0].titleHighlighted).toBe(
      '<mark>İZMİR</mark> <mark>VERİSİ</mark>',
    );
  });

  test('a Turkish word in capitals is stemmed as in small letters', async () => {
    const letter = await makeLetterOf(['KIZLARIN ŞARKISI', 'Başka'], { language: 'tr' });
    await expectFound(letter, {
      kızlar: ['KIZLARIN ŞARKISI'],
      'şarkı x': [],
      'kızlar şarkısı': ['KIZLARIN ŞARKISI'],
    });
  });
});

describe('words with a sign behind them', () => {
  const titles = [
    'C++ modules',
    'C# records',
    'Learning C',
    'A+ grades',
    'F# and .NET',
    'C++17 and C++20',
    'node.js',
  ];
  const bodies = {
    'All of them': 'We compare (C++), C++/CLI, C#’s and C++-style.',
    Energy: 'From class A+++ to class A.',
    Shows: 'Disney+ and Café+.',
    Sums: 'Tom+Jerry, 1+1, Ctrl+C, PR#12 and #hashtag.',
  };

  test('a word with a sign is another word than the one without', async () => {
    const letter = await makeLetterOf(titles, { bodies });
    await expectFound(letter, {
      'C++': ['C++ modules', 'C++17 and C++20', 'All of them'],
      'c++ modules': ['C++ modules'],
      '"C++ modules"': ['C++ modules'],
      'C#': ['C# records', 'All of them'],
      'c# c++': ['All of them'],
      'records -C++': ['C# records'],
      'C++ -C#': ['C++ modules', 'C++17 and C++20'],
      'C++17': ['C++17 and C++20'],
      'C++ 20': ['C++17 and C++20'],
      'C++-style': ['All of them'],
      'A+': ['A+ grades'],
      'A+++': ['Energy'],
      'F#': ['F# and .NET'],
      '.NET': ['F# and .NET'],
      net: ['F# and .NET'],
      'node.js': ['node.js'],
      'disney+': ['Shows'],
      disney: ['Shows'],
      'cafe+': ['Shows'],
      cafe: ['Shows'],
      'tom jerry': ['Sums'],
      'Tom+Jerry': ['Sums'],
      '1+1': ['Sums'],
      'PR#12': ['Sums'],
      'pr 12': ['Sums'],
      '#hashtag': ['Sums'],
      'learning c': ['Learning C'],
    });
    expect((await letter.find('C')).length).toBeGreaterThan(3);
  });

  test('the sign is marked with its word', async () => {
    const letter = await makeLetterOf(titles, { bodies });
    const highlights = async (q: string, title: string) => {
      const { data } = (await letter.search(q)).body;
      return data.find(({ item }: { item: { title: string } }) => item.title === title);
    };
    expect((await highlights('C++', 'C++ modules')).titleHighlighted).toBe('<mark>C++</mark> modules');
    expect((await highlights('C#', 'C# records')).titleHighlighted).toBe('<mark>C#</mark> records');
    expect((await highlights('C', 'C# records')).titleHighlighted).toBe('<mark>C#</mark> records');
    expect((await highlights('A+', 'A+ grades')).titleHighlighted).toBe('<mark>A+</mark> grades');
    expect((await highlights('C++17', 'C++17 and C++20')).titleHighlighted).toBe(
      '<mark>C++17</mark> and <mark>C++</mark>20',
    );
    expect((await highlights('A+++', 'Energy')).snippet).toBe('From class <mark>A+++</mark> to class A.');
    expect((await highlights('cafe+', 'Shows')).snippet).toBe('Disney+ and <mark>Café+</mark>.');
    expect((await highlights('jerry', 'Sums')).snippet).toBe(
      'Tom+<mark>Jerry</mark>, 1+1, Ctrl+C, PR#12 and #hashtag.',
    );
  });
});
