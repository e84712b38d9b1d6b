import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CslItem } from '../../../src/bibliography/csl/csl.ts';
import { cslItem, cslType, OTHERS } from '../../../src/bibliography/csl/csl.ts';
import { formatCitation, listBibliography, STYLES } from '../../../src/bibliography/format-citation.ts';
import { foldText } from '../../../src/bibliography/styles/join-parts.ts';

/** Words without stops and brackets, so that all of these in a line come from the style. */
const word = fc.constantFrom('a', 'Bé', '12', 'III', '李明', 'ليلى', '🙂', '-', '“q”', "d'", '<b>', '?', '!');
const space = fc.constantFrom(' ', '\n', '\u2028', '\t', '\u0000\u0085', '\u202e', '');
const text = fc
  .array(fc.tuple(space, word), { maxLength: 4 })
  .map((pairs) => pairs.flat().join('').replaceAll('\u0000', ''));

const name = fc.oneof(
  fc.constant(OTHERS),
  fc.record(
    {
      family: text,
      given: text,
      'dropping-particle': text,
      'non-dropping-particle': text,
      suffix: text,
      literal: text,
    },
    { requiredKeys: [] },
  ),
);
const date = fc.record(
  {
    'date-parts': fc.array(fc.array(fc.integer({ min: -9999, max: 9999 }), { minLength: 1, maxLength: 3 }), {
      minLength: 1,
      maxLength: 2,
    }),
    literal: text,
    circa: fc.boolean(),
  },
  { requiredKeys: [] },
);

const TEXTS = [
  'title',
  'container-title',
  'volume',
  'issue',
  'number',
  'page',
  'publisher',
  'publisher-place',
  'genre',
  'version',
  'edition',
  'event-title',
  'event-place',
  'archive_location',
  'DOI',
] as const;

const item = fc
  .record(
    {
      type: fc.constantFrom(...cslType.options),
      ...Object.fromEntries(TEXTS.map((field) => [field, text])),
      author: fc.array(name, { maxLength: 24 }),
      editor: fc.array(name, { maxLength: 8 }),
      issued: date,
      accessed: date,
      archive: fc.oneof(text, fc.constant('arXiv')),
      URL: fc.constant('https://a.example/b'),
    },
    { requiredKeys: ['type'] },
  )
  .map((fields): CslItem => cslItem.parse(fields));

const hold = (check: (line: string, item: CslItem) => void) =>
  fc.assert(
    fc.property(item, (any) => {
      for (const style of STYLES) check(formatCitation(any, style), any);
    }),
    { numRuns: 500 },
  );

describe('citations of arbitrary items', () => {
  test('a citation is one line without control characters', () => {
    hold((line) => expect(line).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+$/u));
  });

  test('a citation ends with punctuation or a URL', () => {
    hold((line) => expect(line).toMatch(/[.?!]["'’”]*$|https:\/\/\S+$/));
  });

  test('a citation has no doubled spaces or stops and no empty brackets', () => {
    hold((line) => {
      const ownStops = line.replaceAll(', . . . ', ', ');
      expect(ownStops).not.toMatch(/\.\.|\. \.|,,|, ,|\(\)|\[\]|“”| {2}|^\s|\s$| [,.:;]|\( | \)|[(:,] *\)/);
      expect(line).not.toMatch(/undefined|null|NaN|\[object/);
    });
  });

  test('a citation contains the title', () => {
    // A style may change the quotation marks of a title and move punctuation inside them.
    const lettersOf = (text: string) => text.replaceAll(/[“”‘’,.]/g, '');
    hold((line, { title = '' }) => expect(lettersOf(line)).toContain(lettersOf(foldText(title))));
  });

  test('a bibliography contains the citation of each item', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 5 }), fc.constantFrom(...STYLES), (items, style) => {
        const lines = [...listBibliography(items, style)];
        const bare = lines.map((line, index) => line.replace(`[${index + 1}] `, ''));
        const expected = items.map((one) => formatCitation(one, style));
        expect(bare.toSorted()).toEqual(expected.toSorted());
      }),
    );
  });
});
