import { describe, expect, test } from 'vitest';
import type { CslItem } from '../../../src/bibliography/csl/csl.ts';
import { formatCitation, listBibliography } from '../../../src/bibliography/format-citation.ts';
import { names, on } from './works.ts';

const book = (title: string, authors?: string, year?: number): CslItem => ({
  type: 'book',
  title,
  ...(authors === undefined ? {} : { author: names(authors) }),
  ...(year === undefined ? {} : { issued: on(year) }),
});

describe('lists of references', () => {
  test.each(['apa', 'chicago'] as const)('a list in %s is sorted by author, year and title', (style) => {
    const sorted = [
      book('Book 2', 'Ångström, Anders', 1868),
      book('The beginning'),
      book('Z', 'Li, Zoe'),
      book('A second', 'Li, Zoe', 2001),
      book('The third', 'Li, Zoe', 2001),
      book('A', 'Li, Zoe', 2010),
      book('A', 'Li, Zoe; Abel, Ann', 1999),
      book('A', 'Lin, Ann', 1990),
    ];
    expect([...listBibliography(sorted.toReversed(), style)]).toEqual(
      sorted.map((item) => formatCitation(item, style)),
    );
  });

  test('equal references keep their order', () => {
    const [first, second] = ['https://a.example/2', 'https://a.example/1'].map((URL) => ({
      ...book('A'),
      URL,
    }));
    const items = [first, second].flatMap((item) => item ?? []);
    expect([...listBibliography(items, 'apa')]).toEqual([
      'A. (n.d.). https://a.example/2',
      'A. (n.d.). https://a.example/1',
    ]);
  });

  test('a list in IEEE style is numbered in the given order', () => {
    const items = [book('Second', 'Lin, Ann', 2002), book('First', 'Abel, Ann', 2001)];
    expect([...listBibliography(items, 'ieee')]).toEqual([
      '[1] A. Lin, Second, 2002.',
      '[2] A. Abel, First, 2001.',
    ]);
  });

  test('a list of no items is empty', () => {
    expect([...listBibliography([], 'ieee')]).toEqual([]);
  });
});
