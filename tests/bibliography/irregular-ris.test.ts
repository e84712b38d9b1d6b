import { expect, test } from 'vitest';
import { countRecords } from '../../src/bibliography/read-records.ts';
import { read } from './read-file.ts';

const NUMBERED = `1. 
TY  - JOUR
A1  - Moss, A.
T1  - First
Y1  - 2020//
ER  - 

Full text: https://lib.example/1

2. 
DB  - A base
T1  - Second
A1  - Reed, B.
Y1  - 2021//
TY  - JOUR
ER  - 

3. 
TY  - JOUR
A1  - Stone, C.
T1  - Third
Y1  - 2022//
`;

const NO_END = 'The record does not end with a line "ER  - ".';
const NO_TYPE = 'The record has no line "TY  - " with its type.';

test('numbered records, a type that stands last and a missing end are read', async () => {
  const records = read(NUMBERED, 'ris');

  expect(records).toMatchObject([
    { line: 2, item: { type: 'article-journal', title: 'First', issued: { 'date-parts': [[2020]] } } },
    { line: 11, item: { type: 'article-journal', title: 'Second', author: [{ family: 'Reed' }] } },
    { line: 19, item: { type: 'article-journal', title: 'Third' }, notices: [NO_END] },
  ]);
  expect(records[1]).not.toHaveProperty('notices');
  expect(await countRecords(NUMBERED, 'ris')).toBe(3);
});

test('tags before TY belong to its record', () => {
  expect(
    read('ID  - 17\nTY  - JOUR\nTI  - One\nER  - \nID  - 18\nTY  - BOOK\nTI  - Two\nER  - \n', 'ris'),
  ).toMatchObject([
    { line: 1, key: '17', item: { type: 'article-journal', title: 'One' } },
    { line: 5, key: '18', item: { type: 'book', title: 'Two' } },
  ]);
});

test.each([
  ['without a type', 'TI  - One\nAU  - Moss, A.\nER  - \n', [NO_TYPE]],
  ['without a type and an end', 'TI  - One\nAU  - Moss, A.\n', [NO_TYPE, NO_END]],
  [
    'before the next one',
    'TY  - GEN\nTI  - One\nAU  - Moss, A.\n\n2.\nTY  - GEN\nTI  - Two\nER  - \n',
    [NO_END],
  ],
])('a record %s is taken with a notice', (_what, text, notices) => {
  expect(read(text, 'ris')[0]).toMatchObject({
    item: { type: 'document', title: 'One', author: [{ family: 'Moss', given: 'A.' }] },
    notices,
  });
});

test('each faulty record has one fault, which names it', () => {
  const long = 'x'.repeat(1_001);
  const text = `AU  - Nobody\nAU  - No One\nER  - \n\nTY  - JOUR\nTI  - Second\nM3  - ${long}\nER  - \nEF  - \n`;

  expect(read(text, 'ris')).toEqual([
    { line: 1, key: null, fault: expect.stringMatching(/^The line AU is outside a record/) },
    { line: 5, key: null, title: 'Second', fault: 'genre has more than 300 characters.' },
  ]);
});

test("records in PubMed's own format are refused, because their tags have other meanings", async () => {
  const nbib = (pmid: number) =>
    `PMID- ${pmid}\nOWN - NLM\nIS  - 1533-4406 (Electronic)\nVI  - 382\nDP  - 2020 Feb 20\nTI  - A title on\n      two lines\nFAU - Zhu, Na\nAU  - Zhu N\n`;
  const ris = 'TY  - JOUR\nTI  - In RIS\nN1  - PMID- 3 is what it was\nPMID- 4\nER  - \n';
  const text = `${ris}\n${nbib(1)}\n${nbib(2)}\n${ris}`;
  const fault = expect.stringMatching(/PubMed's own format/);

  expect(read(text, 'ris')).toMatchObject([
    { line: 1, item: { title: 'In RIS', note: expect.stringContaining('PMID- 4') } },
    { line: 7, title: 'A title on two lines', fault },
    { line: 17, fault },
    { line: 27, item: { title: 'In RIS' } },
  ]);
  expect(await countRecords(text, 'ris')).toBe(4);
});
