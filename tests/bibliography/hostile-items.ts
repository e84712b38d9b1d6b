import fc from 'fast-check';
import { type CslItem, type CslName, cslItem, OTHERS } from '../../src/bibliography/csl/csl.ts';
import type { Format } from '../../src/bibliography/formats.ts';

/** Arbitrary items with the fields that a format can express and with texts that challenge its syntax. */

const WORDS = [
  'a',
  'The',
  'BERT',
  'GPT-4',
  'naïve',
  'Ærøskøbing',
  '山田',
  'الخوارزمي',
  'Жук',
  '😀',
  'and',
  'AND',
  'others',
  'et',
  'al.',
  'von',
  'de',
  'Jr.',
  '{',
  '}',
  '{{',
  '}}',
  '{x}',
  '\\',
  '\\\\',
  '\\"o',
  '\\textbackslash',
  '\\par',
  '%',
  '100%',
  '&',
  '#',
  '$',
  '$5',
  '$x^2$',
  '$\\mathcal{O}(n)$',
  '$a',
  'b$',
  '$$',
  '_',
  'a_b',
  '~',
  '^',
  '"',
  "''",
  '``',
  "'",
  '--',
  '---',
  '-',
  'x--y',
  '@',
  '@article{a,',
  'TY',
  'ER',
  '=',
  ',',
  ';',
  ':',
  '.',
  '?',
  '!',
  '(',
  ')',
  '[',
  ']',
  '<i>',
  '</i>',
  '<i>x</i>',
  '<br/>',
  '<jats:p>',
  '&amp;',
  '&lt;i>',
  '&amp;lt;',
  '&#233;',
  '&',
  'lt;',
  '1',
  '2020',
  '\u00a0',
  'e\u0301t'.normalize('NFC'),
  '|',
  '*',
  '/',
  '<',
  '>',
  'x²',
  '–',
  '—',
  '“',
  'ı',
  'İ',
];
const word = fc.constantFrom(...WORDS);
const line = fc
  .array(word, { minLength: 1, maxLength: 8 })
  .map((words) => words.join(' '))
  .filter(isTidy);
const glued = fc
  .array(word, { minLength: 1, maxLength: 5 })
  .map((words) => words.join(''))
  .filter(isTidy);
const text = fc.oneof(line, glued);
const paragraphs = fc.array(text, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n\n'));

function isTidy(value: string): boolean {
  return value === value.trim() && value !== '';
}

/** Family names start with a capital letter or are in a script without capitals. */
const family = fc.constantFrom(
  'Gödel',
  'Łukasiewicz',
  '山田',
  'الخوارزمي',
  'O’Brien',
  "D'Alembert",
  'Müller-Lüdenscheidt',
  'García y Vega',
  '{Brace',
  'Back\\slash',
  '100%',
  'A&B',
  'X_1',
  'And',
  'Anderson',
  'Others',
);
const given = fc.constantFrom(
  'Kurt',
  'J.-P.',
  'Donald E.',
  'Фёдор',
  '太郎',
  'and',
  'al-Khwarizmi',
  'Germaine de',
  'Jean d’',
  'Ada; Ben',
  'A & B',
  '{',
  '}',
  '~',
);
const body = fc.oneof(
  fc.constantFrom(
    'The ATLAS Collaboration',
    'Barnes and Noble',
    'University of California, Berkeley',
    'OpenAI',
    '{Team}',
    'U.S. Navy',
    'K. Works',
    'AT&T',
    'A&amp;B Works',
    'and',
    'Team, Inc., Ltd.',
  ),
);

function compact(name: Record<string, string | undefined>): CslName {
  return Object.fromEntries(Object.entries(name).filter(([, part]) => part !== undefined));
}

const person = fc
  .record({
    family,
    given: fc.option(given, { nil: undefined }),
    suffix: fc.option(fc.constantFrom('Jr.', 'III', 'PhD', 'of Leiden', 'Reed'), { nil: undefined }),
    'non-dropping-particle': fc.option(fc.constantFrom('van der', 'de', 'von'), { nil: undefined }),
  })
  .map(compact);
const name = fc.oneof(
  person,
  body.map((literal): CslName => ({ literal })),
);

function namesFor(format: Format) {
  const fit = format === 'ris' ? name.filter(isForRis) : name;
  return fc
    .tuple(fc.array(fit, { minLength: 1, maxLength: 5 }), fc.boolean())
    .map(([names, goesOn]) => (goesOn ? [...names, OTHERS] : names));
}

/**
 * RIS takes a family name of two words for an organization unless another name part is present. Several names may stand on one
 * line with semicolons between them.
 */
function isForRis({ literal, family: last = '', ...more }: CslName): boolean {
  if (more.given?.includes(';')) return false;
  return (
    literal !== undefined ||
    more.given !== undefined ||
    more.suffix !== undefined ||
    !/\s/.test(`${more['non-dropping-particle'] ?? ''} ${last}`.trim())
  );
}

const year = fc.integer({ min: 1000, max: 2100 });
const month = fc.integer({ min: 1, max: 12 });
const day = fc.integer({ min: 1, max: 28 });
const date = fc
  .oneof(fc.tuple(year), fc.tuple(year, month), fc.tuple(year, month, day))
  .map((parts) => ({ 'date-parts': [[...parts]] }));
const number = fc.constantFrom('1', '7553', 'S1', '12');
const page = fc.constantFrom(
  ...['1-8', '1', 'e12', '436-444', '1-8, 12-15', 'A1-A9', '2-1–2-18', 'D4-7', 'A-1–B-2'],
);
const doi = fc.constantFrom(
  '10.1000/182',
  '10.1002/(SICI)1097-4571(199205)43:4<284::AID-ASI3>3.0.CO;2-0',
  '10.1/a_b{c}%20\\d~e$f',
);
const url = fc.constantFrom(
  'https://example.org/',
  'https://example.org/a_b~c%20d?x=1&y=#z',
  'http://example.org/{a}$x$',
);
const arxiv = fc.constantFrom('2201.12086v2', '1706.03762', 'math/0211159');

/** Excludes notes such as `Code: https://…`, which are read as links and identifiers. */
const note = paragraphs.filter((value) => !/^[A-Z][A-Za-z ]*: |^arxiv/im.test(value));

const custom = fc
  .record(
    {
      licence: fc.constantFrom('CC-BY-4.0', 'https://creativecommons.org/licenses/by/4.0/'),
      identifiers: fc.constantFrom(
        ['https://openreview.net/forum?id=a_b'],
        ['https://openreview.net/forum?id=a', '10.1000/1', 'https://example.org/2'],
      ),
      links: fc.constantFrom(
        [{ label: 'Code', url: 'https://example.org/c_d', rel: 'code' }],
        [
          { label: 'Dataset', url: 'https://example.org/1', rel: 'dataset' },
          { label: 'PDF', url: 'https://example.org/a.pdf', rel: 'paper' },
        ],
      ),
    },
    { requiredKeys: [] },
  )
  .filter((value) => Object.keys(value).length > 0);

export function itemFor(format: Format): fc.Arbitrary<CslItem> {
  const names = namesFor(format);
  const optional = {
    title: text,
    abstract: paragraphs,
    author: names,
    editor: names,
    translator: names,
    'container-title': text.filter((value) => !/arxiv|corr/i.test(value)),
    'collection-title': text,
    'title-short': text,
    publisher: text,
    'publisher-place': text,
    'event-title': text,
    'event-place': text,
    language: fc.constantFrom('en', 'ja'),
    volume: number,
    issue: number,
    number,
    page,
    keyword: fc.constantFrom('one', 'one, two', 'a b, c & d, {e}'),
    DOI: doi,
    URL: url,
    ISBN: fc.constant('978-0-201-13447-3'),
    ISSN: fc.constant('0028-0836'),
    PMID: number,
    note,
    issued: date,
    accessed: date,
    custom,
  };
  const type = fc.constantFrom(...cslItem.shape.type.options.filter((each) => each !== 'thesis'));
  return fc
    .tuple(type, fc.record(optional, { requiredKeys: [] }), fc.option(arxiv, { nil: undefined }))
    .map(([type, variables, id]) => {
      const archive = id === undefined ? {} : { archive: 'arXiv', archive_location: id };
      return cslItem.parse({ type, 'citation-key': 'key', ...variables, ...archive });
    });
}
