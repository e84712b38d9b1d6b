import { describe, expect, test } from 'vitest';
import type { CslDate } from '../../src/bibliography/csl/csl.ts';
import { formatCitation } from '../../src/bibliography/format-citation.ts';
import { read, readItems } from './read-file.ts';

const YEAR: CslDate = { 'date-parts': [[2004]] };

describe('dates that CSL cannot hold as a whole', () => {
  test.each([
    ['1992-21', { 'date-parts': [[1992]] }],
    ['2004-06/..', { 'date-parts': [[2004, 6]] }],
    ['2004/', YEAR],
    ['../2004', YEAR],
    ['/2004', YEAR],
    ['2004-21/2005-22', { 'date-parts': [[2004], [2005]] }],
    ['2004/open', YEAR],
  ])('of %s, the rest is reported in each field of biblatex', (text, expected) => {
    expect(read(`@misc{k, date = {${text}}}`, 'bibtex')).toMatchObject([
      { item: { issued: expected }, ignored: ['date'] },
    ]);
    expect(read(`@misc{k, title = {T}, urldate = {${text}}}`, 'bibtex')).toMatchObject([
      { ignored: ['urldate'] },
    ]);
    expect(read(JSON.stringify({ title: 'T', issued: { raw: text } }), 'csl-json')).toMatchObject([
      { item: { issued: expected }, ignored: ['issued'] },
    ]);
  });

  test.each(['PY', 'Y1', 'DA', 'Y2'])('the season in the tag %s of RIS is reported', (tag) => {
    for (const text of ['2004/Spring', '2004///Spring', '2004-21'])
      expect(read(`TY  - JOUR\nTI  - T\n${tag}  - ${text}\nER  - \n`, 'ris')).toMatchObject([
        { item: { [tag === 'Y2' ? 'accessed' : 'issued']: YEAR }, ignored: [tag] },
      ]);
  });

  test.each([
    ['year = {2004}, month = {Summer}', YEAR, ['month']],
    ['year = {2004}, month = {June/July}', YEAR, ['month']],
    ['year = {2004}, day = {5}', YEAR, ['day']],
    ['year = {2004--2006}, month = jun', { 'date-parts': [[2004], [2006]] }, ['month']],
    ['year = {in press}, month = jun', { literal: 'in press' }, ['month']],
    ['year = {2004-06}, month = jun', { 'date-parts': [[2004, 6]] }, []],
    ['year = {2004 (accepted)}', YEAR, ['year']],
  ])('the part of %s without a place is reported', (fields, issued, ignored) => {
    expect(read(`@misc{k, ${fields}}`, 'bibtex')).toMatchObject([{ item: { issued }, ignored }]);
  });
});

test.each([
  ['2004~', { ...YEAR, circa: true }],
  ['2004?', { ...YEAR, circa: true }],
  ['2004-XX', YEAR],
  ['2004-06-XX', { 'date-parts': [[2004, 6]] }],
  ['2004-00', YEAR],
  ['199X', { literal: '199X' }],
  ['1968-90', { 'date-parts': [[1968], [1990]] }],
])('the date %s is read without loss', (text, issued) => {
  expect(read(`@misc{k, date = {${text}}}`, 'bibtex')).toMatchObject([{ item: { issued }, ignored: [] }]);
});

test.each([
  ['1968--90', '1968–1990'],
  ['1968-90', '1968–1990'],
  ['2004--06', '2004–2006'],
  ['1998--07', '1998–07'],
])('the years %s are cited as %s', (year, cited) => {
  const [item = { type: 'book' }] = readItems(`@book{k, title = {T}, year = {${year}}}`, 'bibtex');

  expect(formatCitation(item, 'apa')).toContain(`(${cited})`);
});
