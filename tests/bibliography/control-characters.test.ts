import { describe, expect, test } from 'vitest';
import type { CslItem } from '../../src/bibliography/csl/csl.ts';
import { writeReferences } from '../../src/bibliography/write-references.ts';
import { readItems } from './read-file.ts';

const CONTROLS = Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).join('');
const ALL = `${CONTROLS}\u007f\u0085\u009f`;

const ITEM: CslItem = {
  type: 'paper-conference',
  'citation-key': `k${ALL}ey`,
  title: `A${ALL}B $x${ALL}$ \u0007$y$`,
  author: [{ family: `D${ALL}x`, given: `C${ALL}` }, { literal: `The${ALL} Team` }],
  'container-title': `V${ALL}W`,
  abstract: `One${ALL}.`,
  note: `Two${ALL}.`,
  page: `1${ALL}-2${ALL}`,
  DOI: `10.1000/a${ALL}b`,
  archive: `arXiv${ALL}`,
  archive_location: `2201.12086${ALL}`,
  keyword: `one${ALL}, two`,
  issued: { literal: `in${ALL} press` },
  custom: {
    licence: `CC${ALL}BY`,
    identifiers: ['openreview:a\u0001b'],
    links: [{ label: 'Code', url: 'https://example.org/\u0001', rel: 'code' }],
  },
};

describe('control characters', () => {
  test.each(['bibtex', 'ris', 'apa', 'ieee', 'chicago'] as const)(
    'a reference in %s has no control characters but line ends',
    async (representation) => {
      const text = await writeReferences([ITEM, { ...ITEM, 'citation-key': 'key' }], representation);

      expect(text).not.toMatch(/(?![\r\n])\p{Cc}/u);
      expect(text).toContain('Team');
    },
  );

  test.each(['bibtex', 'ris'] as const)(
    'a record in %s with control characters is read back',
    async (format) => {
      const text = await writeReferences(
        [{ type: 'book', title: 'Bell\u0007s', 'container-title': 'V\u000cW' }],
        format,
      );

      expect(readItems(text, format)).toMatchObject([{ title: 'Bells', 'container-title': 'V W' }]);
    },
  );

  test('keys that differ in control characters alone are made unique', async () => {
    const items = ['key', 'k\u0001ey'].map(
      (key): CslItem => ({ type: 'book', title: 'T', 'citation-key': key }),
    );
    const text = await writeReferences(items, 'bibtex');

    expect([...text.matchAll(/^@book\{(.*),$/gm)].map(([, key]) => key)).toEqual(['key', 'keya']);
  });
});
