import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CslItem, OTHERS } from '../../src/bibliography/csl/csl.ts';
import { writeRecords } from '../../src/bibliography/write-records.ts';
import { itemFor } from './hostile-items.ts';
import { readItems } from './read-file.ts';
import { readIndependently } from './read-independently.ts';

const PAPER: CslItem = {
  type: 'article',
  id: 'li2022',
  title: 'BLIP: training, 100% of {it} & GPT-4 in iPhones_',
  author: [
    { family: 'Müller', given: 'José', ORCID: '0000-0002-1825-0097' },
    { family: 'Berg', given: 'Jan', 'non-dropping-particle': 'van der' },
    { family: 'King', given: 'Martin Luther', suffix: 'Jr.' },
    { literal: 'Barnes and Noble, Inc.' },
    OTHERS,
  ],
  abstract: 'First.\n\nSecond.',
  issued: { 'date-parts': [[2022, 1, 28]] },
  archive: 'arXiv',
  archive_location: '2201.12086v2',
  page: '12-20',
  keyword: 'vision, language',
  DOI: '10.48550/arXiv.2201.12086',
  URL: 'https://example.org/a_b%20c',
  custom: {
    licence: 'CC-BY-4.0',
    identifiers: ['https://openreview.net/forum?id=a_b', 'https://www.semanticscholar.org/paper/0123'],
    links: [
      { label: 'Code', url: 'https://example.org/code', rel: 'code' },
      { label: 'Demo', url: 'https://example.org/demo', rel: 'demo' },
    ],
  },
};

test('BibTeX is written in UTF-8 with protected capitals and only special characters escaped', () => {
  expect(writeRecords([PAPER], 'bibtex')).toBe(`@misc{li2022,
  title = {{BLIP}: training, 100\\% of {\\textbraceleft}it{\\textbraceright} \\& {GPT-4} in {iPhones\\_}},
  author = {Müller, José and van der Berg, Jan and King, Jr., Martin Luther and {Barnes and Noble, Inc.} and others},
  author+an:orcid = {1="0000-0002-1825-0097"},
  year = {2022},
  month = jan,
  day = {28},
  pages = {12--20},
  doi = {10.48550/arXiv.2201.12086},
  eprint = {2201.12086v2},
  archiveprefix = {arXiv},
  url = {https://example.org/a_b%20c},
  keywords = {vision, language},
  abstract = {First.{\\par}Second.},
  copyright = {CC-BY-4.0},
  code = {https://example.org/code},
  demo = {https://example.org/demo},
  openreview = {https://openreview.net/forum?id=a_b},
  semanticscholar = {https://www.semanticscholar.org/paper/0123},
}
`);
});

test('RIS has a line for each author and keyword, and notes for fields without a tag', () => {
  expect(writeRecords([PAPER], 'ris').split('\r\n')).toEqual([
    'TY  - UNPB',
    'ID  - li2022',
    'AU  - Müller, José',
    'AU  - van der Berg, Jan',
    'AU  - King, Martin Luther, Jr.',
    'AU  - Barnes and Noble,, Inc.',
    'AU  - et al.',
    'TI  - BLIP: training, 100% of {it} & GPT-4 in iPhones_',
    'PY  - 2022',
    'DA  - 2022/01/28/',
    'SP  - 12',
    'EP  - 20',
    'DO  - 10.48550/arXiv.2201.12086',
    'DB  - arXiv',
    'AV  - 2201.12086v2',
    'UR  - https://example.org/a_b%20c',
    'KW  - vision',
    'KW  - language',
    'AB  - First.',
    ' ',
    ' Second.',
    'N1  - Licence: CC-BY-4.0',
    'N1  - Code: https://example.org/code',
    'N1  - Demo: https://example.org/demo',
    'N1  - Identifier: https://openreview.net/forum?id=a_b',
    'N1  - Identifier: https://www.semanticscholar.org/paper/0123',
    'ER  - ',
    '',
  ]);
});

test('CSL-JSON keeps all fields, including custom ones', () => {
  const item: CslItem = {
    ...PAPER,
    custom: {
      ...PAPER.custom,
      results: [{ benchmark: 'COCO', metric: 'CIDEr', value: 136.7, unit: null }],
      anything: { else: [1] },
    },
  };

  expect(readItems(writeRecords([item], 'csl-json'), 'csl-json')).toEqual([item]);
});

test('particles that BibTeX would not recognize become a part of the family name', () => {
  const author = [
    { family: 'Alembert', given: 'Jean', 'non-dropping-particle': 'd’' },
    { family: 'Gaulle', given: 'Charles', 'non-dropping-particle': 'De' },
    { family: 'de facto', given: 'X' },
  ];

  expect(readItems(writeRecords([{ type: 'book', author }], 'bibtex'), 'bibtex')[0]?.author).toEqual([
    { family: 'd’Alembert', given: 'Jean' },
    { family: 'De Gaulle', given: 'Charles' },
    { family: 'de facto', given: 'X' },
  ]);
});

describe('citation keys', () => {
  test('keys are built from family name, year and title word in ASCII and are unique', () => {
    const item: CslItem = {
      type: 'book',
      title: 'On the Über-Thing',
      author: [{ family: 'Gödel', given: 'Kurt' }],
      issued: { 'date-parts': [[1931]] },
    };
    const items = [
      item,
      item,
      { ...item, id: 'GODEL1931uberthing' },
      { ...item, 'citation-key': 'a b,{c}' },
      { type: 'book' as const },
    ];
    const keys = [...writeRecords(items, 'bibtex').matchAll(/^@\w+\{(.*),$/gm)].map(([, key]) => key);

    expect(keys).toEqual(['godel1931uberthing', 'godel1931uberthinga', 'GODEL1931uberthingb', 'abc', 'work']);
  });

  test('100 equal works get different keys, with two letters after z', () => {
    const items = Array.from({ length: 100 }, (): CslItem => ({ type: 'book', 'citation-key': 'k' }));
    const keys = new Set(
      [...writeRecords(items, 'bibtex').matchAll(/^@\w+\{(.*),$/gm)].map(([, key]) => key),
    );

    expect(keys.size).toBe(100);
    expect(keys).toContain('kaa');
  });
});

describe('compatibility with other programs', () => {
  test.each(['bibtex', 'ris'] as const)('Citation.js reads the same item from %s', (format) => {
    const [read] = readIndependently(writeRecords([PAPER], format), format);

    expect(read).toMatchObject({
      DOI: PAPER.DOI,
      issued: { 'date-parts': [[2022, 1, 28]] },
    });
    expect(read?.title?.replace(/<[^>]*>/g, '')).toBe(PAPER.title);
    expect(read?.author?.slice(0, 1)).toEqual([{ family: 'Müller', given: 'José' }]);
  });

  test('Citation.js reads the same title from BibTeX, whatever its characters', () => {
    const titles = itemFor('bibtex').filter(
      ({ title }) => title !== undefined && !/\$|<\/?[a-z]|&[#a-z\d]+;/.test(title),
    );
    fc.assert(
      fc.property(titles, ({ title = '' }) => {
        // The item has no other fields, because Citation.js fails on mathematics in any field.
        const [read] = readIndependently(writeRecords([{ type: 'book', title }], 'bibtex'), 'bibtex');

        expect(toWords(read?.title ?? '')).toBe(toWords(title));
      }),
      { numRuns: 100 },
    );
  });

  test('braces in BibTeX are balanced, including those after a backslash', () => {
    fc.assert(
      fc.property(itemFor('bibtex'), (item) => {
        const braces = writeRecords([item], 'bibtex').match(/[{}]/g) ?? [];
        let depth = 0;
        const depths = braces.map((brace) => {
          depth += brace === '{' ? 1 : -1;
          return depth;
        });

        expect(depths.indexOf(0)).toBe(depths.length - 1);
      }),
      { numRuns: 100 },
    );
  });
});

function toWords(title: string): string {
  return title
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

test('a particle within a family name is written before the name in BibTeX', () => {
  const author = [{ family: 'van der Maaten', given: 'Laurens' }];
  const text = writeRecords([{ type: 'book', author }], 'bibtex');

  expect(text).toContain('author = {van der Maaten, Laurens}');
  expect(readItems(text, 'bibtex')[0]?.author).toEqual([
    { family: 'Maaten', given: 'Laurens', 'non-dropping-particle': 'van der' },
  ]);
});

test('a dropping particle is written behind the given name', () => {
  const author = [{ family: 'Alembert', given: 'Jean', 'dropping-particle': 'd’' }];

  for (const format of ['bibtex', 'ris'] as const)
    expect(writeRecords([{ type: 'book', author }], format)).toContain('Alembert, Jean d’');
});

test('two equal BibTeX keys of the maximum length are made unique and read back', () => {
  const item: CslItem = { type: 'book', 'citation-key': 'k'.repeat(300) };
  const keys = readItems(writeRecords([item, item], 'bibtex'), 'bibtex').map((each) => each['citation-key']);

  expect(keys).toEqual(['k'.repeat(300), `${'k'.repeat(290)}a`]);
});
