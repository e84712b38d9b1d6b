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

describe('A date', () => {
  test.each<[string, CslItem['issued'], string]>([
    ['is n.d. where none is known', undefined, 'n.d.'],
    ['may be about right', { ...on(1690), circa: true }, 'ca. 1690'],
    ['may be a span of years', { 'date-parts': [[2019], [2021]] }, '2019–2021'],
    ['may lie before our era', on(-350), '350 BCE'],
    ['may be in words', { literal: 'in press' }, 'in press'],
    ['drops a month that does not exist', on(2000, 21, 40), '2000'],
  ])('%s', (_, issued, shown) => {
    const { issued: __, ...undated } = item;
    const dated = issued ? { ...item, issued } : undated;
    expect(formatCitation(dated, 'apa')).toBe(`Work. (${shown}). Journal, 1.`);
    expect(formatCitation(dated, 'ieee')).toBe(
      `“Work,” Journal, vol. 1, ${shown}${shown === 'n.d.' ? '' : '.'}`,
    );
  });
});

describe('Pages', () => {
  test.each([
    ['12', 'p. 12'],
    ['12-15', 'pp. 12–15'],
    ['pp. 12--15', 'pp. 12–15'],
    ['12 – 15, 20', 'pp. 12–15, 20'],
    ['S3-S9', 'pp. S3–S9'],
    ['xi-xv', 'pp. xi–xv'],
    ['e1001', 'p. e1001'],
  ])('%s', (page, shown) => {
    expect(formatCitation({ ...item, page }, 'ieee')).toBe(`“Work,” Journal, vol. 1, ${shown}, 2000.`);
  });

  test('give way to the number of an article', () => {
    const numbered = { ...item, number: '104723' };
    expect(formatCitation(numbered, 'apa')).toBe('Work. (2000). Journal, 1, Article 104723.');
    expect(formatCitation(numbered, 'ieee')).toBe('“Work,” Journal, vol. 1, Art. no. 104723, 2000.');
    expect(formatCitation(numbered, 'chicago')).toBe('“Work.” 2000. Journal 1: 104723.');
  });
});

describe('An edition', () => {
  test.each([
    ['1', '1st ed.'],
    ['12', '12th ed.'],
    ['23', '23rd ed.'],
    ['3rd', '3rd ed.'],
    ['Revised edition', 'Revised edition'],
    ['2nd ed.', '2nd ed.'],
  ])('%s', (edition, shown) => {
    const book: CslItem = { type: 'book', title: 'Work', edition, issued: on(2000) };
    expect(formatCitation(book, 'apa')).toBe(`Work (${shown}). (2000).`);
  });
});

describe('An address', () => {
  test.each<[Partial<CslItem>, string]>([
    [{ DOI: '10.1000/a<b>#?%c' }, 'https://doi.org/10.1000/a%3Cb%3E%23%3F%25c'],
    [{ DOI: '10.1000/1', URL: 'https://a.example/' }, 'https://doi.org/10.1000/1'],
    [{ URL: 'https://a.example/?q=1#2' }, 'https://a.example/?q=1#2'],
    [{ archive: 'arXiv', archive_location: 'hep-th/9901001v2' }, 'https://arxiv.org/abs/hep-th/9901001v2'],
  ])('of %o', (address, shown) => {
    expect(formatCitation({ ...item, ...address }, 'apa')).toBe(`Work. (2000). Journal, 1. ${shown}`);
  });
});

describe('A title', () => {
  test.each<[Style, string]>([
    ['apa', 'Can machines think? (2000). Journal, 1.'],
    ['ieee', '“Can machines think?” Journal, vol. 1, 2000.'],
    ['chicago', '“Can machines think?” 2000. Journal 1.'],
  ])('keeps its own last mark: %s', (style, line) => {
    expect(formatCitation({ ...item, title: 'Can machines think?' }, style)).toBe(line);
  });

  test.each<[Style, string]>([
    ['apa', 'Work. (2000). Journal, 1.'],
    ['ieee', '“Work,” Journal, vol. 1, 2000.'],
    ['chicago', '“Work.” 2000. Journal 1.'],
  ])('has one full stop where it brings its own: %s', (style, line) => {
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
  ])('has its quotations in marks of the second order: %s, %s', (style, title, line) => {
    expect(formatCitation({ ...item, title }, style)).toBe(line);
  });

  test('is text and nothing else, on one line', () => {
    const title = ' <i>E. coli</i> &amp;\r\n\u2028the\tRNA\u0007 *world*\u202e ';
    expect(formatCitation({ ...item, title }, 'apa')).toBe(
      '<i>E. coli</i> &amp; the RNA *world*. (2000). Journal, 1.',
    );
  });
});

describe('A thesis of a doctor', () => {
  test.each<[Style, string]>([
    ['apa', 'Work [Doctoral dissertation, MIT]. (2000).'],
    ['ieee', '“Work,” Ph.D. dissertation, MIT, 2000.'],
    ['chicago', '“Work.” 2000. PhD diss., MIT.'],
  ])('is called what the style calls it: %s', (style, line) => {
    for (const genre of ['PhD thesis', 'Ph.D. thesis', 'Doctoral dissertation']) {
      const thesis: CslItem = { type: 'thesis', title: 'Work', genre, publisher: 'MIT', issued: on(2000) };
      expect(formatCitation(thesis, style)).toBe(line);
    }
  });
});

describe('A series', () => {
  const book: CslItem = {
    ...{ type: 'book', title: 'Work', 'collection-title': 'Lecture Notes', 'collection-number': '12' },
    ...{ publisher: 'Press', issued: on(2000) },
  };

  test.each<[Style, string]>([
    ['apa', 'Work. (2000). Press.'],
    ['ieee', 'Work, ser. Lecture Notes 12. Press, 2000.'],
    ['chicago', 'Work. 2000. Lecture Notes 12. Press.'],
  ])('is told where the style tells it: %s', (style, line) => {
    expect(formatCitation(book, style)).toBe(line);
  });
});

describe('A server of preprints', () => {
  test('is told before who runs it', () => {
    const preprint: CslItem = {
      ...{ type: 'article', title: 'Work', 'container-title': 'bioRxiv' },
      ...{ publisher: 'Cold Spring Harbor Laboratory', issued: on(2000) },
    };
    expect(formatCitation(preprint, 'apa')).toBe('Work. (2000). bioRxiv.');
  });
});
