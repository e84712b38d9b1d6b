import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CslItem, OTHERS } from '../../src/bibliography/csl/csl.ts';
import { FORMATS, type Format } from '../../src/bibliography/formats.ts';
import { countRecords } from '../../src/bibliography/read-records.ts';
import { writeRecords } from '../../src/bibliography/write-records.ts';
import { itemFor } from './hostile-items.ts';
import { read, readItems, readText } from './read-file.ts';

describe.each(FORMATS)('round trips in %s', (format) => {
  test('any item is read back unchanged', () => {
    fc.assert(
      fc.property(itemFor(format), (item) => {
        expect(readItems(writeRecords([item], format), format)).toEqual([item]);
      }),
      { numRuns: 500 },
    );
  });

  test('several items are read back in their order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(itemFor(format), { minLength: 1, maxLength: 4 }), async (items) => {
        const keyed = items.map((item, index) => ({ ...item, 'citation-key': `key${index}` }));
        const text = writeRecords(keyed, format);

        expect(readItems(text, format)).toEqual(keyed);
        expect(await countRecords(text, format)).toBe(keyed.length);
      }),
      { numRuns: 100 },
    );
  });

  test('an item with 3,000 authors keeps all of them', () => {
    const authors = Array.from({ length: 3_000 }, (_, index) => ({
      family: `Author${index}`,
      given: 'A. B.',
    }));
    const item: CslItem = { type: 'article-journal', 'citation-key': 'many', author: [...authors, OTHERS] };

    expect(readItems(writeRecords([item], format), format)).toEqual([item]);
  });

  test('an empty list is written as a file without records', () => {
    expect(read(writeRecords([], format), format)).toEqual([]);
  });
});

const FILES: [string, Format][] = [
  ...['bibtex', 'biblatex', 'dblp', 'scholar', 'arxiv', 'zotero', 'mendeley', 'acm', 'broken'].map(
    (name): [string, Format] => [`${name}.bib`, 'bibtex'],
  ),
  ...['zotero', 'ieee-crossref', 'pubmed'].map((name): [string, Format] => [`${name}.ris`, 'ris']),
  ['crossref.csl-json', 'csl-json'],
];

test.each(FILES)('the items of %s are unchanged after writing and reading', (file, format) => {
  const items = read(readText(file), format).flatMap((record) => ('item' in record ? [record.item] : []));
  const again = readItems(writeRecords(items, format), format);

  expect(again.length).toBeGreaterThan(0);
  expect(again).toEqual(
    items.map((item) => ({ ...item, ...(format === 'bibtex' && { 'citation-key': expect.any(String) }) })),
  );
  expect(writeRecords(again, format)).toBe(writeRecords(items, format));
});

test.each(FILES)('the items of %s are unchanged after a round trip in CSL-JSON', (file, format) => {
  const items = read(readText(file), format).flatMap((record) => ('item' in record ? [record.item] : []));

  expect(readItems(writeRecords(items, 'csl-json'), 'csl-json')).toEqual(items);
});
