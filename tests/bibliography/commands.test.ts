import { describe, expect, test } from 'vitest';
import { read } from './read-file.ts';

function readOne(fields: string) {
  return read(`@article{k, ${fields}}`, 'bibtex')[0];
}

describe('journal macros of the Astrophysics Data System', () => {
  test.each([
    ['{\\prl}', 'Physical Review Letters'],
    ['{\\apjl}', 'The Astrophysical Journal Letters'],
    ['\\mnras', 'Monthly Notices of the Royal Astronomical Society'],
    ['{\\aap}', 'Astronomy & Astrophysics'],
    ['{\\nat\\ }', 'Nature'],
    ['{\\araa{}}', 'Annual Review of Astronomy and Astrophysics'],
    ['{\\na} and {\\pre}', 'New Astronomy and Physical Review E'],
  ])('the journal %s is read as %s', (journal, venue) => {
    expect(readOne(`title = {T}, journal = {${journal}}`)).toMatchObject({
      item: { 'container-title': venue },
      ignored: [],
    });
  });

  test.each(['journaltitle', 'booktitle', 'series'])('they are read in %s', (field) => {
    expect(readOne(`title = {T}, ${field} = {\\procspie}`)).toMatchObject({
      item: { [field === 'series' ? 'collection-title' : 'container-title']: 'Proceedings of SPIE' },
      ignored: [],
    });
  });
});

describe('unknown commands', () => {
  test.each([
    ['title = {T}, journal = {\\foo}', { title: 'T' }, ['\\foo']],
    ['title = {A \\foo B}', { title: 'A B' }, ['\\foo']],
    ['title = {A \\foo{x} B \\bar}', { title: 'A x B' }, ['\\foo', '\\bar']],
    [
      'title = {T}, abstract = {\\begin{quote}x\\end{quote}}',
      { title: 'T', abstract: 'quotexquote' },
      ['\\begin', '\\end'],
    ],
    ['title = {T}, author = {Moss, \\foo{Ada}}', { author: [{ family: 'Moss', given: 'Ada' }] }, ['\\foo']],
    ['title = {T}, publisher = {\\foo}', { title: 'T' }, ['\\foo']],
  ])('in %s they are left out and reported', (fields, item, ignored) => {
    const record = readOne(fields);

    expect(record).toMatchObject({ item, ignored });
    expect(JSON.stringify(record && 'item' in record && record.item)).not.toContain('\\');
  });

  test.each([
    ['\\glqq Wort\\grqq{} und \\flqq mot\\frqq', '„Wort“ und «mot»'],
    ['A\\thinspace B\\nobreakspace{}C', 'A B C'],
    ['The \\alpha decay at 5\\degree, \\forall x', 'The α decay at 5°, ∀ x'],
  ])('the commands in %s are known', (title, expected) => {
    expect(readOne(`title = {${title}}`)).toMatchObject({ item: { title: expected }, ignored: [] });
  });

  test('commands for typefaces, letters and mathematics are not reported', () => {
    const title =
      '\\textbf{Bold} \\emph{x} {\\em y} \\"o \\ss{} \\LaTeX{} \\alpha particles $\\mathcal{L}_\\theta$ \\textsc{a}';

    expect(readOne(`title = {${title}}`)).toMatchObject({
      item: { title: 'Bold x y ö ß LaTeX α particles $\\mathcal{L}_\\theta$ a' },
      ignored: [],
    });
  });
});

describe('links, footnotes and citations', () => {
  test.each([
    ['\\href{https://a.example/x\\_1}{The page} of it', 'The page (https://a.example/x_1) of it', []],
    ['\\href{https://a.example}{\\emph{a} page}.', 'a page (https://a.example).', []],
    ['\\href{mailto:ada@a.example}{ada@a.example}', 'ada@a.example', []],
    ['\\href{https://a.example}{https://a.example}', 'https://a.example', []],
    ['\\href{https://a.example}{}', 'https://a.example', []],
    ['See \\url{https://a.example/~x}.', 'See https://a.example/~x.', []],
    ['One\\footnote{Or \\emph{two}.} more', 'One (Or two.) more', []],
    ['As \\citep[see][p. 3]{knuth} says \\cite{k}', 'As says', ['\\citep', '\\cite']],
  ])('a note or an abstract with %s keeps them or reports them', (latex, text, ignored) => {
    for (const field of ['note', 'abstract'])
      expect(readOne(`title = {T}, ${field} = {${latex}}`)).toMatchObject({
        item: { [field]: text },
        ignored,
      });
  });

  test.each(['title', 'journal', 'publisher', 'author'])(
    'the field %s reports what it leaves out',
    (field) => {
      const latex = '\\href{https://a.example}{Moss}\\footnote{x}\\cite{k}';
      const record = readOne(`${field} = {${latex}}`);

      expect(record).toMatchObject({ ignored: ['\\href', '\\footnote', '\\cite'] });
      expect(JSON.stringify(record)).not.toMatch(/a\.example/);
    },
  );
});

describe('private fields', () => {
  test.each(['comment', 'annote', 'annotation', 'review', 'file', 'owner', 'timestamp', 'groups'])(
    'the field %s of BibTeX is ignored',
    (field) => {
      expect(readOne(`title = {T}, ${field} = {Weak, do not cite.}`)).toEqual({
        line: 1,
        key: 'k',
        item: { type: 'article-journal', 'citation-key': 'k', title: 'T' },
        ignored: [field],
      });
    },
  );

  test('the note is read', () => {
    expect(readOne('title = {T}, note = {To appear.}, annote = {Weak.}')).toMatchObject({
      item: { note: 'To appear.' },
      ignored: ['annote'],
    });
  });

  test.each(['RN', 'L4', 'U1', 'LB', 'AD'])('the tag %s of RIS is ignored', (tag) => {
    expect(read(`TY  - GEN\nTI  - T\n${tag}  - private\nER  - \n`, 'ris')).toEqual([
      { line: 1, key: null, item: { type: 'document', title: 'T' }, ignored: [tag] },
    ]);
  });

  test('the annotation of CSL-JSON is ignored', () => {
    expect(read('{"type":"book","title":"T","annote":"private"}', 'csl-json')).toMatchObject([
      { item: { type: 'book', title: 'T' }, ignored: ['annote'] },
    ]);
  });
});
