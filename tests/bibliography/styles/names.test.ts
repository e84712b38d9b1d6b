import { describe, expect, test } from 'vitest';
import type { CslName } from '../../../src/bibliography/csl/csl.ts';
import { OTHERS } from '../../../src/bibliography/csl/csl.ts';
import type { Style } from '../../../src/bibliography/format-citation.ts';
import { formatCitation } from '../../../src/bibliography/format-citation.ts';
import { on } from './works.ts';

const cite = (author: CslName[], style: Style) =>
  formatCitation({ type: 'book', title: 'Work', author, issued: on(2000) }, style);

/** The part of a citation before the date, or before the title in IEEE style. */
const authorsOf = (author: CslName[], style: Style) =>
  cite(author, style).split({ apa: ' (2000)', ieee: ', Work', chicago: ' 2000.' }[style])[0];

const many = (count: number): CslName[] =>
  Array.from({ length: count }, (_, index) => ({ family: `Name${index + 1}`, given: 'Ann' }));

describe('names', () => {
  test.each<[string, CslName, string, string, string]>([
    ['a hyphen', { family: 'Li', given: 'Jing-Hua' }, 'Li, J.-H.', 'J.-H. Li', 'Li, Jing-Hua.'],
    [
      'a lower-case letter after a hyphen',
      { family: 'Han', given: 'Seung-hyun' },
      'Han, S.-H.',
      'S.-H. Han',
      'Han, Seung-hyun.',
    ],
    ['initials', { family: 'Knuth', given: 'D.E.' }, 'Knuth, D. E.', 'D. E. Knuth', 'Knuth, D.E.'],
    [
      'hyphenated initials',
      { family: 'Serre', given: 'J.-P.' },
      'Serre, J.-P.',
      'J.-P. Serre',
      'Serre, J.-P.',
    ],
    [
      'a decomposed accent',
      { family: 'Zola', given: 'E\u0301mile' },
      'Zola, E\u0301.',
      'E\u0301. Zola',
      'Zola, E\u0301mile.',
    ],
    [
      'Cyrillic letters',
      { family: 'Колмогоров', given: 'Андрей' },
      'Колмогоров, А.',
      'А. Колмогоров',
      'Колмогоров, Андрей.',
    ],
    ['Arabic letters', { family: 'محفوظ', given: 'نجيب' }, 'محفوظ, نجيب.', 'نجيب محفوظ', 'محفوظ, نجيب.'],
    ['Chinese characters', { family: '华', given: '罗庚' }, '华罗庚.', '华罗庚', '华罗庚.'],
    ['Japanese characters', { family: '伊藤', given: 'きよし' }, '伊藤きよし.', '伊藤きよし', '伊藤きよし.'],
    [
      'a particle of the family name',
      { family: 'Maaten', given: 'Laurens', 'non-dropping-particle': 'van der' },
      'van der Maaten, L.',
      'L. van der Maaten',
      'van der Maaten, Laurens.',
    ],
    [
      'an elided particle',
      { family: 'Alembert', given: 'Jean', 'non-dropping-particle': 'd’' },
      'd’Alembert, J.',
      'J. d’Alembert',
      'd’Alembert, Jean.',
    ],
    [
      'a particle of the given name',
      { family: 'Humboldt', given: 'Alexander', 'dropping-particle': 'von' },
      'Humboldt, A. von.',
      'A. von Humboldt',
      'Humboldt, Alexander von.',
    ],
    [
      'a dropping particle with an apostrophe',
      { family: 'Alembert', given: 'Jean', 'dropping-particle': "d'" },
      "Alembert, J. d'.",
      "J. d'Alembert",
      "Alembert, Jean d'.",
    ],
    [
      'a dropping particle of two words',
      { family: 'Rossi', given: 'Lia', 'dropping-particle': 'van der' },
      'Rossi, L. van der.',
      'L. van der Rossi',
      'Rossi, Lia van der.',
    ],
    [
      'a particle behind the given name',
      { family: 'Staël', given: 'Anne Louise Germaine de' },
      'Staël, A. L. G. de.',
      'A. L. G. de Staël',
      'Staël, Anne Louise Germaine de.',
    ],
    [
      'several particles behind the given name',
      { family: 'Berg', given: 'Jan op den' },
      'Berg, J. op den.',
      'J. op den Berg',
      'Berg, Jan op den.',
    ],
    [
      'an elided particle behind the given name',
      { family: 'Alembert', given: 'Jean d’' },
      'Alembert, J. d’.',
      'J. d’Alembert',
      'Alembert, Jean d’.',
    ],
    ['a lower-case given name', { family: 'hooks', given: 'bell' }, 'hooks, b.', 'b. hooks', 'hooks, bell.'],
    ['a given name like a particle', { family: 'Ray', given: 'de' }, 'Ray, d.', 'd. Ray', 'Ray, de.'],
    [
      'a lower-case syllable',
      { family: 'Han', given: 'Seung hyun' },
      'Han, S. h.',
      'S. h. Han',
      'Han, Seung hyun.',
    ],
    [
      'a suffix',
      { family: 'King', given: 'Martin Luther', suffix: 'Jr.' },
      'King, M. L., Jr.',
      'M. L. King Jr.',
      'King, Martin Luther, Jr.',
    ],
    ['only a family name', { family: 'Plato' }, 'Plato.', 'Plato', 'Plato.'],
    ['only a given name', { given: 'Plato' }, 'Plato.', 'Plato', 'Plato.'],
    [
      'a literal name',
      { literal: 'The LIGO Collaboration' },
      'The LIGO Collaboration.',
      'The LIGO Collaboration',
      'The LIGO Collaboration.',
    ],
  ])('a name with %s is cited by the rules of each style', (_, name, apa, ieee, chicago) => {
    expect(authorsOf([name], 'apa')).toBe(apa);
    expect(authorsOf([name], 'ieee')).toBe(ieee);
    expect(authorsOf([name], 'chicago')).toBe(chicago);
  });
});

describe('lists of authors', () => {
  test('a list is shortened above the limit of the style', () => {
    expect(authorsOf(many(20), 'apa')).toMatch(/Name19, A\., & Name20, A\.$/);
    expect(authorsOf(many(21), 'apa')).toMatch(/Name18, A\., Name19, A\., \. \. \. Name21, A\.$/);
    expect(authorsOf(many(6), 'ieee')).toMatch(/A\. Name5, and A\. Name6$/);
    expect(authorsOf(many(7), 'ieee')).toBe('A. Name1 et al.');
    expect(authorsOf(many(6), 'chicago')).toMatch(/Ann Name5, and Ann Name6\.$/);
    expect(authorsOf(many(7), 'chicago')).toBe('Name1, Ann, Ann Name2, Ann Name3, et al.');
  });

  test('a list whose source omits authors ends with "et al."', () => {
    expect(authorsOf([...many(2), OTHERS], 'apa')).toBe('Name1, A., Name2, A., et al.');
    expect(authorsOf([...many(20), OTHERS], 'apa')).toMatch(/Name19, A\., et al\.$/);
    expect(authorsOf([...many(1), OTHERS], 'ieee')).toBe('A. Name1 et al.');
    expect(authorsOf([...many(2), OTHERS], 'ieee')).toBe('A. Name1, A. Name2, et al.');
    expect(authorsOf([...many(2), OTHERS], 'chicago')).toBe('Name1, Ann, Ann Name2, et al.');
  });

  test('two organizations are not separated by a comma in Chicago style', () => {
    const bodies = [{ literal: 'First Society' }, { literal: 'Second Society' }];
    expect(authorsOf(bodies, 'chicago')).toBe('First Society and Second Society.');
  });

  test('a list without visible names is cited as no authors', () => {
    expect(cite([OTHERS], 'apa')).toBe('Work. (2000).');
    expect(cite([{}, { literal: ' \n' }], 'chicago')).toBe('Work. 2000.');
  });

  test('a list of 3,000 authors is shortened', () => {
    expect(authorsOf(many(3_000), 'ieee')).toBe('A. Name1 et al.');
    expect(authorsOf(many(3_000), 'apa')).toMatch(/\. \. \. Name3000, A\.$/);
  });
});
