import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  readDate,
  readDateParts,
  spellDate,
} from '../../src/modules/papers/metadata/reading/partial-date.ts';
import { readName } from '../../src/modules/papers/metadata/reading/read-name.ts';
import {
  plainLine,
  plainParagraphs,
  toLine,
} from '../../src/modules/papers/metadata/reading/registry-text.ts';

describe('unsplit names', () => {
  test.each([
    ['Ada Lovelace', { given: 'Ada', family: 'Lovelace' }],
    ['Geoffrey E. Hinton', { given: 'Geoffrey E.', family: 'Hinton' }],
    ['Laurens van der Maaten', { given: 'Laurens', family: 'van der Maaten' }],
    ['Leonardo da Vinci', { given: 'Leonardo', family: 'da Vinci' }],
    ['Luc Van Gool', { given: 'Luc', family: 'Van Gool' }],
    ['Fernando De la Torre', { given: 'Fernando', family: 'De la Torre' }],
    ['Van Morrison', { given: 'Van', family: 'Morrison' }],
    ['Di He', { given: 'Di', family: 'He' }],
    ['Martin Luther King, Jr.', { given: 'Martin Luther', family: 'King', suffix: 'Jr.' }],
    ['Jean-Pierre Serre', { given: 'Jean-Pierre', family: 'Serre' }],
    ['李 明', { given: '李', family: '明' }],
    ['Aristotle', { literal: 'Aristotle' }],
    ['The ATLAS Collaboration', { literal: 'The ATLAS Collaboration' }],
    ['Gemini Team', { literal: 'Gemini Team' }],
    ['et al.', { literal: 'others' }],
  ])('the name "%s" is split into its parts', (name, parts) => {
    expect(readName(name)).toEqual(parts);
  });

  test.each([':', '', '  ', '...'])('"%s" is not a name because it has no letter', (name) => {
    expect(readName(name)).toBeNull();
  });

  test('no word of a name is lost', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-zA-Z.]{1,8}$/), { minLength: 1, maxLength: 6 }),
        (words) => {
          const name = readName(words.join(' '));
          fc.pre(name !== null && name.literal !== 'others');
          const parts = [name?.given, name?.family, name?.suffix, name?.literal];
          expect(parts.filter((part) => part !== undefined).join(' ')).toBe(words.join(' '));
        },
      ),
    );
  });
});

describe('text with markup', () => {
  test('markup is removed and paragraphs are kept', () => {
    const jats =
      '<jats:sec><jats:title>Background</jats:title><jats:p>H<jats:sub>2</jats:sub>O &amp; p &lt; 0.05.</jats:p></jats:sec>';
    expect(plainParagraphs(jats, 100)).toBe('Background\n\nH2O & p < 0.05.');
    expect(plainParagraphs('Abstract\n\nWhat follows', 100)).toBe('What follows');
    expect(plainParagraphs('<p>  </p>', 100)).toBeUndefined();
  });

  test('text that only looks like markup is kept', () => {
    expect(plainLine('a < b and 3 <4, c > d', 100)).toBe('a < b and 3 <4, c > d');
    expect(plainLine('&unknown; &#x1F600; &#99999999; &amp;lt;', 100)).toBe('&unknown; 😀 &#99999999; &lt;');
    expect(plainLine('&toString; &constructor;', 100)).toBe('&toString; &constructor;');
  });

  test('text that is too long is cut, but never inside a surrogate pair', () => {
    expect(toLine('ab😀cd', 4)).toBe('ab…');
    expect(toLine('abcd', 4)).toBe('abcd');
  });

  test('any text becomes a line that fits the limit and that PostgreSQL can store', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const line = plainLine(text, 20) ?? '';
        expect(line.length).toBeLessThanOrEqual(20);
        expect(line.isWellFormed()).toBe(true);
        expect(line).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});

describe('dates', () => {
  test('a date is parsed up to its first invalid part', () => {
    expect(readDate('2022-01-28T12:49:48Z')).toEqual([2022, 1, 28]);
    expect(readDate('2022-01')).toEqual([2022, 1]);
    expect(readDate('2010/2012')).toEqual([2010]);
    expect(readDate('28 January 2022')).toBeUndefined();
    expect(readDateParts(['2017', 13, 5])).toEqual([2017]);
    expect(readDateParts([null])).toBeUndefined();
    expect(readDateParts([2017, 5, 1.5])).toEqual([2017, 5]);
  });

  test('a date is formatted with as many parts as it has', () => {
    expect([spellDate([2022]), spellDate([2022, 1]), spellDate([2022, 1, 2])]).toEqual([
      '2022',
      '2022-01',
      '2022-01-02',
    ]);
  });
});
