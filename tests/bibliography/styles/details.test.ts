import { describe, expect, test } from 'vitest';
import type { CslItem } from '../../../src/bibliography/csl/csl.ts';
import type { Style } from '../../../src/bibliography/format-citation.ts';
import { formatCitation } from '../../../src/bibliography/format-citation.ts';
import { on } from './works.ts';

const item: CslItem = {
  type: 'article-journal',
  title: 'Work',
  'container-title': 'Journal',
  volume: '1',
  issued: on(2000),
};

describe('dates', () => {
  test.each<[string, CslItem['issued'], string]>([
    ['a missing date', undefined, 'n.d.'],
    ['an approximate date', { ...on(1690), circa: true }, 'ca. 1690'],
    ['a range of years', { 'date-parts': [[2019], [2021]] }, '2019–2021'],
    ['a year before the common era', on(-350), '350 BCE'],
    ['a literal date', { literal: 'in press' }, 'in press'],
    ['a date with an invalid month', on(2000, 21, 40), '2000'],
  ])('%s is cited as expected', (_, issued, shown) => {
    const { issued: __, ...undated } = item;
    const dated = issued ? { ...item, issued } : undated;
    expect(formatCitation(dated, 'apa')).toBe(`Work. (${shown}). Journal, 1.`);
    expect(formatCitation(dated, 'ieee')).toBe(
      `“Work,” Journal, vol. 1, ${shown}${shown === 'n.d.' ? '' : '.'}`,
    );
  });
});

describe('pages', () => {
  test.each([
    ['12', 'p. 12'],
    ['12-15', 'pp. 12–15'],
    ['pp. 12--15', 'pp. 12–15'],
    ['12 – 15, 20', 'pp. 12–15, 20'],
    ['S3-S9', 'pp. S3–S9'],
    ['xi-xv', 'pp. xi–xv'],
    ['e1001', 'p. e1001'],
  ])('the pages "%s" are cited as "%s"', (page, shown) => {
    expect(formatCitation({ ...item, page }, 'ieee')).toBe(`“Work,” Journal, vol. 1, ${shown}, 2000.`);
  });

  test('an article number is cited when there are no pages', () => {
    const numbered = { ...item, number: '104723' };
    expect(formatCitation(numbered, 'apa')).toBe('Work. (2000). Journal, 1, Article 104723.');
    expect(formatCitation(numbered, 'ieee')).toBe('“Work,” Journal, vol. 1, Art. no. 104723, 2000.');
    expect(formatCitation(numbered, 'chicago')).toBe('“Work.” 2000. Journal 1: 104723.');
  });
});

describe('editions of books', () => {
  test.each([
    ['1', '1st ed.'],
    ['12', '12th ed.'],
    ['23', '23rd ed.'],
    ['3rd', '3rd ed.'],
    ['Revised edition', 'Revised edition'],
    ['2nd ed.', '2nd ed.'],
  ])('the edition "%s" is cited as "%s"', (edition, shown) => {
    const book: CslItem = { type: 'book', title: 'Work', edition, issued: on(2000) };
    expect(formatCitation(book, 'apa')).toBe(`Work (${shown}). (2000).`);
  });
});

describe('URLs', () => {
  test.each<[Partial<CslItem>, string]>([
    [{ DOI: '10.1000/a<b>#?%c' }, 'https://doi.org/10.1000/a%3Cb%3E%23%3F%25c'],
    [{ DOI: '10.1000/1', URL: 'https://a.example/' }, 'https://doi.org/10.1000/1'],
    [{ URL: 'https://a.example/?q=1#2' }, 'https://a.example/?q=1#2'],
    [{ archive: 'arXiv', archive_location: 'hep-th/9901001v2' }, 'https://arxiv.org/abs/hep-th/9901001v2'],
  ])('the URL of %o is cited', (address, shown) => {
    expect(formatCitation({ ...item, ...address }, 'apa')).toBe(`Work. (2000). Journal, 1. ${shown}`);
  });
});

describe('titles', () => {
  test.each<[Style, string]>([
    ['apa', 'Can machines think? (2000). Journal, 1.'],
    ['ieee', '“Can machines think?” Journal, vol. 1, 2000.'],
    ['chicago', '“Can machines think?” 2000. Journal 1.'],
  ])('a title keeps its final question mark in %s', (style, line) => {
    expect(formatCitation({ ...item, title: 'Can machines think?' }, style)).toBe(line);
  });

  test.each<[Style, string]>([
    ['apa', 'Work. (2000). Journal, 1.'],
    ['ieee', '“Work,” Journal, vol. 1, 2000.'],
    ['chicago', '“Work.” 2000. Journal 1.'],
  ])('a title that ends with a full stop gets no second one in %s', (style, line) => {
    expect(formatCitation({ ...item, title: 'Work.' }, style)).toBe(line);
  });

  test.each<[Style, string, string]>([
    [
      'ieee',
      '“Why Should I Trust You?” Explaining',
      '“‘Why Should I Trust You?’ Explaining,” Journal, vol. 1, 2000.',
    ],
    ['ieee', 'On "Truth"', '“On ‘Truth,’” Journal, vol. 1, 2000.'],
    ['ieee', 'What is “Truth?”', '“What is ‘Truth?’” Journal, vol. 1, 2000.'],
    ['ieee', 'Of Works, Inc.', '“Of Works, Inc.,” Journal, vol. 1, 2000.'],
    ['chicago', 'On “Truth”', '“On ‘Truth.’” 2000. Journal 1.'],
    ['chicago', 'The workers’', '“The workers’.” 2000. Journal 1.'],
    ['apa', 'On “Truth”', 'On “Truth.” (2000). Journal, 1.'],
  ])('quotation marks within a title are adapted in %s: %s', (style, title, line) => {
    expect(formatCitation({ ...item, title }, style)).toBe(line);
  });

  test('markup in a title is cited literally, and line breaks become spaces', () => {
    const title = ' <i>E. coli</i> &amp;\r\n\u2028the\tRNA\u0007 *world*\u202e ';
    expect(formatCitation({ ...item, title }, 'apa')).toBe(
      '<i>E. coli</i> &amp; the RNA *world*. (2000). Journal, 1.',
    );
  });
});

describe('doctoral theses', () => {
  test.each<[Style, string]>([
    ['apa', 'Work [Doctoral dissertation, MIT]. (2000).'],
    ['ieee', '“Work,” Ph.D. dissertation, MIT, 2000.'],
    ['chicago', '“Work.” 2000. PhD diss., MIT.'],
  ])('a doctoral thesis has the genre that %s prescribes', (style, line) => {
    for (const genre of ['PhD thesis', 'Ph.D. thesis', 'Doctoral dissertation']) {
      const thesis: CslItem = { type: 'thesis', title: 'Work', genre, publisher: 'MIT', issued: on(2000) };
      expect(formatCitation(thesis, style)).toBe(line);
    }
  });
});

describe('series', () => {
  const book: CslItem = {
    ...{ type: 'book', title: 'Work', 'collection-title': 'Lecture Notes', 'collection-number': '12' },
    ...{ publisher: 'Press', issued: on(2000) },
  };

  test.each<[Style, string]>([
    ['apa', 'Work. (2000). Press.'],
    ['ieee', 'Work, ser. Lecture Notes 12. Press, 2000.'],
    ['chicago', 'Work. 2000. Lecture Notes 12. Press.'],
  ])('a series is cited where %s prescribes it', (style, line) => {
    expect(formatCitation(book, style)).toBe(line);
  });
});

describe('preprint servers', () => {
  test('a preprint is cited with its server instead of the publisher', () => {
    const preprint: CslItem = {
      ...{ type: 'article', title: 'Work', 'container-title': 'bioRxiv' },
      ...{ publisher: 'Cold Spring Harbor Laboratory', issued: on(2000) },
    };
    expect(formatCitation(preprint, 'apa')).toBe('Work. (2000). bioRxiv.');
  });
});
