import { describe, expect, test } from 'vitest';
import { searchConfigOf } from '../../src/modules/publications/index/search-config.ts';
import { useMasthead } from '../support/app.ts';
import { makeLetter } from './searching.ts';

const masthead = useMasthead();

describe('languages of newsletters', () => {
  test.each([
    ['en', 'english'],
    ['en-AU', 'english'],
    ['pt-BR', 'portuguese'],
    ['nb', 'norwegian'],
    ['zh-Hant-TW', 'simple'],
    ['ja', 'simple'],
    ['ko', 'simple'],
    ['gsw', 'simple'],
    ['in', 'indonesian'],
  ])('the language %s uses the text search configuration %s', (language, config) => {
    expect(searchConfigOf(language)).toBe(config);
  });

  test('PostgreSQL has every text search configuration that the languages use', async () => {
    const languages = [
      ...[
        'ar',
        'ca',
        'da',
        'de',
        'el',
        'en',
        'es',
        'eu',
        'fi',
        'fr',
        'ga',
        'hi',
        'hu',
        'hy',
        'id',
        'it',
        'lt',
      ],
      ...['nb', 'ne', 'nl', 'nn', 'no', 'pt', 'ro', 'ru', 'sr', 'sv', 'ta', 'tr', 'yi'],
    ];
    const configs = languages.map(searchConfigOf);
    expect(configs).not.toContain('simple');
    const { rows } = await masthead.database.pool.query(
      'SELECT config FROM unnest($1::text[]) AS config WHERE config NOT IN (SELECT cfgname FROM pg_ts_config)',
      [configs],
    );
    expect(rows).toEqual([]);
  });

  test('word forms are matched by the rules of the newsletter’s language', async () => {
    const german = await makeLetter(masthead, { language: 'de' });
    await german.publish({ items: [{ title: 'Häuser am Fluß', body: 'Die Übersetzungen der Bücher.' }] });
    for (const q of ['haus', 'HÄUSER', 'fluss', 'übersetzung', 'buch']) {
      expect.soft(await german.find(q), q).toEqual(['Häuser am Fluß']);
    }
    expect((await german.search('die')).body.total).toBe(0);
    const french = await makeLetter(masthead, { language: 'fr-CA' });
    await french.publish({ items: [{ title: 'Modèles', body: 'C’est l’attention qu’il faut.' }] });
    for (const q of ['modèle', 'mode\u0300les', 'attention']) {
      expect.soft(await french.find(q), q).toEqual(['Modèles']);
    }
    const none = await makeLetter(masthead, { language: 'mi' });
    await none.publish({ items: [{ title: 'The whare', body: 'x' }] });
    expect(await none.find('the')).toEqual(['The whare']);
    expect(await none.find('whares or the')).toEqual(['The whare']);
  });

  test('after a change of language, earlier issues are still searched in their old language', async () => {
    const letter = await makeLetter(masthead, { language: 'en' });
    await letter.publish({ items: [{ title: 'English', body: 'the river runs' }] });
    const changed = await masthead
      .as('admin')
      .patch(`/admin/v1/newsletters/${letter.id}`, { language: 'de' });
    expect(changed.status).toBe(200);
    await letter.publish({ items: [{ title: 'German', body: 'river, und die Häuser' }] });
    expect(await letter.find('river')).toEqual(['German', 'English']);
    expect(await letter.find('running or haus')).toEqual(['German', 'English']);
    expect(await letter.find('river -running')).toEqual(['German']);
    expect(await letter.find('river -haus')).toEqual(['English']);
    expect(await letter.find('the')).toEqual([]);
    expect((await letter.search('rivver')).body).toMatchObject({ total: 2, correctedQuery: 'river' });
  });

  test('a search in all newsletters applies the language of each', async () => {
    const [english, german] = [
      await makeLetter(masthead, { language: 'en' }),
      await makeLetter(masthead, { language: 'de' }),
    ];
    await english.publish({ items: [{ title: 'En', body: 'tapir houses' }] });
    await german.publish({ items: [{ title: 'De', body: 'tapir häuser' }] });
    const titles = async (q: string) => {
      const { body } = await masthead.anonymous.get(`/content/v1/search?q=${encodeURIComponent(q)}`);
      return body.data.map(({ item }: { item: { title: string } }) => item.title);
    };
    expect(await titles('tapir')).toEqual(['De', 'En']);
    expect(await titles('tapir -haus')).toEqual(['En']);
    expect(await titles('tapir -house')).toEqual(['De']);
  });
});

describe('scripts without spaces between words', () => {
  test.each([
    [
      'ja',
      '機械学習の最新論文を、東東で紹介します。',
      ['機械学習', '学習の最新', '論文', '「機械学習」', '東東'],
      ['習学', '学会', '東京', '"東京"', '論文学'],
    ],
    ['zh', '本期介绍大语言模型，以及图像生成。', ['语言模型', '图像', '大语言 生成'], ['模语']],
    ['ko', '이번 주에는 학교에서 배우는 인공지능', ['인공지능', '학교', '인공'], ['학능']],
    ['th', 'การเรียนรู้ของเครื่องจักร', ['เรียนรู้', 'เครื่อง'], ['รู้เรียน']],
  ])('a text in %s is found by any run of its characters', async (language, body, found, missed) => {
    const letter = await makeLetter(masthead, { language });
    await letter.publish({
      items: [
        { title: 'Hit', body },
        { title: 'Other', body: 'x' },
      ],
    });
    for (const q of found) expect.soft(await letter.find(q), q).toEqual(['Hit']);
    for (const q of missed) expect.soft(await letter.find(q), q).toEqual([]);
  });

  test('a match in Japanese is marked without adding spaces', async () => {
    const letter = await makeLetter(masthead, { language: 'ja' });
    await letter.publish({
      items: [{ title: '機械学習', body: '今週は、機械学習の「論文」を BLIP とともに紹介します。' }],
    });
    const { body } = await letter.search('機械学習');
    expect(body.data[0]).toMatchObject({
      titleHighlighted: '<mark>機械学習</mark>',
      snippet: '今週は、<mark>機械学習</mark>の「論文」を BLIP とともに紹介します。',
    });
    expect(await letter.find('blip -論文')).toEqual([]);
    expect(await letter.find('blip "機械 学習"')).toEqual(['機械学習']);
  });
});
