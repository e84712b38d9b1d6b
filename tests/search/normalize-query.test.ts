import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { normalizeQuery } from '../../src/modules/search/query/normalize-query.ts';
import { useMasthead } from '../support/app.ts';
import { makeLetter } from './searching.ts';

const masthead = useMasthead();
let letter: Awaited<ReturnType<typeof makeLetter>>;

beforeAll(async () => {
  letter = await makeLetter(masthead);
  await letter.publish({
    items: [
      { title: 'Joined', body: 'Self-supervised ImageNet-1K by O’Neill' },
      { title: 'Apart', body: 'A self supervised vision transformer' },
    ],
  });
});

test.each([
  ['self-superv', 'self superv'],
  ["o'nei", 'o nei'],
  ['-self-supervised', '-"self supervised"'],
  ['vision -video', 'vision -video'],
  ['“a phrase”', '"a phrase"'],
  ['vision "transf', 'vision  transf'],
  ['title\n-----\nx', 'title\n-\nx'],
  ['- - - -', ''],
  ['ImageNet-', 'ImageNet'],
  ['C++-style', 'C++ style'],
  ['GPT-4 -GPT-4o', 'GPT 4 -"GPT 4o"'],
  ['x -5', 'x -5'],
  ['"x -5"', '"x  5"'],
  ['(-5) +49', '( 5)  49'],
  ['C++17', 'C++17'],
])('the query %j is normalized to %j', (q, straight) => {
  expect(normalizeQuery(q)).toBe(straight);
});

describe('searches for joined words', () => {
  test.each([
    ['self-s', ['Apart', 'Joined']],
    ['self-supervised', ['Apart', 'Joined']],
    ['vision-transf', ['Apart']],
    ['ImageNet-', ['Joined']],
    ['ImageNet-1K', ['Joined']],
    ["o'nei", ['Joined']],
    ['"self superv', ['Apart', 'Joined']],
    ['self -vision-transformer', ['Joined']],
  ])('the search for %j finds the matching items', async (q, titles) => {
    expect((await letter.find(q)).toSorted()).toEqual(titles);
  });
});

test('a search with any mix of punctuation is answered', async () => {
  const marks = [
    '-',
    '- ',
    ' -',
    '"',
    ' ',
    'or ',
    '-"',
    'self',
    'vision-',
    '(',
    ')',
    '&',
    '|',
    '!',
    ':*',
    '<->',
    '\\',
    "'",
    'é',
    'Sëlf',
    '+',
    '#',
    '-1',
    'ƻƾ',
    '\u0301',
  ];
  const hostile = [
    '-'.repeat(200),
    '- '.repeat(100),
    ' -'.repeat(100),
    '-a '.repeat(60),
    'or '.repeat(60),
    '-"'.repeat(100),
    'é'.repeat(200),
    'é or '.repeat(40),
    '-é "à -1" '.repeat(20),
    'C++ '.repeat(50),
    'b2 '.repeat(66),
    'b2é '.repeat(50),
    'a1'.repeat(100),
    '-b2 "3d" or '.repeat(16),
    '+#'.repeat(100),
    `é${'\u0301'.repeat(199)}`,
  ];
  const queries = fc
    .array(fc.constantFrom(...marks), { minLength: 1, maxLength: 60 })
    .map((all) => all.join(''));
  await fc.assert(
    fc.asyncProperty(
      queries.filter((q) => q.trim() !== '' && q.length <= 200),
      async (q) => {
        expect((await letter.search(q)).status, q).toBe(200);
      },
    ),
    { numRuns: 250, examples: hostile.map((q) => [q.trim()]) },
  );
});
