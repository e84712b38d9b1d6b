import { describe, expect, test } from 'vitest';
import type { Format } from '../../src/bibliography/formats.ts';
import { countRecords, readRecords } from '../../src/bibliography/read-records.ts';
import { DomainError } from '../../src/errors.ts';
import { read, readText } from './read-file.ts';

function outline(text: string, format: Format) {
  return read(text, format).map((record) => [
    record.line,
    record.key,
    'fault' in record ? record.fault : null,
  ]);
}

test('a malformed BibTeX entry is reported and does not affect the others', async () => {
  expect(outline(readText('broken.bib'), 'bibtex')).toEqual([
    [1, 'good1', null],
    [3, 'unclosed', 'The entry is not closed.'],
    [8, 'good2', null],
    [10, 'quotes', 'The value of the field title is not closed.'],
    [12, 'good3', null],
    [17, 'surplus', 'The entry has an extra closing brace: text follows after its end.'],
    [19, 'noequals', 'The field title is not followed by "=".'],
    [21, null, null],
    [25, 'good4', null],
  ]);
  expect(await countRecords(readText('broken.bib'), 'bibtex')).toBe(9);
});

test('an entry without a brace or a comma is reported, also after another malformed entry', () => {
  const stray = '@article b, title = {x}}';
  const noComma = '@book{c title = {No comma}}';
  const open = '@misc{a, title = {Open';
  const good = '@misc{d, title = {Good}}';
  const lines = [good, stray, noComma, open, stray, noComma, 'To @article b, or not: @misc = x', good];

  expect(outline(lines.join('\n'), 'bibtex')).toEqual([
    [1, 'd', null],
    [2, null, 'The entry has no brace after its type.'],
    [3, null, 'The field c is not followed by "=".'],
    [4, 'a', 'The entry is not closed.'],
    [5, null, 'The entry has no brace after its type.'],
    [6, null, 'The field c is not followed by "=".'],
    [8, 'd', null],
  ]);
});

test('a RIS record without an end has a notice, and the lines before its type belong to it', () => {
  expect(outline(readText('pubmed.ris'), 'ris')).toEqual([
    [1, null, null],
    [22, null, null],
    [29, null, null],
  ]);
  expect(read(readText('pubmed.ris'), 'ris').at(-1)).toMatchObject({
    item: { title: 'Without an end', author: [{ family: 'Nobody', given: 'At All' }] },
    notices: ['The record does not end with a line "ER  - ".'],
  });
});

test('a malformed CSL-JSON record is reported and does not affect the others', () => {
  expect(outline(readText('crossref.csl-json'), 'csl-json').slice(1)).toEqual([
    [20, '7', null],
    [21, null, 'The record is not valid JSON.'],
    [22, null, 'The record is not an object.'],
    [23, 'last', null],
  ]);
});

test.each([
  ['bibtex', `@misc{k, title = {${'x'.repeat(1001)}}}`, 'title has more than 1000 characters.'],
  ['ris', `TY  - JOUR\nAB  - ${'x'.repeat(20_001)}\nER  - `, 'abstract has more than 20000 characters.'],
  [
    'csl-json',
    JSON.stringify([{ type: 'book', author: Array(5001).fill({ family: 'A' }) }]),
    'author has more than 5000 entries.',
  ],
  ['csl-json', '[{"type":"book","title":{}}]', expect.stringMatching(/^title: /)],
] as const)('an invalid or oversized value in %s is reported with its field', (format, text, fault) => {
  expect(read(text, format)).toEqual([expect.objectContaining({ fault })]);
});

const LONG = 'x'.repeat(1_100_000);
test.each([
  ['bibtex', `@misc{a, note = {${LONG}}}\n@misc{b, title = {B}}`],
  ['ris', `TY  - JOUR\nAB  - ${LONG}\nER  - \nTY  - JOUR\nTI  - B\nER  - \n`],
  ['csl-json', JSON.stringify([{ note: LONG }, { title: 'B' }])],
] as const)('a %s record of over 1 MiB is refused, and the next one is read', (format, text) => {
  expect(read(text, format)).toMatchObject([
    { fault: 'The record is longer than 1 MiB.' },
    { item: { title: 'B' } },
  ]);
});

test.each([
  ['bibtex', 'TY  - JOUR\nER  - \n', 'not_bibtex'],
  ['ris', '@misc{a, title = {A}}', 'not_ris'],
  ['csl-json', '@misc{a, title = {A}}', 'not_csl_json'],
  ['csl-json', '', 'not_csl_json'],
] as const)('a file that is not %s is refused as a whole', (format, text, code) => {
  expect(() => read(text, format)).toThrow(expect.objectContaining({ code }));
  expect(() => read(text, format)).toThrow(DomainError);
});

test('a URL is refused and not fetched', () => {
  for (const format of ['bibtex', 'ris', 'csl-json'] as const) {
    expect(() => read('https://example.org/references.bib', format)).toThrow(DomainError);
  }
});

test('records are read lazily', () => {
  const [first] = readRecords('@misc{a, title = {A}}\n@misc{b, title = {', 'bibtex');

  expect(first).toMatchObject({ key: 'a' });
});

describe('files that try to take long', () => {
  test.each([
    ['unclosed entries', 'bibtex', '@a{k, t = {\n'.repeat(100_000), 100_000],
    ['unclosed quotes', 'bibtex', '@a{k, t = "\n'.repeat(100_000), 100_000],
    ['entry starts on one line', 'bibtex', '@a{'.repeat(300_000), 1],
    ['unclosed braces', 'bibtex', `@a{k, t = ${'{'.repeat(1_000_000)}`, 1],
    ['a long line', 'bibtex', `@a{k, t = {${'x'.repeat(3_000_000)}`, 1],
    ['whitespace', 'bibtex', `@a{${' '.repeat(1_000_000)}`, 1],
    [
      'macros that double',
      'bibtex',
      `@string{a0 = "xxxxxxxxxx"}${Array.from({ length: 50_000 }, (_, at) => `@string{a${at + 1} = a${at} # a${at}}`).join('\n')}`,
      null,
    ],
    [
      'a long macro in every entry',
      'bibtex',
      `@string{a = "${'x'.repeat(100_000)}"}${'@b{k, t = a}\n'.repeat(50_000)}`,
      50_000,
    ],
    ['stray lines', 'ris', 'AU  - x\nER  - \n'.repeat(100_000), 100_000],
    ['brackets', 'csl-json', '['.repeat(1_000_000), null],
    ['unmatched closing braces', 'csl-json', `[${'}'.repeat(1_000_000)}`, 1],
    ['quotes and backslashes', 'csl-json', `["${'\\"'.repeat(1_000_000)}`, null],
    ['commas', 'csl-json', `[${','.repeat(100_000)}`, null],
  ] as const)('a file of %s in %s is read with faults', async (_what, format, text, count) => {
    const records = read(text, format);

    expect(records.some((record) => 'fault' in record)).toBe(true);
    expect(records).toHaveLength(count ?? (await countRecords(text, format)));
  });
});

test('a file of 100,000 unclosed RIS records is read with a notice for each', () => {
  const records = read('TY  - JOUR\n'.repeat(100_000), 'ris');

  expect(records).toHaveLength(100_000);
  expect(records.every((record) => 'notices' in record && record.notices?.length === 1)).toBe(true);
});

test('an entry that exceeds the limit for expanded macros is reported', () => {
  const text = `@string{a = "${'x'.repeat(900)}"}\n${'@misc{k, title = a}\n'.repeat(3000)}`;
  const records = read(text, 'bibtex');

  expect(records[0]).toMatchObject({ item: { title: 'x'.repeat(900) } });
  expect(records.at(-1)).toMatchObject({
    fault: 'The macros (@string) in this file expand to too much text.',
  });
});
