import { describe, expect, test } from 'vitest';
import { OTHERS } from '../../src/bibliography/csl/csl.ts';
import { read, readItems, readText } from './read-file.ts';

describe('BibTeX', () => {
  test('accents, macros, joined values and numbers are read', () => {
    const [erdos, attention, texbook, accents] = readItems(readText('bibtex.bib'), 'bibtex');

    expect(erdos).toEqual({
      type: 'article-journal',
      'citation-key': 'erdos1959random',
      author: [
        { family: 'Erdős', given: 'Pál' },
        { family: 'Rényi', given: 'Alfréd' },
      ],
      title: 'On Random Graphs I',
      'container-title': 'Publicationes Mathematicae Debrecen',
      volume: '6',
      page: '290-297',
      issued: { 'date-parts': [[1959]] },
      custom: { bibtex: { protectedWords: ['I'] } },
    });
    expect(attention).toMatchObject({
      'container-title': 'Advances in Neural Information Processing Systems 30',
      issued: { 'date-parts': [[2017, 12, 4]] },
    });
    expect(attention?.author?.at(-1)).toEqual(OTHERS);
    expect(texbook).toMatchObject({
      title: 'The TeXbook',
      author: [{ family: 'Knuth', given: 'Donald E.' }],
    });
    expect(accents).toMatchObject({
      title:
        'Energy of bold emphasis, x² and O(n log n) & $\\mathcal{L}_{\\theta}$: 50% of $5, a_b, naïve ~user — “quoted” ß ł',
      URL: 'https://example.org/a_b~c?d=1%202',
      note: 'Two words.\n\nTwo paragraphs.',
    });
  });

  test.each([
    ['year', '{\\noopsort{1973b}}1973', { issued: { 'date-parts': [[1973]] } }],
    ['author', '{\\noopsort{Zz}}Moss, Ada', { author: [{ family: 'Moss', given: 'Ada' }] }],
    ['author', '\\SortNoop{Zz}Moss, Ada', { author: [{ family: 'Moss', given: 'Ada' }] }],
    ['note', '\\singleletter{b}', { note: 'b' }],
    ['note', '\\uhorn{}a \\OHORN \\og oui \\fg{}', { note: 'ưa Ơ« oui »' }],
  ])('the conventional commands in %s = {%s} are read', (field, latex, expected) => {
    expect(read(`@book{k, title = {T}, ${field} = {${latex}}}`, 'bibtex')).toMatchObject([
      { item: expected, ignored: [] },
    ]);
  });

  test('names of every form are read', () => {
    const [, , , accents] = readItems(readText('bibtex.bib'), 'bibtex');

    expect(accents?.author).toEqual([
      { family: 'Gödel', given: 'Kurt' },
      { family: 'Ørsted', given: 'Hans' },
      { family: 'Hořava', given: 'Petr' },
      { family: 'Ångström', given: 'Anders' },
      { family: 'Naïm', given: 'Çelik' },
      { family: 'Waals', given: 'Johannes', 'non-dropping-particle': 'van der' },
      { family: 'Vallée Poussin', given: 'Charles-Jean', 'non-dropping-particle': 'de la' },
      { family: 'King', given: 'Martin', suffix: 'Jr.' },
      { literal: 'The ATLAS Collaboration' },
      { literal: 'Barnes and Noble' },
    ]);
  });

  test.each([
    ['Ludwig van Beethoven', { family: 'Beethoven', given: 'Ludwig', 'non-dropping-particle': 'van' }],
    [
      "Charles Louis Xavier Joseph de la Vall{\\'e}e Poussin",
      { family: 'Vallée Poussin', given: 'Charles Louis Xavier Joseph', 'non-dropping-particle': 'de la' },
    ],
    ['{van Gogh}, Vincent', { family: 'van Gogh', given: 'Vincent' }],
    ['Martin Luther King Jr.', { family: 'King', given: 'Martin Luther', suffix: 'Jr.' }],
    ['Plato', { family: 'Plato' }],
    ['{OpenAI}', { literal: 'OpenAI' }],
    ['{\\L}ukasiewicz, Jan', { family: 'Łukasiewicz', given: 'Jan' }],
    ['Wei Li 0001', { family: 'Li', given: 'Wei' }],
    ['Li 0001, Wei', { family: 'Li', given: 'Wei' }],
    ['S\\o ren Kierkegaard', { family: 'Kierkegaard', given: 'Søren' }],
    ['\\L ukasz Kaiser', { family: 'Kaiser', given: 'Łukasz' }],
    ['M\\aa rten \\AA ngstr\\"om', { family: 'Ångström', given: 'Mårten' }],
    ['King, Martin Luther, Jr.', { family: 'King', given: 'Martin Luther', suffix: 'Jr.' }],
    ['Martin Luther King, Jr.', { family: 'King', given: 'Martin Luther', suffix: 'Jr.' }],
    ['given=Jane, family=Roe', { family: 'Roe', given: 'Jane' }],
    [
      'family=Staël, given=Germaine, prefix=de, useprefix=false',
      { family: 'Staël', given: 'Germaine', 'dropping-particle': 'de' },
    ],
    [
      'family=Staël, given=Germaine, prefix=de, useprefix=true',
      { family: 'Staël', given: 'Germaine', 'non-dropping-particle': 'de' },
    ],
    [
      'family=Beethoven, prefix=van, given=Ludwig',
      { family: 'Beethoven', given: 'Ludwig', 'non-dropping-particle': 'van' },
    ],
  ])('the name %s is read', (name, expected) => {
    expect(readItems(`@misc{k, author = {${name}}}`, 'bibtex')[0]?.author).toEqual([expected]);
  });

  test.each([
    ['$\\sim$10 and $>$5, $\\times$2', '~10 and >5, ×2'],
    ['From $5 to $10', 'From $5 to $10'],
    ['From $5 to$10', 'From $5 to$10'],
    ['CO$_{\\textrm{2}}$, $^{\\textrm{13}}$C, H$_{\\mathrm{2}}$O', 'CO₂, ¹³C, H₂O'],
    ['$\\mathcal{O}(n)$ of $\\mathbf{x}$', 'O(n) of x'],
    ['90$^\\circ$, 45$^{\\circ}$', '90°, 45°'],
    ['\\ensuremath{\\alpha} rays', 'α rays'],
    ['\\textcolor{red}{X} and\\hspace{1em}Y', 'X andY'],
    ['\\texorpdfstring{$H_2$}{H2} again \\cite[p. 5]{x}', 'H₂ again'],
    ['A {\\&}amp$\\mathsemicolon$ B', 'A & B'],
  ])('the title %s is read as %s', (title, expected) => {
    expect(readItems(`@misc{k, title = {${title}}}`, 'bibtex')[0]?.title).toBe(expected);
  });

  test.each([
    ['eprint = {https://arxiv.org/abs/2201.12086v2}', '2201.12086v2'],
    ['eprint = {0309136}, archiveprefix = {arXiv}, primaryclass = {math.GT}', 'math/0309136'],
    ['journal = {ArXiv}, volume = {2201.12086}', '2201.12086'],
    ['journal = {ArXiv}, volume = {abs/2201.12086}', '2201.12086'],
    ['journal = {arXiv:2201.12086 [cs, stat]}', '2201.12086'],
    ['journal = {CoRR}, volume = {cs.CL/0112017}', 'cs.CL/0112017'],
    ['arxiv = {2201.12086}', '2201.12086'],
    ['arxivid = {2201.12086}', '2201.12086'],
    ['publisher = {arXiv}, doi = {10.48550/ARXIV.2201.12086}', '2201.12086'],
  ])('the arXiv id is found in %s', (fields, id) => {
    const [item] = readItems(`@misc{k, ${fields}}`, 'bibtex');

    expect(item).toMatchObject({ type: 'article', archive: 'arXiv', archive_location: id });
    expect(item).not.toHaveProperty('container-title');
    expect(item).not.toHaveProperty('publisher');
  });

  test.each([
    ['2020a', { 'date-parts': [[2020]] }],
    ['2020--2021', { 'date-parts': [[2020], [2021]] }],
    ['2020 (accepted)', { 'date-parts': [[2020]] }],
    ['c2020', { 'date-parts': [[2020]] }],
    ['20200506', { 'date-parts': [[2020, 5, 6]] }],
    ['in press', { literal: 'in press' }],
  ])('the year "%s" is read as a date', (year, issued) => {
    expect(readItems(`@misc{k, year = {${year}}}`, 'bibtex')[0]?.issued).toEqual(issued);
  });

  test.each([
    ['@thesis{k, type = {phdthesis}}', { type: 'thesis', genre: 'PhD thesis' }],
    ['@thesis{k, type = {mathesis}}', { type: 'thesis', genre: 'Master’s thesis' }],
    ['@report{k, type = {techreport}}', { type: 'report', genre: 'Technical report' }],
    ['@misc{k, keywords = {one; two}}', { keyword: 'one, two' }],
    ['@misc{k, howpublished = {Available at \\url{https://example.org/}}}', { URL: 'https://example.org/' }],
    ['@misc{k, url = {https://example.org/1 https://example.org/2}}', { URL: 'https://example.org/1' }],
  ])('the entry %s is read', (text, expected) => {
    expect(readItems(text, 'bibtex')[0]).toMatchObject(expected);
  });

  test('a name that ends with a command is separated from the next name', () => {
    expect(readItems('@misc{k, author = {Bo Ring\\o and Al Lo}}', 'bibtex')[0]?.author).toEqual([
      { family: 'Ringø', given: 'Bo' },
      { family: 'Lo', given: 'Al' },
    ]);
  });

  test('"et al." after a name means further authors', () => {
    for (const names of ['Aad, G., et al.', 'Aad, G. et al.', 'Aad, G. and et al.'])
      expect(readItems(`@misc{k, author = {${names}}}`, 'bibtex')[0]?.author).toEqual([
        { family: 'Aad', given: 'G.' },
        OTHERS,
      ]);
  });

  test('the dates, subtitles, ORCIDs and types of biblatex are read', () => {
    const items = readItems(readText('biblatex.bib'), 'bibtex');

    expect(items.map(({ type }) => type)).toEqual([
      'article-journal',
      'webpage',
      'thesis',
      'report',
      'dataset',
      'software',
    ]);
    expect(items.map(({ issued }) => issued)).toEqual([
      { 'date-parts': [[2015, 5, 27]] },
      { 'date-parts': [[2015, 8]] },
      { 'date-parts': [[1940]] },
      { 'date-parts': [[1997, 3]] },
      { 'date-parts': [[2009], [2012]] },
      { 'date-parts': [[2005]], circa: true },
    ]);
    expect(items[0]?.author?.[1]).toEqual({
      family: 'Bengio',
      given: 'Yoshua',
      ORCID: '0000-0002-9322-3515',
    });
    expect(items[3]?.title).toBe('Key Words for Use in RFCs: Requirement Levels');
  });

  test('an entry of DBLP inherits missing fields from its proceedings', () => {
    const [record, adam] = read(readText('dblp.bib'), 'bibtex');

    expect(record).toMatchObject({
      line: 1,
      key: 'DBLP:conf/cvpr/HeZRS16',
      item: {
        title: 'Deep Residual Learning for Image Recognition',
        'container-title': expect.stringMatching(/^2016 IEEE Conference/),
        publisher: 'IEEE Computer Society',
        issued: { 'date-parts': [[2016]] },
      },
      ignored: ['timestamp', 'biburl', 'bibsource'],
    });
    expect(adam).toMatchObject({
      line: 16,
      item: { type: 'article', archive: 'arXiv', archive_location: '1412.6980' },
    });
  });

  test.each([
    ['scholar.bib', 0, '1810.04805'],
    ['arxiv.bib', 0, '2201.12086'],
    ['arxiv.bib', 1, 'math/0211159v1'],
    ['arxiv.bib', 2, '1706.03762'],
    ['zotero.bib', 0, '1706.03762'],
  ])('the arXiv id is read from %s instead of a journal', (file, index, id) => {
    const item = readItems(readText(file), 'bibtex').at(index);

    expect(item).toMatchObject({ type: 'article', archive: 'arXiv', archive_location: id });
    expect(item).not.toHaveProperty('container-title');
  });

  test('keys of Google Scholar may contain accents', () => {
    expect(read(readText('scholar.bib'), 'bibtex')[1]).toMatchObject({ key: 'müller2019' });
  });

  test('ignored fields of Mendeley and Zotero are reported', () => {
    const [go] = read(readText('mendeley.bib'), 'bibtex');
    const [attention, ai] = read(readText('zotero.bib'), 'bibtex');

    expect(go).toMatchObject({
      item: { URL: 'https://www.nature.com/articles/nature16961#a_b', issued: { 'date-parts': [[2016, 1]] } },
      ignored: ['file', 'mendeley-groups', 'mendeley-tags', 'bdsk-url-1'],
    });
    expect(attention).toMatchObject({ ignored: ['annote', 'file'] });
    expect(ai).toMatchObject({ item: { title: '人工知能の研究', page: '1-8, 12-15', issue: '2' } });
  });

  test('entries of the ACM have a publisher place and an event place', () => {
    expect(readItems(readText('acm.bib'), 'bibtex')[0]).toMatchObject({
      'publisher-place': 'New York, NY, USA',
      'event-place': 'San Francisco, California, USA',
      page: '785-794',
    });
  });
});

describe('RIS', () => {
  test('particles, suffixes, organizations and exact dates of Zotero are read', () => {
    const [deep, attention] = readItems(readText('zotero.ris'), 'ris');

    expect(deep).toMatchObject({
      author: [
        { family: 'LeCun', given: 'Yann' },
        { family: 'Berg', given: 'Jan', 'non-dropping-particle': 'van der' },
        { family: 'King', given: 'Martin Luther', suffix: 'Jr.' },
        { literal: 'Deep Mind Team' },
      ],
      issued: { 'date-parts': [[2015, 5]] },
      accessed: { 'date-parts': [[2024, 2, 29]] },
      keyword: 'Computer science, Mathematics',
      page: '436-444',
      custom: { links: [{ rel: 'paper', url: 'https://www.nature.com/articles/nature14539.pdf' }] },
    });
    expect(attention).toMatchObject({ type: 'article', archive: 'arXiv', archive_location: '1706.03762' });
  });

  test('a byte order mark and text before the first record are skipped', () => {
    const [residual, measured] = read(readText('ieee-crossref.ris'), 'ris');

    expect(residual).toMatchObject({
      line: 4,
      item: {
        type: 'paper-conference',
        author: [
          { family: 'He', given: 'K.' },
          { family: 'Zhang', given: 'X.' },
        ],
        issued: { 'date-parts': [[2016, 6]] },
      },
      ignored: [],
    });
    expect(measured).toMatchObject({
      item: { DOI: '10.1038/NPHYS1170', ISSN: '1745-2473, 1745-2481', issued: { 'date-parts': [[2009, 1]] } },
    });
  });

  test('the PMID of PubMed and unusual spaces are read', () => {
    const [protein, texbook] = read(readText('pubmed.ris'), 'ris');

    expect(protein).toMatchObject({
      item: { PMID: '34265844', author: [{ family: 'Jumper' }, OTHERS] },
      ignored: ['RP', 'ET'],
    });
    expect(texbook).toMatchObject({ item: { type: 'book', title: 'The TeXbook', ISBN: '0-201-13447-0' } });
  });
});

describe('RIS', () => {
  test.each([
    ['J. -P. Ray', [{ family: 'Ray', given: 'J.-P.' }]],
    ['Li J', [{ family: 'Li', given: 'J' }]],
    ['LeCun Y', [{ family: 'LeCun', given: 'Y' }]],
    ['van der Berg JK', [{ family: 'Berg', given: 'JK', 'non-dropping-particle': 'van der' }]],
    ['Müller-Schmidt KH', [{ family: 'Müller-Schmidt', given: 'KH' }]],
    ['Li, Jr., Jun', [{ family: 'Li', given: 'Jun', suffix: 'Jr.' }]],
    [
      'Smith, J.; Jones, K.',
      [
        { family: 'Smith', given: 'J.' },
        { family: 'Jones', given: 'K.' },
      ],
    ],
    [
      'Smith, J., van der Berg, K. L.',
      [
        { family: 'Smith', given: 'J.' },
        { family: 'Berg', given: 'K. L.', 'non-dropping-particle': 'van der' },
      ],
    ],
    [
      'Smith J, van der Berg K, Brown LM',
      [
        { family: 'Smith', given: 'J' },
        { family: 'Berg', given: 'K', 'non-dropping-particle': 'van der' },
        { family: 'Brown', given: 'LM' },
      ],
    ],
    ['Deep Mind Team', [{ literal: 'Deep Mind Team' }]],
  ])('the name %s is read', (name, expected) => {
    expect(readItems(`TY  - JOUR\nAU  - ${name}\nER  - \n`, 'ris')[0]?.author).toEqual(expected);
  });
});

describe('RIS', () => {
  test.each([
    [
      ['TY  - CONF', 'T2  - NeurIPS', 'C3  - Advances 35'],
      { type: 'paper-conference', 'container-title': 'Advances 35', 'event-title': 'NeurIPS' },
    ],
    [
      ['TY  - GEN', 'N1  - arXiv:2201.12086 [cs]'],
      { type: 'article', archive: 'arXiv', archive_location: '2201.12086' },
    ],
    [
      ['TY  - GEN', 'PB  - arXiv', 'DO  - 10.48550/ARXIV.2201.12086'],
      { type: 'article', archive: 'arXiv', archive_location: '2201.12086', DOI: '10.48550/ARXIV.2201.12086' },
    ],
    [['TY  - JOUR', 'PY  - 20200506'], { type: 'article-journal', issued: { 'date-parts': [[2020, 5, 6]] } }],
    [['TY  - JOUR', 'DA  - 05/06'], { type: 'article-journal', issued: { literal: '05/06' } }],
    [
      ['ty  - jour', 'ti  - A title', 'au  - Li, J.'],
      { type: 'article-journal', title: 'A title', author: [{ family: 'Li', given: 'J.' }] },
    ],
    [
      ['TY  - JOUR', 'FAU - Li, Junnan', 'AU  - Li J'],
      { type: 'article-journal', author: [{ family: 'Li', given: 'Junnan' }] },
    ],
    [
      ['TY  - JOUR', 'AU  - Li, J.', 'A1  - Li, J.'],
      { type: 'article-journal', author: [{ family: 'Li', given: 'J.' }] },
    ],
    [['TY  - JOUR', 'SP  - 1-5', 'EP  - 5'], { type: 'article-journal', page: '1-5' }],
    [['TY  - JOUR', 'KW  - one; two'], { type: 'article-journal', keyword: 'one, two' }],
  ])('the record %j is read', (lines, expected) => {
    expect(read([...lines, 'ER  - '].join('\n'), 'ris')).toEqual([
      expect.objectContaining({ item: expected, ignored: [] }),
    ]);
  });

  test('a record without an end tag ends where the next one starts', () => {
    const items = readItems('TY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\nER  - \n', 'ris');

    expect(items.map(({ title }) => title)).toEqual(['One', 'Two']);
  });
});

describe('CSL-JSON', () => {
  test('the CSL-JSON of Crossref is normalized', () => {
    const [deep] = read(readText('crossref.csl-json'), 'csl-json');

    expect(deep).toMatchObject({
      line: 2,
      key: 'https://doi.org/10.1038/nature14539',
      item: {
        type: 'article-journal',
        author: [{ family: 'LeCun', given: 'Yann' }, { literal: 'An Institute' }],
        'container-title': 'Nature',
        ISSN: '0028-0836, 1476-4687',
        volume: '521',
        issued: { 'date-parts': [[2015, 5, 27]] },
      },
      ignored: ['author.sequence', 'author.affiliation', 'reference-count'],
    });
  });

  test.each([
    ['a single object', '{"type":"book","title":"One"}'],
    ['an array', '[{"type":"book","title":"One"}]'],
    ['a response of the Zotero Web API', '{"total": {"items": 1}, "items": [{"type":"book","title":"One"}]}'],
  ])('%s is read as CSL-JSON', (_what, text) => {
    expect(readItems(text, 'csl-json')).toEqual([{ type: 'book', title: 'One' }]);
  });

  test.each([
    ['two objects on separate lines', '{"type":"book","title":"One"}\n{"type":"book","title":"Two"}\n', null],
    ['a list followed by text', '[{"type":"book"}] x', 'The file has unexpected text after its last record.'],
    [
      'two lists',
      '[{"type":"book"}][{"type":"book"}]',
      'The file has unexpected text after its last record.',
    ],
    [
      'an object followed by a bracket',
      '{"type":"book"}]',
      'The file has unexpected text after its last record.',
    ],
  ])('%s is read to the end of the file', (_what, text, fault) => {
    expect(read(text, 'csl-json').at(-1)).toMatchObject(
      fault === null ? { item: { title: 'Two' } } : { fault },
    );
  });

  test.each([
    [
      {
        event: {
          name: 'NeurIPS',
          location: 'Vancouver',
          start: { 'date-parts': [[2022, 11, 28]] },
          number: '36',
        },
      },
      {
        'event-title': 'NeurIPS',
        'event-place': 'Vancouver',
        'event-date': { 'date-parts': [[2022, 11, 28]] },
      },
      ['event.number'],
    ],
    [{ editor: { family: 'A' } }, {}, ['editor']],
    [{ author: [{}] }, {}, ['author']],
    [{ volume: { value: 1 }, page: [], custom: 'x', id: {} }, {}, ['volume', 'custom', 'id']],
    [{ issued: { 'date-parts': [2020, 5] } }, { issued: { 'date-parts': [[2020, 5]] } }, []],
    [{ issued: { 'date-parts': [['n.d.']] } }, {}, ['issued']],
    [{ issued: { literal: '2020' } }, { issued: { 'date-parts': [[2020]] } }, []],
    [{ issued: [2020] }, {}, ['issued']],
    [{ 'container-title': ['One', 'Two'] }, { 'container-title': 'One' }, ['container-title']],
    [{ title: ['One', 'Two'], ISSN: ['1', '2'] }, { title: 'One', ISSN: '1, 2' }, ['title']],
    [{ 'container-title': ['One', 'One'] }, { 'container-title': 'One' }, []],
    [
      { author: [{ family: 'A', given: 1 }, { literal: 'et al.' }] },
      { author: [{ family: 'A' }, OTHERS] },
      ['author.given'],
    ],
    [
      { number: 'arXiv:2201.12086', publisher: 'arXiv' },
      { archive: 'arXiv', archive_location: '2201.12086' },
      [],
    ],
  ])('only the invalid fields of %j are ignored', (fields, expected, ignored) => {
    expect(read(JSON.stringify({ type: 'article', ...fields }), 'csl-json')).toEqual([
      { line: 1, key: null, item: { type: 'article', ...expected }, ignored },
    ]);
  });
});

describe('markup', () => {
  const abstract =
    '<jats:title>Abstract</jats:title><jats:p>One <jats:italic>x</jats:italic>.</jats:p><jats:p>Two.</jats:p>';

  test.each([
    [
      'bibtex',
      `@misc{k, title = {R&amp;D of <i>x</i><sub>2</sub>}, author = {M&uuml;ller, A.}, abstract = {${abstract}}}`,
    ],
    [
      'ris',
      `TY  - GEN\nTI  - R&amp;D of <i>x</i><sub>2</sub>\nAU  - M&uuml;ller, A.\nAB  - ${abstract}\nER  - \n`,
    ],
    [
      'csl-json',
      JSON.stringify({
        title: 'R&amp;D of <i>x</i><sub>2</sub>',
        author: [{ family: 'M&uuml;ller', given: 'A.' }],
        abstract,
      }),
    ],
  ] as const)('HTML and JATS markup becomes plain text in %s', (format, text) => {
    expect(readItems(text, format)[0]).toMatchObject({
      title: 'R&D of x2',
      author: [{ family: 'Müller', given: 'A.' }],
      abstract: 'Abstract\n\nOne x.\n\nTwo.',
    });
  });

  test('text that only looks like markup is kept', () => {
    const title = 'If p<i and i>0 & x; <b> or AT&T; <ab>';

    expect(readItems(JSON.stringify({ title }), 'csl-json')[0]?.title).toBe(title);
  });
});
