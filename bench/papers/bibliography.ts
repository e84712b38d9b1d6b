import { capital, drawWords, sentence } from '../fill/vocabulary.ts';
import { makeRandom } from '../random.ts';
import { citationKeyOf, libraryPaperAt, titleOf } from './library-paper.ts';

/** By what the entries of a bibliography are to be known again. */
export type KnownBy = 'identifier' | 'title';

/** BibTeX of papers that the library has. */
export function writeKnown(indexes: readonly number[], by: KnownBy): string {
  return indexes.map((index) => writeKnownEntry(index, by)).join('\n');
}

function writeKnownEntry(index: number, by: KnownBy): string {
  const { title, authors, year, abstract, arxivId, doi } = libraryPaperAt(index);
  const identified =
    by === 'identifier' ? { ...(doi ? { doi } : {}), ...(arxivId ? eprint(arxivId) : {}) } : {};
  const names = authors.map(({ given, family }) => `${family}, ${given}`);
  return writeEntry(citationKeyOf(index), {
    ...{ title, author: names.join(' and '), year: String(year), abstract },
    ...identified,
  });
}

function eprint(arxivId: string) {
  return { eprint: arxivId, archiveprefix: 'arXiv' };
}

/** Names as LaTeX sets them. */
const FAMILIES = [
  'Erd{\\H o}s',
  'G{\\"o}del',
  "Poincar{\\'e}",
  '{\\L}ukasiewicz',
  'N{\\o}rlund',
  'Ces{\\`a}ro',
];
const AUTHORS = 8;
/** Characters */
const ABSTRACT = 1_000;

/** BibTeX of papers that no library has, with what large files of an exporter have: many names, accents, abstracts. */
export function writeNew(count: number, seed: number): string {
  return Array.from({ length: count }, (_, index) => writeNewEntry(index, makeRandom(seed + index))).join(
    '\n',
  );
}

function writeNewEntry(index: number, random: () => number): string {
  const authors = Array.from({ length: AUTHORS }, () => {
    const [given = ''] = drawWords(random, 1);
    const family = FAMILIES[Math.floor(random() * FAMILIES.length)];
    return `${family}, ${capital([given])}`;
  });
  return writeEntry(`new${index}`, {
    title: `{${titleOf(index, drawWords(random, 6))}}`,
    author: authors.join(' and '),
    year: String(2015 + (index % 10)),
    journal: capital(drawWords(random, 3)),
    volume: String(1 + (index % 90)),
    pages: `${index}--${index + 12}`,
    doi: `10.5555/new.${index}`,
    abstract: sentence(drawWords(random, ABSTRACT / 5)).slice(0, ABSTRACT),
  });
}

function writeEntry(key: string, fields: Record<string, string>): string {
  const lines = Object.entries(fields).map(([name, value]) => `  ${name} = {${value}},\n`);
  return `@article{${key},\n${lines.join('')}}\n`;
}
