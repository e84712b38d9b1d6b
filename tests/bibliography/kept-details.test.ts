import { describe, expect, test } from 'vitest';
import type { CslItem } from '../../src/bibliography/csl/csl.ts';
import { writeRecords } from '../../src/bibliography/write-records.ts';
import { read, readItems } from './read-file.ts';

/** Reads an entry, writes it, and reads what was written. */
function rewrite(text: string): { item: CslItem | undefined; written: string; again: CslItem | undefined } {
  const [item] = readItems(text, 'bibtex');
  const written = item === undefined ? '' : writeRecords([item], 'bibtex');
  return { item, written, again: readItems(written, 'bibtex')[0] };
}

describe('case protection', () => {
  test.each([
    ['The {Turing} Test in {Go}', 'The {Turing} Test in {Go}'],
    ['{Go} and go', '{Go} and go'],
    ['{Turing}’s {B}ayesian {M}ethods', '{Turing}’s {Bayesian} {Methods}'],
    ['A {Markov Chain} for {GPT-4}', 'A {Markov Chain} for {GPT-4}'],
    ['{The Whole Title}', '{The Whole Title}'],
    ['{A {Nested} Title}', '{A Nested Title}'],
    ['Learning in {Schr\\"odinger} Bridges', 'Learning in {Schrödinger} Bridges'],
    ['On {\\"U}bungen and \\emph{Go}', 'On Übungen and Go'],
    ['{\\it Drosophila} and {\\bf {Go}}', 'Drosophila and Go'],
    ['The {$O(N)$} case of {lower} words', 'The {O(N)} case of lower words'],
    ['R\\&{D}, \\_{Go} and 5\\%{Go}', '{R\\&D}, \\_{Go} and 5\\%{Go}'],
    ['{Go}$\\frac{1}{2}$ic', '{Go}{{$\\frac{1}{2}$}}ic'],
    ['Unbalanced \\{ {Turing}', 'Unbalanced {\\textbraceleft} {Turing}'],
  ])('the words in braces of %s keep their braces', (title, expected) => {
    const { written, item, again } = rewrite(`@misc{k, title = {${title}}}`);

    expect(written).toContain(`title = {${expected}},`);
    expect(again).toEqual(item);
  });

  test('a title with HTML that is wholly in braces stays in braces', () => {
    const { item, written } = rewrite(
      '@misc{k, title = {{The role of {\\textless}i{\\textgreater}E. coli{\\textless}/i{\\textgreater} {\\&}amp; others}}}',
    );

    expect(item?.title).toBe('The role of E. coli & others');
    expect(written).toContain('title = {{The role of E. coli \\& others}}');
  });

  test('a title is stored without braces, and words that get braces anyway are not listed', () => {
    expect(readItems('@misc{k, title = {{GPT-4} plays {Go}}}', 'bibtex')[0]).toMatchObject({
      title: 'GPT-4 plays Go',
      custom: { bibtex: { protectedWords: ['Go'] } },
    });
    expect(readItems('@misc{k, title = {{GPT-4} and {BERT}}}', 'bibtex')[0]).not.toHaveProperty('custom');
  });

  test('a word that the title no longer has changes nothing', () => {
    const custom = { bibtex: { protectedWords: ['Turing', 'Go'] } };
    const text = writeRecords([{ type: 'book', title: 'Gophers go to Go.', custom }], 'bibtex');

    expect(text).toContain('title = {Gophers go to {Go}.}');
  });
});

describe('entry types', () => {
  test.each([
    'proceedings',
    'collection',
    'inbook',
    'manual',
    'booklet',
    'mvbook',
    'unpublished',
    'reference',
  ])('an entry of the type @%s is exported as it came', (type) => {
    const { written, item, again } = rewrite(
      `@${type}{k, title = {T}, editor = {Moss, Ada}, booktitle = {B}}`,
    );

    expect(written).toMatch(new RegExp(`^@${type}\\{k,`));
    expect(again).toEqual(item);
  });

  test.each(['article', 'inproceedings', 'book', 'misc', 'online', 'software'])(
    'an entry of the type @%s needs no details',
    (type) => {
      expect(readItems(`@${type}{k, title = {T}}`, 'bibtex')[0]).not.toHaveProperty('custom');
    },
  );

  test('the CSL type decides if somebody has changed it', () => {
    const custom = { bibtex: { entryType: 'proceedings' } };

    expect(writeRecords([{ type: 'dataset', custom }], 'bibtex')).toMatch(/^@dataset\{/);
  });
});

describe('languages', () => {
  test.each([
    ['langid = {english}', 'en'],
    ['langid = {american}', 'en-US'],
    ['langid = {ngerman}', 'de'],
    ['langid = {brazilian}', 'pt-BR'],
    ['language = {English}', 'en'],
    ['language = {eng}', 'en'],
    ['language = {ger}', 'de'],
    ['language = {en-GB}, langid = {british}', 'en-GB'],
    ['language = {ja}', 'ja'],
    ['language = {Old Norse}', 'Old Norse'],
  ])('the language of %s is %s', (fields, language) => {
    expect(read(`@misc{k, title = {T}, ${fields}}`, 'bibtex')).toMatchObject([
      { item: { language }, ignored: [] },
    ]);
  });

  test('a langid that contradicts the language is reported', () => {
    expect(read('@misc{k, language = {fr}, langid = {english}}', 'bibtex')).toMatchObject([
      { item: { language: 'fr' }, ignored: ['langid'] },
    ]);
  });

  test('the language of a RIS record is a tag', () => {
    expect(readItems('TY  - JOUR\nLA  - eng\nER  - \n', 'ris')[0]).toMatchObject({ language: 'en' });
  });
});

describe('identifiers', () => {
  test.each([
    ['openreview', 'openreview:abcdEFGH12', 'abcdEFGH12'],
    ['openreview', 'abcdEFGH12', 'abcdEFGH12'],
    ['semanticscholar', 'semanticscholar:CorpusID:12', 'CorpusID:12'],
    [
      'openreview',
      'https://openreview.net/forum?id=abcdEFGH12',
      'https://openreview.net/forum?id=abcdEFGH12',
    ],
  ])('%s = {%s} is exported without the scheme', (field, value, written) => {
    const entry = rewrite(`@misc{k, title = {T}, ${field} = {${value}}}`);
    const scheme = written.includes('//') ? '' : `${field}:`;

    expect(entry.item?.custom).toEqual({ identifiers: [`${scheme}${written}`] });
    expect(entry.written).toContain(`${field} = {${written}},`);
    expect(entry.again).toEqual(entry.item);
  });

  test.each(['primaryclass', 'eprintclass'])('the %s of an eprint is kept', (field) => {
    const { item, written, again } = rewrite(
      `@misc{k, title = {T}, eprint = {2201.12086}, archiveprefix = {arXiv}, ${field} = {cs.CV}}`,
    );

    expect(written).toContain('primaryclass = {cs.CV},');
    expect(again).toEqual(item);
  });
});

describe('titles', () => {
  test.each([
    [{ title: ['Deep learning'], subtitle: ['A survey'] }, 'Deep learning: A survey'],
    [{ title: 'Deep learning', subtitle: 'A survey' }, 'Deep learning: A survey'],
    [{ title: 'Can machines think?', subtitle: ['A survey'] }, 'Can machines think? A survey'],
    [{ title: 'Deep learning: a survey', subtitle: ['A Survey'] }, 'Deep learning: a survey'],
    [{ title: 'Deep learning', subtitle: [] }, 'Deep learning'],
  ])('the subtitle of %j joins the title', (fields, title) => {
    expect(read(JSON.stringify({ type: 'book', ...fields }), 'csl-json')).toEqual([
      { line: 1, key: null, item: { type: 'book', title }, ignored: [] },
    ]);
  });
});

describe('PubMed', () => {
  const text = [
    'TY  - JOUR',
    'TI  - T',
    'AN  - 34265844',
    'DB  - PubMed',
    'C2  - PMC8371605',
    'UR  - https://pubmed.ncbi.nlm.nih.gov/34265844/',
    'UR  - https://www.ncbi.nlm.nih.gov/pmc/articles/PMC8371605/',
    'ER  - ',
  ].join('\n');

  test('the PMCID and all addresses are kept, and unchanged after writing and reading', () => {
    const [record] = read(text, 'ris');

    expect(record).toMatchObject({
      item: {
        PMID: '34265844',
        PMCID: 'PMC8371605',
        URL: 'https://pubmed.ncbi.nlm.nih.gov/34265844/',
        custom: {
          links: [
            {
              label: 'ncbi.nlm.nih.gov',
              url: 'https://www.ncbi.nlm.nih.gov/pmc/articles/PMC8371605/',
              rel: 'other',
            },
          ],
        },
      },
      ignored: [],
    });
    const [item] = readItems(text, 'ris');
    expect(readItems(writeRecords(item === undefined ? [] : [item], 'ris'), 'ris')).toEqual([item]);
  });

  test('another value in C2 is reported as ignored', () => {
    expect(read('TY  - JOUR\nTI  - T\nC2  - Box 7\nER  - \n', 'ris')).toMatchObject([{ ignored: ['C2'] }]);
  });
});

describe('numbers that RIS has no place for', () => {
  test.each([
    [{ type: 'thesis', 'number-of-pages': 'xii+230' }],
    [{ type: 'book', 'number-of-pages': '350', page: '12-14' }],
    [{ type: 'paper-conference', 'number-of-pages': '11', page: '6000-6010' }],
    [{ type: 'article-journal', 'number-of-pages': '27' }],
    [{ type: 'book', 'number-of-pages': '350' }],
    [{ type: 'article-journal', ISSN: '0021-9258 (Print) 1083-351X (Linking)' }],
    [{ type: 'article-journal', ISSN: '0021-9258 (Print) 0021-9258' }],
    [{ type: 'book', ISBN: '978-3-16-148410-0 (Print) 0021-9258', ISSN: '0021-9258' }],
  ] as const)('%j is unchanged after writing and reading', (details) => {
    const item = { 'citation-key': 'k', title: 'T', ...details };

    expect(readItems(writeRecords([item], 'ris'), 'ris')).toEqual([item]);
  });
});
