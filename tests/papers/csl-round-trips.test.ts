import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRecords } from '../../src/bibliography/read-records.ts';
import { writeReference } from '../../src/bibliography/write-references.ts';
import { type Author, toAuthor } from '../../src/modules/papers/authors/authors.ts';
import { paperFromCsl } from '../../src/modules/papers/csl/from-csl.ts';
import { type CitedPaper, paperToCsl } from '../../src/modules/papers/csl/to-csl.ts';
import {
  type Identifier,
  keyOf,
  parseIdentifier,
  readIdentifier,
  SCHEMES,
} from '../../src/modules/papers/identifiers/identifier.ts';
import { type PaperInput, paperInput } from '../../src/modules/papers/record/schemas.ts';
import { sortStatuses } from '../../src/modules/papers/record/sort-statuses.ts';

const words = fc.array(fc.constantFrom('on', 'Engines', '图灵', '{x}', '“y”', 'É', '$z$'), {
  minLength: 1,
  maxLength: 5,
});
const line = words.map((parts) => parts.join(' '));
const name = fc.constantFrom('Ada', 'Turing', 'Ångström', '李', 'Ó Dálaigh', 'van Rossum', 'd’Alembert');
const orcid = fc.option(fc.constant('0000-0002-1825-0097'), { nil: undefined });
const author = fc.oneof(
  fc.record({ family: name, given: name, orcid, suffix: fc.option(fc.constant('Jr.'), { nil: undefined }) }),
  fc.record({ name: line, orcid, isOrganization: fc.constant(true as const) }),
  fc.constantFrom({ name: 'Plato' }, { name: '王小明' }),
);
const identifier = fc.oneof(
  fc.integer({ min: 10_000, max: 99_999 }).map((number) => `arXiv:2201.${number}v${1 + (number % 9)}`),
  fc.nat().map((number) => `10.1000/a(${number})<b>`),
  fc.nat().map((number) => `corpusid:${number}`),
  fc.nat().map((number) => `https://example.org/${number}?a=b`),
  fc.constant('https://openreview.net/forum?id=abcdEFGH12'),
);
const date = fc.constantFrom('2022', '2022-01', '2022-01-28');
const status = fc.record({
  status: fc.constantFrom('preprint' as const, 'published' as const, 'retracted' as const),
  date,
  note: fc.option(line),
  url: fc.option(fc.constant('https://example.org/notice')),
});
const link = fc.record({
  label: line,
  url: fc.nat().map((number) => `https://example.org/${number}`),
  rel: fc.constantFrom('paper' as const, 'code' as const, 'other' as const),
});
const result = fc.record({ benchmark: line, metric: line, value: fc.integer(), unit: fc.option(line) });
const csl: fc.Arbitrary<NonNullable<CitedPaper['csl']>> = fc.record(
  {
    type: fc.constantFrom('article', 'paper-conference', 'book'),
    volume: line,
    note: line,
    'citation-key': line,
    archive: fc.constant('A library'),
    archive_location: fc.constant('Box 7'),
    editor: fc.constant([{ family: 'Lovelace', given: 'Ada' }]),
    bibtex: fc.constantFrom({ primaryClass: 'cs.CV' }, { entryType: 'booklet', protectedWords: ['Engines'] }),
    issued: fc.constantFrom({ 'date-parts': [[2022, 7]] }, { 'date-parts': [[2022, 7, 17]], circa: true }),
  },
  { requiredKeys: ['type'] },
);

const paper = fc.record({
  title: line,
  authors: fc.array(author, { maxLength: 4 }).map((authors) => authors.map(toAuthor)),
  hasMoreAuthors: fc.boolean(),
  venue: fc.option(line),
  abstract: fc.option(line),
  identifiers: fc.uniqueArray(identifier, { maxLength: 6 }).map(readAll),
  licence: fc.option(fc.constant('CC-BY-4.0')),
  results: fc.array(result, { maxLength: 2 }),
  links: fc.uniqueArray(link, { maxLength: 3, selector: ({ url }) => url }),
  statuses: fc.array(status, { maxLength: 3 }).map(sortStatuses),
  year: fc.constant(2022),
  csl,
  // The Content API derives these two from `identifiers`.
  ...{ arxivId: fc.constant(null), doi: fc.constant(null) },
});

function readAll(spelled: readonly string[]) {
  const parsed = spelled.map(parseIdentifier).filter((one) => one !== null);
  return [...new Map(parsed.map((one) => [keyOf(one), one])).values()];
}

/** Writes the paper as a CSL-JSON file and reads it back the way an import does. */
function writeAndReadBack(original: CitedPaper): PaperInput {
  const file = writeReference(paperToCsl(original), 'csl-json');
  const [record] = [...readRecords(file, 'csl-json')];
  if (!record || !('item' in record)) throw new Error(`This is not a record: ${JSON.stringify(record)}`);
  const { input, ignored } = paperFromCsl(record.item);
  expect(ignored).toEqual([]);
  return paperInput.parse(input);
}

/** Sorts the identifiers by scheme. Within a scheme they keep their order, because the first one is cited. */
function sortIdentifiers<P extends { identifiers: readonly Identifier[] }>(paper: P) {
  const { identifiers, ...rest } = paper;
  const ordered = SCHEMES.flatMap((scheme) => identifiers.filter((one) => one.scheme === scheme));
  return { ...rest, identifiers: ordered };
}

test('a paper written as CSL-JSON and read back is unchanged', () => {
  fc.assert(
    fc.property(paper, (original) => {
      const { authors = [], identifiers = [], statuses = [], ...rest } = writeAndReadBack(original);
      const read = {
        ...{ arxivId: null, doi: null, venue: null, abstract: null, licence: null, results: [], links: [] },
        ...rest,
        authors: authors.map((each): Author => toAuthor(each)),
        identifiers: identifiers.flatMap((each) => readIdentifier(each) ?? []),
        statuses: sortStatuses(statuses),
      };
      expect(sortIdentifiers(read)).toEqual(sortIdentifiers(original));
    }),
    { numRuns: 500 },
  );
});
