import { describe, expect, test } from 'vitest';
import { searchPage } from '../../src/modules/search/schemas.ts';
import { readBytes } from '../delivery/reading.ts';
import { useMasthead } from '../support/app.ts';
import { makePaper } from '../support/factories.ts';
import { makeLetter } from './searching.ts';

const masthead = useMasthead();

describe('searches', () => {
  test('a hit names its newsletter, issue and item with what a link to it needs', async () => {
    const letter = await makeLetter(masthead, { title: 'Signal & Noise' });
    await letter.publish({
      title: 'February',
      items: [{ title: 'BLIP', body: 'A model for *captioning*.' }],
    });
    const answer = await letter.search('captioning');
    expect(answer).toMatchObject({
      status: 200,
      headers: {
        'surrogate-key': `content newsletter:${letter.id} archive:${letter.id}`,
        'access-control-allow-origin': '*',
      },
      body: {
        data: [
          {
            newsletter: { slug: letter.slug, title: 'Signal & Noise' },
            issue: { number: 1, title: 'February' },
            item: { title: 'BLIP', anchor: 'blip' },
            titleHighlighted: 'BLIP',
            snippet: 'A model for <mark>captioning</mark>.',
          },
        ],
        page: { next: null },
        total: 1,
        isTotalExact: true,
        correctedQuery: null,
      },
    });
    expect(searchPage.parse(answer.body)).toEqual(answer.body);
    const again = await readBytes(masthead, `/content/v1/newsletters/${letter.slug}/search?q=captioning`, {
      'if-none-match': String(answer.headers.etag),
    });
    expect(again.status).toBe(304);
  });

  test('hits are ranked by issue title, item title, body and authors, in this order', async () => {
    const letter = await makeLetter(masthead);
    const paper = await makePaper(masthead, { title: 'On sheep', authors: ['Anna Quagga'] });
    await letter.publish({ items: [{ title: 'By its author', paperId: paper.id }] });
    await letter.publish({
      items: [{ title: 'In its body', body: 'A quagga, and a quagga again. Quagga!' }],
    });
    await letter.publish({ items: [{ title: 'The quagga' }] });
    await letter.publish({ title: 'Quagga time' });
    for (let count = 0; count < 2; count += 1) await letter.publish({ title: `After ${count}` });
    expect(await letter.find('quagga')).toEqual([
      'Quagga time',
      'The quagga',
      'In its body',
      'By its author',
    ]);
  });

  test('equal hits are ordered by newest issue and then by position', async () => {
    const letter = await makeLetter(masthead);
    const items = ['One', 'Two', 'Three'].map((title) => ({ title, body: 'An okapi.' }));
    await letter.publish({ items });
    await letter.publish({ items: [{ title: 'Newer', body: 'An okapi.' }] });
    expect(await letter.find('okapi')).toEqual(['Newer', 'One', 'Two', 'Three']);
  });

  test('subtitle, intro, sign-off and the titles and intros of sections are searched', async () => {
    const letter = await makeLetter(masthead);
    await letter.publish({
      title: 'Whole',
      subtitle: 'Aardvark',
      intro: 'A **bison**.',
      signOff: 'A [caracal](https://example.org).',
      sections: [
        { title: 'Dormouse', intro: 'An `ermine`.', items: [{ kind: 'note', title: 'Item', body: 'x' }] },
      ],
    });
    for (const q of ['aardvark', 'bison', 'caracal', 'dormouse', 'ermine']) {
      expect.soft(await letter.find(q), q).toEqual(['Whole']);
    }
    expect((await letter.search('bison')).body.data[0].item).toBeNull();
  });

  test('code, tables and papers are searched, and markup and URLs are not', async () => {
    const letter = await makeLetter(masthead);
    const paper = await makePaper(masthead, {
      title: 'Gazelles',
      venue: 'Herds',
      abstract: 'On hartebeests.',
    });
    await letter.publish({
      items: [
        {
          title: 'All',
          paperId: paper.id,
          body: '| a |\n|-|\n| impala |\n\n```js\njackal()\n```\n\n[here](https://klipspringer.example) <b lemur="x">',
        },
      ],
    });
    for (const q of ['gazelles', 'herds', 'hartebeest', 'impala', 'jackal']) {
      expect.soft(await letter.find(q), q).toEqual(['All']);
    }
    for (const q of ['klipspringer', 'lemur', 'href']) expect.soft(await letter.find(q), q).toEqual([]);
  });

  test('words joined by punctuation and text after a tag in code are found', async () => {
    const letter = await makeLetter(masthead);
    const body =
      'Use `<script>` with node.js for the train/test split of [example.org/okapi](https://x.example) & so on_demand.';
    await letter.publish({ items: [{ title: 'All', body }] });
    const found = [
      'split',
      'node',
      'node.js',
      'js',
      'train',
      'test',
      '"train/test"',
      'okapi',
      'script',
      'demand',
    ];
    for (const q of [...found, '<script>']) expect.soft(await letter.find(q), q).toEqual(['All']);
    const { snippet } = (await letter.search('node.js test')).body.data[0];
    expect(snippet).toContain('<mark>node</mark>.<mark>js</mark> for the train/<mark>test</mark> split');
  });

  test('a search covers its own newsletter, or all newsletters when none is named', async () => {
    const [one, other] = [
      await makeLetter(masthead, { title: 'Letter one' }),
      await makeLetter(masthead, { title: 'Letter two' }),
    ];
    await one.publish({ items: [{ title: 'First', body: 'A numbat.' }] });
    await other.publish({ items: [{ title: 'Second', body: 'A numbat.' }] });
    expect(await one.find('numbat')).toEqual(['First']);
    const all = await masthead.anonymous.get('/content/v1/search?q=numbat');
    expect(all.headers['surrogate-key']).toBe('content issues newsletters');
    expect(all.body.data.map((hit: { newsletter: object }) => hit.newsletter)).toEqual([
      { slug: other.slug, title: 'Letter two' },
      { slug: one.slug, title: 'Letter one' },
    ]);
  });
});

describe('query syntax', () => {
  test('several words must all match unless they are joined by "or"', async () => {
    const letter = await makeLetter(masthead);
    await letter.publish({
      items: [
        { title: 'Both', body: 'a red fox' },
        { title: 'One', body: 'a red hen' },
      ],
    });
    expect(await letter.find('red fox')).toEqual(['Both']);
    expect(await letter.find('fox or hen')).toEqual(['Both', 'One']);
  });

  test('a quoted phrase matches only consecutive words', async () => {
    const letter = await makeLetter(masthead);
    await letter.publish({
      items: [
        { title: 'Phrase', body: 'an image captioning model' },
        { title: 'Words', body: 'captioning an image' },
        { title: 'Quoted', body: 'said “image captioning”—loudly' },
      ],
    });
    expect(await letter.find('"image captioning"')).toEqual(['Phrase', 'Quoted']);
    expect(await letter.find('“image captioning”')).toEqual(['Phrase', 'Quoted']);
    expect(await letter.find('image captioning')).toHaveLength(3);
  });

  test('a hyphen excludes a word or a phrase', async () => {
    const letter = await makeLetter(masthead);
    await letter.publish({
      items: [
        { title: 'Plain', body: 'a river' },
        { title: 'With delta', body: 'a river and its wide delta' },
      ],
    });
    expect(await letter.find('river -delta')).toEqual(['Plain']);
    expect(await letter.find('river -"wide delta"')).toEqual(['Plain']);
    expect(await letter.find('river -"delta wide"')).toHaveLength(2);
    expect(await letter.find('-delta river')).toEqual(['Plain']);
  });

  test('the last word matches every word that starts with it, even when the stem is shorter', async () => {
    const letter = await makeLetter(masthead);
    await letter.publish({
      items: [
        { title: 'Newsletters', body: 'x' },
        { title: 'Attention', body: 'x' },
        { title: 'Running ResNet50 and LLMs', body: 'x' },
      ],
    });
    const expected = {
      ne: 'Newsletters',
      newsle: 'Newsletters',
      attentio: 'Attention',
      resn: 'Running ResNet50 and LLMs',
    };
    for (const [q, title] of Object.entries(expected)) {
      const { body } = await letter.search(q);
      expect.soft(body.data[0]?.item.title, q).toBe(title);
      expect.soft(body.correctedQuery, q).toBeNull();
    }
    expect(await letter.find('resnet50 runni')).toEqual(['Running ResNet50 and LLMs']);
    expect(await letter.find('newsle x')).toEqual([]);
    expect(await letter.find('"newsle"')).toEqual([]);
    expect(await letter.find('attention -newsle')).toEqual(['Attention']);
  });

  test('a prefix that very many words share matches all of them', async () => {
    const letter = await makeLetter(masthead);
    const words = Array.from(
      { length: 120 },
      (_, index) => `zo${String.fromCharCode(97 + (index % 26))}${index}q`,
    );
    await letter.publish({
      items: [
        { title: 'Many', body: words.join(' ') },
        { title: 'Last', body: 'zozzz' },
      ],
    });
    expect(await letter.find('zo')).toHaveLength(2);
    expect(await letter.find('zoz')).toContain('Last');
  });

  test.each(['the', 'and or', '...', '""', '-the', '-fox', '🦊', "'", '\\', ':*', '!', '( )', '<->'])(
    'a query without a search term finds nothing: %s',
    async (q) => {
      const letter = await makeLetter(masthead);
      await letter.publish({ items: [{ body: 'the quick brown fox, and the lazy dog' }] });
      expect(await letter.search(q)).toMatchObject({
        status: 200,
        body: {
          data: [],
          total: 0,
          isTotalExact: true,
          correctedQuery: null,
          facets: { tags: [], years: [] },
        },
      });
    },
  );

  test.each([
    "fox'",
    "o'fox",
    'fox:*',
    'fox & !dog',
    'fox | (',
    '"fox',
    'fox \\',
    'fox\t',
    'FOX',
    'ｆox fox or',
    'fox -',
  ])('the query %j is not a syntax error', async (q) => {
    const letter = await makeLetter(masthead);
    await letter.publish({ items: [{ body: 'a fox' }] });
    expect((await letter.search(q)).status).toBe(200);
  });
});
