import { describe, expect, test } from 'vitest';
import { makeLetter } from '../search/searching.ts';
import { useMasthead } from '../support/app.ts';
import { makePaper } from '../support/factories.ts';

const masthead = useMasthead();

/** `count` words, no two the same. */
function words(count: number, spell: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => spell(n)).join(' ');
}

const ideograph = (n: number) => String.fromCodePoint(0x20000 + n);

describe('an issue whose texts are as long as they may be goes out, and is found', () => {
  test.each([
    ['short words', (n: number) => `z${n.toString(36)}`],
    ['words of parts', (n: number) => `a${n}-b${n}`],
    ['addresses', (n: number) => `https://${n}.example.com/a${n}?b=${n}`],
    ['characters beyond the first plane', (n: number) => ideograph(n % 40_000)],
    ['marks', () => '“—”'],
    ['a long word', (n: number) => (n === 0 ? 'x'.repeat(90_000) : 'y')],
    ['a character that is cut in two', () => 'ab🦊'],
  ])('of %s', async (_what, spell) => {
    const letter = await makeLetter(masthead);
    const text = words(50_000, spell).slice(0, 99_990).toWellFormed();
    const paper = await makePaper(masthead, {
      abstract: text.slice(0, 19_990).toWellFormed(),
      title: 'Long',
    });
    await letter.publish({
      title: 'Gnu',
      ...{ intro: `okapi ${text.slice(0, 99_900)}`.toWellFormed(), signOff: text },
      items: [{ title: 'Zebra', body: `quagga ${text.slice(0, 99_900)}`.toWellFormed(), paperId: paper.id }],
    });
    expect(await letter.find('gnu')).toEqual(['Gnu']);
    expect(await letter.find('okapi')).toEqual(['Gnu']);
    expect(await letter.find('quagga')).toEqual(['Zebra']);
  });

  test('of the names of thousands of authors', async () => {
    const letter = await makeLetter(masthead);
    const authors = Array.from({ length: 5_000 }, (_, n) => `Author${n} ${'Name'.repeat(60)}${n}`);
    const paper = await makePaper(masthead, {
      title: 'Collaboration',
      authors: ['Anna Quagga', ...authors.slice(1)],
    });
    await letter.publish({ items: [{ title: 'Zebra', paperId: paper.id }] });
    expect(await letter.find('quagga')).toEqual(['Zebra']);
  });
});

test('The words that a newsletter has already leave room for the new ones of a long issue', async () => {
  const letter = await makeLetter(masthead);
  const body = words(5_100, (n) => `a${n.toString(36)}`);
  await letter.publish({ items: [{ title: 'First', body }] });
  await letter.publish({ items: [{ title: 'Second', body: `${body} zebrafish` }] });
  expect((await letter.search('zebrafihs')).body).toMatchObject({ total: 1, correctedQuery: 'zebrafish' });
});
