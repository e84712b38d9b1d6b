import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeLetter, titlesOf } from './searching.ts';

const masthead = useMasthead();

async function correct(letter: Awaited<ReturnType<typeof makeLetter>>, q: string) {
  const answer = await letter.search(q);
  return { titles: titlesOf(answer), correctedQuery: answer.body.correctedQuery };
}

describe('typos', () => {
  test.each([
    ['trasnformer', 'transformer'],
    ['atention', 'attention'],
    ['blipp', 'blip'],
    ['blpi', 'blip'],
    ['Attnetion', 'attention'],
  ])('the typo "%s" is corrected to "%s", and the correction is reported', async (q, meant) => {
    const letter = await makeLetter(masthead);
    await letter.publish({ items: [{ title: 'Hit', body: 'The transformer BLIP pays attention.' }] });
    expect(await correct(letter, q)).toEqual({ titles: ['Hit'], correctedQuery: meant });
  });

  test('only misspelled words of a query are corrected', async () => {
    const letter = await makeLetter(masthead);
    await letter.publish({
      items: [
        { title: 'One', body: 'The river carries sediment' },
        { title: 'Two', body: 'The river carries sediment to its delta' },
      ],
    });
    expect(await correct(letter, 'river sedimnet -delta')).toEqual({
      titles: ['One'],
      correctedQuery: 'river sediment -delta',
    });
    expect(await correct(letter, '"carries sedimnet"')).toEqual({
      titles: ['One', 'Two'],
      correctedQuery: '"carries sediment"',
    });
  });

  test.each([
    ['-"foo barr"', '-"foo barr"'],
    ['-“foo barr”', '-“foo barr”'],
    ['-foo-barr', '-foo-barr'],
    ['-foo/barr', '-foo/barx'],
    ['-"foo barr', '-"foo barx'],
  ])('a correction keeps the excluded part "%s" as "%s"', async (excluded, kept) => {
    const letter = await makeLetter(masthead);
    await letter.publish({ items: [{ title: 'Hit', body: 'sediment barx' }] });
    expect(await correct(letter, `sedimnet ${excluded}`)).toEqual({
      titles: ['Hit'],
      correctedQuery: `sediment ${kept}`,
    });
  });

  test('a query with hits is not corrected', async () => {
    const letter = await makeLetter(masthead);
    await letter.publish({
      items: [
        { title: 'Colour', body: 'x' },
        { title: 'Color', body: 'x' },
      ],
    });
    expect(await correct(letter, 'color')).toEqual({ titles: ['Color'], correctedQuery: null });
  });

  test('a correction is reported only when it has hits under the same filters', async () => {
    const letter = await makeLetter(masthead);
    await letter.publish({
      tags: ['a'],
      items: [
        { title: 'River', body: 'x' },
        { title: 'Mountain', body: 'x' },
      ],
    });
    expect(await correct(letter, 'rivver mountain')).toEqual({ titles: [], correctedQuery: null });
    const filtered = await letter.search('mountian', { tag: 'b' });
    expect(filtered.body).toMatchObject({ total: 0, correctedQuery: null });
    expect((await letter.search('mountian', { tag: 'a' })).body).toMatchObject({
      total: 1,
      correctedQuery: 'mountain',
    });
  });

  test.each(['xylophonists', 'riverbanks', 'rove', 'liver'])(
    'a word that differs too much is not corrected: %s',
    async (q) => {
      const letter = await makeLetter(masthead);
      await letter.publish({ items: [{ body: 'A riverbed. To rivet, rowers.' }] });
      expect(await correct(letter, q)).toEqual({ titles: [], correctedQuery: null });
    },
  );

  test('every page of a corrected search has the same correction', async () => {
    const letter = await makeLetter(masthead);
    await letter.publish({ items: ['A', 'B', 'C'].map((title) => ({ title, body: 'sediment' })) });
    const first = await letter.search('sedimnet', { limit: '2' });
    const second = await letter.search('sedimnet', { limit: '2', cursor: first.body.page.next });
    expect([...titlesOf(first), ...titlesOf(second)]).toEqual(['A', 'B', 'C']);
    expect(second.body).toMatchObject({ total: 3, correctedQuery: 'sediment', page: { next: null } });
  });

  test('corrections come from the words of the searched newsletter, or of all newsletters', async () => {
    const [one, other] = [await makeLetter(masthead), await makeLetter(masthead)];
    await one.publish({ items: [{ title: 'Here', body: 'pangolin' }] });
    await other.publish({ items: [{ title: 'There', body: 'x' }] });
    expect(await correct(other, 'pangolni')).toEqual({ titles: [], correctedQuery: null });
    const all = await masthead.anonymous.get('/content/v1/search?q=pangolni');
    expect(all.body).toMatchObject({ total: 1, correctedQuery: 'pangolin' });
  });

  test('the corrected query is plain text and is not escaped', async () => {
    const letter = await makeLetter(masthead);
    await letter.publish({ items: [{ title: 'Hit', body: 'sediment script' }] });
    expect(await correct(letter, '<script> sedimnet')).toEqual({
      titles: ['Hit'],
      correctedQuery: '<script> sediment',
    });
  });
});
