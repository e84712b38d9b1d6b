import { describe, expect, test } from 'vitest';
import type { CslItem } from '../../src/bibliography/csl/csl.ts';
import { formatCitation } from '../../src/bibliography/format-citation.ts';
import type { Format } from '../../src/bibliography/formats.ts';
import { writeRecords } from '../../src/bibliography/write-records.ts';
import { readItems } from './read-file.ts';

const INPUTS: Record<Format, (pages: string, last?: string) => string> = {
  bibtex: (pages) => `@article{k, title = {T}, journal = {J}, volume = 4, year = 2020, pages = {${pages}}}`,
  ris: (pages, last) =>
    `TY  - JOUR\nTI  - T\nJO  - J\nVL  - 4\nPY  - 2020\nSP  - ${pages}\n${last ? `EP  - ${last}\n` : ''}ER  - \n`,
  'csl-json': (page) =>
    JSON.stringify({ type: 'article-journal', title: 'T', 'container-title': 'J', volume: '4', page }),
};

function readOne(text: string, format: Format): CslItem {
  const [item] = readItems(text, format);
  if (item === undefined) throw new Error('There is no record.');
  return item;
}

/** The pages in each format and style. */
function outline(item: CslItem) {
  const ris = writeRecords([item], 'ris');
  return {
    bibtex: /pages = \{(.*)\}/.exec(writeRecords([item], 'bibtex'))?.[1],
    ris: [...ris.matchAll(/^(?:SP|EP) {2}- (.*)\r$/gm)].map(([, page]) => page),
    apa: /J, 4, (.*)\.$/.exec(formatCitation({ ...item, issued: { 'date-parts': [[2020]] } }, 'apa'))?.[1],
  };
}

describe('page ranges', () => {
  test.each<[Format, string, string?]>([
    ['bibtex', '2-1--2-18'],
    ['bibtex', '2-1 -- 2-18'],
    ['bibtex', '2-1---2-18'],
    ['bibtex', '2-1–2-18'],
    ['bibtex', '2-1-2-18'],
    ['ris', '2-1', '2-18'],
    ['ris', '2-1–2-18'],
    ['ris', '2-1 - 2-18'],
    ['csl-json', '2-1–2-18'],
    ['csl-json', '2-1--2-18'],
    ['csl-json', '2‑1–2‑18'],
  ])('pages with hyphens in %s stay apart: %s %s', (format, pages, last) => {
    const item = readOne(INPUTS[format](pages, last), format);
    const shown = JSON.parse(JSON.stringify(outline(item)).replaceAll('‑', '-'));

    expect(shown).toEqual({ bibtex: '2-1--2-18', ris: ['2-1', '2-18'], apa: '2-1–2-18' });
  });

  test.each([
    ['D4-7--D4-11', ['D4-7', 'D4-11'], 'D4-7–D4-11'],
    ['1-9--1-24', ['1-9', '1-24'], '1-9–1-24'],
    ['012345-1--012345-8', ['012345-1', '012345-8'], '012345-1–012345-8'],
    ['A-1--B-2', ['A-1', 'B-2'], 'A-1–B-2'],
    ['S3--9', ['S3', '9'], 'S3–9'],
    ['1203a--c', ['1203a', 'c'], '1203a–c'],
    ['1,234--1,240', ['1,234', '1,240'], '1,234–1,240'],
    ['12--15', ['12', '15'], '12–15'],
    ['e3--e9', ['e3', 'e9'], 'e3–e9'],
    ['iv--xii', ['iv', 'xii'], 'iv–xii'],
    ['2.1--2.8', ['2.1', '2.8'], '2.1–2.8'],
    ['1:1--1:20', ['1:1', '1:20'], '1:1–1:20'],
    ['436--44', ['436', '44'], '436–44'],
  ])('the range %s has two ends in every format and style', (bibtex, ris, apa) => {
    expect(outline(readOne(INPUTS.bibtex(bibtex), 'bibtex'))).toEqual({ bibtex, ris, apa });
  });

  test.each(['12-15', 'e3-e9', 'iv-xii', '2.1-2.8', 'S3-S9', 'xi-15', 'XII-XV', '7–12', '12a-15b'])(
    'one hyphen or dash between plain numbers is a range: %s',
    (page) => {
      const [start = '', end = ''] = page.split(/[-–]/);

      for (const format of ['bibtex', 'ris', 'csl-json'] as const)
        expect(outline(readOne(INPUTS[format](page), format))).toEqual({
          bibtex: `${start}--${end}`,
          ris: [start, end],
          apa: `${start}–${end}`,
        });
    },
  );

  test.each(['2-1', 'A-12', 'D4-7', 'C-3', '104723-1', 'e12', '2020-01-02'])(
    'one page with a hyphen is no range: %s',
    (page) => {
      for (const format of ['bibtex', 'ris', 'csl-json'] as const)
        expect(outline(readOne(INPUTS[format](page), format))).toEqual({
          bibtex: page,
          ris: [page],
          apa: page,
        });
    },
  );

  test.each([
    '2-1--2-18',
    '1--8, 12--15',
    '1-2--1-3, 12--15',
    '12--',
    'A-12',
    '1,234--1,240',
    '15--12',
    '1--3--5',
    '12,15',
    '1--8,12--15',
  ])('the pages %s are unchanged after writing and reading', (pages) => {
    const item = readOne(INPUTS.bibtex(pages), 'bibtex');

    for (const format of ['bibtex', 'ris'] as const)
      expect(readOne(writeRecords([item], format), format).page).toBe(item.page);
    expect(outline(item).bibtex).toBe(pages);
  });

  test('a range is labelled as pages, and Chicago does not shorten a part of a page number', () => {
    const chapter: CslItem = { type: 'paper-conference', title: 'T', 'container-title': 'C' };

    expect(formatCitation({ ...chapter, page: '2-1–2-18' }, 'apa')).toContain('(pp. 2-1–2-18)');
    expect(formatCitation({ ...chapter, page: '2-1–2-18' }, 'ieee')).toContain('pp. 2-1–2-18');
    expect(formatCitation({ ...chapter, page: '2-1–2-18' }, 'chicago')).toContain('2-1–2-18');
    expect(formatCitation({ ...chapter, page: '1-101–1-118' }, 'chicago')).toContain('1-101–1-118');
    expect(formatCitation({ ...chapter, page: '471-485' }, 'chicago')).toContain('471–85');
    expect(formatCitation({ ...chapter, page: 'A-12' }, 'apa')).toContain('(p. A-12)');
  });
});
