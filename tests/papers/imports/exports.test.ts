import { describe, expect, test } from 'vitest';
import { formatCitation } from '../../../src/bibliography/format-citation.ts';
import { writeReferences } from '../../../src/bibliography/write-references.ts';
import { paperToCsl } from '../../../src/modules/papers/csl/to-csl.ts';
import { useMasthead } from '../../support/app.ts';
import { send } from './sending.ts';

const masthead = useMasthead();

const TYPES = {
  bibtex: 'application/x-bibtex',
  ris: 'application/x-research-info-systems',
  'csl-json': 'application/vnd.citationstyles.csl+json',
} as const;

async function importPapers(text: string, format: keyof typeof TYPES) {
  const { body } = await send(masthead, text, '', TYPES[format]);
  expect(body.records.map(({ outcome }: { outcome: string }) => outcome)).not.toContain('refused');
  return Promise.all(
    body.records.map(async ({ paperId }: { paperId: string }) => {
      return (await masthead.as('viewer').get(`/admin/v1/papers/${paperId}`)).body;
    }),
  );
}

const CSL = [
  { title: 'A $3 board against a $9 one: 50% off', page: '2-1–2-18' },
  { title: 'From $2 to $4, see #1 and #2.', page: '7–12' },
  { title: 'Sorting in $\\mathcal{O}(n \\log n)$ steps', abstract: 'In $\\mathcal{O}(n \\log n)$, $5 each.' },
  { title: 'Proving $O(n^2)$ bounds', author: [{ literal: 'C\u0001 D' }] },
  { title: 'A\u000bB', 'container-title': 'V\u000cW' },
  { title: 'On happiness', author: [{ family: 'Staël', given: 'Germaine', 'dropping-particle': 'de' }] },
  { title: 'On dynamics', author: [{ family: 'Alembert', given: 'Jean', 'dropping-particle': "d'" }] },
  { title: 'On particles', author: [{ family: 'Alembert', given: 'Jean', 'non-dropping-particle': "d'" }] },
  { title: 'On suffixes', author: [{ family: 'Moss', given: 'Ada', suffix: 'Reed' }] },
].map((fields) => ({ type: 'article-journal', 'container-title': 'Letters', volume: '4', ...fields }));

const BIBTEX = [
  '@proceedings{whole, title = {Talks on {Go}}, editor = {Moss, Ada}, year = 2022, langid = {english}}',
  '@misc{print, title = {The {Turing} Test}, author = {Moss, Ada; Reed, Ben}, openreview = {openreview:abcdEFGH12},' +
    ' eprint = {2201.12086}, archiveprefix = {arXiv}, primaryclass = {cs.CV}, pages = {2-1--2-18}}',
].join('\n');

describe('exports of imported papers', () => {
  test.each([
    ['csl-json', JSON.stringify(CSL), CSL.length],
    ['bibtex', BIBTEX, 2],
  ] as const)('papers imported from %s are matched with nothing filled', async (format, text, count) => {
    const papers = await importPapers(text, format);
    const items = papers.map(paperToCsl);

    for (const [name, type] of Object.entries(TYPES)) {
      const file = await writeReferences(items, name === 'bibtex' || name === 'ris' ? name : 'csl-json');
      const { body } = await send(masthead, file, '?dryRun=true', type);
      expect(body.counts).toEqual({ created: 0, matched: count, refused: 0 });
      expect(body.records.map(({ filled }: { filled: string[] }) => filled)).toEqual(papers.map(() => []));
      expect(body.records.map(({ paperId }: { paperId: string }) => paperId)).toEqual(
        papers.map(({ id }) => id),
      );
    }
  });

  test('what BibTeX says beyond CSL is exported again', async () => {
    const papers = await importPapers(BIBTEX, 'bibtex');

    expect(papers.map(({ csl }) => csl.bibtex)).toEqual([
      { entryType: 'proceedings', protectedWords: ['Go'] },
      { primaryClass: 'cs.CV', protectedWords: ['Turing'] },
    ]);
    const file = await writeReferences(papers.map(paperToCsl), 'bibtex');
    expect(file).toContain('@proceedings{whole,\n  title = {Talks on {Go}},');
    expect(file).toContain('title = {The {Turing} Test},\n  author = {Moss, Ada and Reed, Ben},');
    expect(file).toContain('primaryclass = {cs.CV},');
    expect(file).toContain('openreview = {abcdEFGH12},');
  });
});

describe('particles', () => {
  test.each([
    ['ris', 'TY  - BOOK\nTI  - In RIS\nAU  - Staël, Germaine de\nER  - \n'],
    ['bibtex', '@book{a, title = {In BibTeX}, author = {Staël, Germaine de}}'],
    [
      'bibtex',
      '@book{b, title = {In biblatex}, author = {family=Staël, given=Germaine, prefix=de, useprefix=false}}',
    ],
    [
      'csl-json',
      '{"type":"book","title":"In CSL","author":[{"family":"Staël","given":"Germaine","dropping-particle":"de"}]}',
    ],
  ] as const)('a particle in %s is neither cut nor moved', async (format, text) => {
    const [paper] = await importPapers(text, format);

    expect(paper.authors[0].name).toBe('Germaine de Staël');
    expect(formatCitation(paperToCsl(paper), 'apa')).toMatch(/^Staël, G\. de\./);
    expect(formatCitation(paperToCsl(paper), 'ieee')).toMatch(/^G\. de Staël, /);
  });

  test('the particle of an author that is entered is kept, without a space behind an apostrophe', async () => {
    const authors = [
      { family: 'Staël', given: 'Germaine de' },
      { family: 'Alembert', given: "Jean d'" },
    ];
    const { body } = await masthead.as('author').post('/admin/v1/papers', { title: 'Letters', authors });

    expect(body.authors.map(({ name }: { name: string }) => name)).toEqual([
      'Germaine de Staël',
      "Jean d'Alembert",
    ]);
    expect(formatCitation(paperToCsl(body), 'apa')).toMatch(/^Staël, G\. de, & Alembert, J\. d'\./);
  });

  test('a particle that belongs to the family name has no space behind its apostrophe', async () => {
    const author = [{ family: 'Alembert', given: 'Jean', 'non-dropping-particle': 'd’' }];
    const [paper] = await importPapers(
      JSON.stringify({ type: 'book', title: 'Treatise', author }),
      'csl-json',
    );

    expect(paper.authors).toEqual([{ name: 'Jean d’Alembert' }]);
  });
});
