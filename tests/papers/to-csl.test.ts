import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { cslItem } from '../../src/bibliography/csl/csl.ts';
import { paperFromCsl } from '../../src/modules/papers/csl/from-csl.ts';
import { type CitedPaper, paperToCsl } from '../../src/modules/papers/csl/to-csl.ts';
import { addressOf, parseIdentifier } from '../../src/modules/papers/identifiers/identifier.ts';

const bare: CitedPaper = {
  title: 'A title',
  ...{ authors: [], links: [] },
  ...{ year: null, venue: null, abstract: null, arxivId: null, doi: null },
};

function withIdentifiers(...spelled: string[]): CitedPaper {
  const identifiers = spelled.flatMap((one) => parseIdentifier(one) ?? []);
  return { ...bare, identifiers };
}

function cite(paper: Partial<CitedPaper>) {
  const item = paperToCsl({ ...bare, ...paper });
  expect(cslItem.parse(item)).toEqual(item);
  return item;
}

test('a paper with only a title becomes an item with a type and a title', () => {
  expect(cite({})).toEqual({ type: 'article', title: 'A title' });
});

describe('authors', () => {
  test.each([
    [
      'a name of several words',
      { name: 'Laurens van der Maaten' },
      { family: 'van der Maaten', given: 'Laurens' },
    ],
    ['a name of one word', { name: 'Plato' }, { family: 'Plato' }],
    ['explicit name parts', { name: '李明', family: '李', given: '明' }, { family: '李', given: '明' }],
    ['a suffix', { name: 'Martin King, Jr.' }, { family: 'King', given: 'Martin', suffix: 'Jr.' }],
    [
      'isOrganization',
      { name: 'Van Gogh Museum', isOrganization: true as const },
      { literal: 'Van Gogh Museum' },
    ],
    [
      'an ORCID',
      { name: 'Josiah Carberry', orcid: '0000-0002-1825-0097' },
      { family: 'Carberry', given: 'Josiah', ORCID: '0000-0002-1825-0097' },
    ],
  ])('an author with %s becomes the matching CSL name', (_what, author, expected) => {
    expect(cite({ authors: [author] }).author).toEqual([expected]);
  });

  test('an incomplete list of authors ends with "others"', () => {
    expect(cite({ authors: [{ name: 'Plato' }], hasMoreAuthors: true }).author).toEqual([
      { family: 'Plato' },
      { literal: 'others' },
    ]);
  });
});

describe('dates', () => {
  const issued = { 'date-parts': [[2022, 7, 17]] };
  test.each([
    ['the year', { year: 2022 }, { 'date-parts': [[2022]] }],
    ['the full date when it is in the year of the paper', { year: 2022, csl: { issued } }, issued],
    [
      'the year when the full date is in another year',
      { year: 2021, csl: { issued } },
      { 'date-parts': [[2021]] },
    ],
    ['the full date when the paper has no year', { csl: { issued } }, issued],
  ])('the issued date is %s', (_what, paper, expected) => {
    expect(cite(paper).issued).toEqual(expected);
  });
});

describe('types', () => {
  test.each([
    [
      'the stored CSL type',
      { venue: 'ICML', csl: { type: 'paper-conference' as const } },
      'paper-conference',
    ],
    ['article-journal when there is a venue', { venue: 'Mind' }, 'article-journal'],
    ['article when the venue is arXiv', { venue: 'arXiv' }, 'article'],
    ['article when there is no venue', { arxivId: '2201.12086' }, 'article'],
  ])('the type is %s', (_what, paper, expected) => {
    expect(cite(paper).type).toBe(expected);
  });
});

describe('identifiers', () => {
  test('the item has the DOI of the publisher, the arXiv id with its version and all other ids', () => {
    const item = cite(
      withIdentifiers(
        'https://openreview.net/forum?id=abcdEFGH12',
        'arXiv:2201.12086v2',
        '10.1000/2',
        '10.1000/1',
      ),
    );
    expect(item).toMatchObject({
      ...{ DOI: '10.1000/2', archive: 'arXiv', archive_location: '2201.12086v2' },
      URL: 'https://openreview.net/forum?id=abcdEFGH12',
      custom: { identifiers: ['openreview:abcdEFGH12', 'doi:10.1000/1'] },
    });
  });

  test('the DOI is that of arXiv when there is no other', () => {
    expect(cite(withIdentifiers('2201.12086v2'))).toEqual({
      type: 'article',
      title: 'A title',
      DOI: '10.48550/arxiv.2201.12086',
      archive: 'arXiv',
      archive_location: '2201.12086v2',
      URL: 'https://arxiv.org/abs/2201.12086v2',
    });
  });

  test('the archive variables of another archive are kept', () => {
    const csl = { archive: 'A library', archive_location: 'Box 7' };
    expect(cite({ ...withIdentifiers('2201.12086v2'), csl })).toMatchObject({
      ...csl,
      custom: { identifiers: ['arxiv:2201.12086v2'] },
    });
  });

  test('arxivId and doi are used when a paper has no list of identifiers', () => {
    expect(cite({ arxivId: '2201.12086', doi: '10.1000/1' })).toMatchObject({
      ...{ DOI: '10.1000/1', archive: 'arXiv', archive_location: '2201.12086' },
      URL: 'https://arxiv.org/abs/2201.12086',
    });
    expect(cite({ arxivId: '2201.12086', doi: '10.48550/arxiv.2201.12086' }).custom).toBeUndefined();
  });

  test('all identifiers can be parsed from the item', () => {
    const spelled = [
      'cs/0112017v3',
      '10.1000/a<b>#c',
      '10.1000/x',
      'corpusid:12',
      'https://example.org/a?b=c',
    ];
    const paper = withIdentifiers(...spelled);
    const { DOI, archive_location: place, custom } = cite(paper);
    const others = z.array(z.string()).parse(custom?.identifiers);
    const texts = [`arxiv:${place}`, `doi:${DOI}`, ...others];
    const found = texts.flatMap((text) => parseIdentifier(text) ?? []);
    expect(found.map(addressOf).toSorted()).toEqual(paper.identifiers?.map(addressOf).toSorted());
  });
});

test.each([
  [
    'the page that a link leads to',
    ['10.1000/1'],
    [
      ['PDF', 'https://example.org/1.pdf'],
      ['Page', 'https://example.org/1'],
    ],
    'https://example.org/1',
  ],
  [
    'the page of its identifier, not a PDF',
    ['10.1000/1'],
    [['PDF', 'https://example.org/pdf']],
    'https://doi.org/10.1000/1',
  ],
  ['the PDF if no page is known', [], [['Paper', 'https://example.org/1.pdf']], 'https://example.org/1.pdf'],
] as const)('the URL is %s', (_what, identifiers, papers, url) => {
  const links = [
    { label: 'Code', url: 'https://example.org/code', rel: 'code' },
    ...papers.map(([label, address]) => ({ label, url: address, rel: 'paper' })),
  ];
  expect(cite({ ...withIdentifiers(...identifiers), links })).toMatchObject({ URL: url, custom: { links } });
});

test('licence, results and statuses are written to the custom variable', () => {
  const custom = {
    licence: 'CC-BY-4.0',
    results: [{ benchmark: 'COCO', metric: 'CIDEr', value: 1.5, unit: null }],
    statuses: [{ status: 'retracted', date: '2024', note: null, url: null }],
  };
  expect(cite(custom)).toEqual({ type: 'article', title: 'A title', custom });
});

test('a name of a family name and a suffix keeps both', () => {
  const author = [{ family: 'Li', suffix: 'PhD' }];

  expect(paperFromCsl({ type: 'book', title: 'T', author }).input.authors).toEqual(author);
});
