import { describe, expect, test } from 'vitest';
import { makeLetter } from '../search/searching.ts';
import { useMasthead } from '../support/app.ts';
import { makePaper } from '../support/factories.ts';

const masthead = useMasthead();

/** `count` words, made by `spell`. */
function words(count: number, spell: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => spell(n)).join(' ');
}

const ideograph = (n: number) => String.fromCodePoint(0x20000 + n);

describe('search texts of the maximum length', () => {
  test.each([
    ['short words', (n: number) => `z${n.toString(36)}`],
    ['hyphenated words', (n: number) => `a${n}-b${n}`],
    ['URLs', (n: number) => `https://${n}.example.com/a${n}?b=${n}`],
    ['characters outside the Basic Multilingual Plane', (n: number) => ideograph(n % 40_000)],
    ['punctuation', () => '“—”'],
    ['one very long word', (n: number) => (n === 0 ? 'x'.repeat(90_000) : 'y')],
    ['surrogate pairs, one of which is cut in half', () => 'ab🦊'],
  ])('an issue with texts of maximum length made of %s is published and found', async (_what, spell) => {
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

  test('an issue that features a paper with 5,000 authors is published and found', async () => {
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

test('a new word of a long issue is indexed when the newsletter already knows its other 5,100 words', async () => {
  const letter = await makeLetter(masthead);
  const body = words(5_100, (n) => `a${n.toString(36)}`);
  await letter.publish({ items: [{ title: 'First', body }] });
  await letter.publish({ items: [{ title: 'Second', body: `${body} zebrafish` }] });
  expect((await letter.search('zebrafihs')).body).toMatchObject({ total: 1, correctedQuery: 'zebrafish' });
});
