import { expect, test } from 'vitest';
import { countRecords, readRecords } from '../../src/bibliography/read-records.ts';
import { read } from './read-file.ts';

const MANY = 200_000;

/** With a quadratic algorithm each of these texts would take minutes. */
test.each([
  ['spaces before a URL', 'bibtex', `@misc{k, howpublished={${' '.repeat(MANY)}x}}`],
  ['hyphens', 'bibtex', `@misc{k, note={${'-'.repeat(MANY)}}}`],
  ['spaces in pages', 'bibtex', `@misc{k, pages={${' \u00a0'.repeat(MANY / 2)}x}}`],
  ['combining marks', 'bibtex', `@misc{k, note={a${'\u0301\u0323'.repeat(MANY / 2)}}}`],
  ['combining marks', 'ris', `TY  - JOUR\nN1  - a${'\u0301\u0323'.repeat(MANY / 2)}\nER  - \n`],
  ['combining marks after commands', 'bibtex', `@misc{k, note={${"\\'{a}\u0301".repeat(MANY / 6)}}}`],
  ['semicolons between URLs', 'ris', `TY  - JOUR\nUR  - ${'; '.repeat(MANY / 2)}x\nER  - \n`],
  ['spaces in pages', 'ris', `TY  - JOUR\nSP  - 1${' \u00a0'.repeat(MANY / 2)}x\nER  - \n`],
  ['spaces in serial numbers', 'ris', `TY  - JOUR\nSN  - 1${' \u00a0'.repeat(MANY / 2)}x\nER  - \n`],
  ['spaces in names', 'ris', `TY  - JOUR\nAU  - ${'\u00a0'.repeat(MANY)}x\nER  - \n`],
  ['values joined by #', 'bibtex', `@misc{k, note = a${' # a'.repeat(MANY / 4)}}`],
  ['commas', 'csl-json', `[${','.repeat(MANY)}]`],
  ['dollars', 'bibtex', `@misc{k, note={${'$'.repeat(MANY)}}}`],
  ['unclosed tags', 'bibtex', `@misc{k, note={${'<i '.repeat(MANY / 3)}}}`],
  ['ampersands', 'ris', `TY  - JOUR\nTI  - ${'&'.repeat(MANY)}\nER  - \n`],
] as const)('many %s in %s are read in linear time', (_what, format, text) => {
  expect(read(text, format)).toHaveLength(1);
});

test.each([
  ['bibtex', '@misc{k, title = {A}}\n'],
  ['ris', 'TY  - JOUR\nER  - \n'],
  ['csl-json', '{},'],
] as const)('counting %s records stops just above the given limit', async (format, record) => {
  const text = (format === 'csl-json' ? '[' : '') + record.repeat(100);

  expect(await countRecords(text, format, 10)).toBe(11);
  expect(await countRecords(text, format, 1000)).toBe([...readRecords(text, format)].length);
});
