import { capital, drawWords, sentence } from '../fill/vocabulary.ts';
import { makeRandom } from '../random.ts';
import { citationKeyOf, libraryPaperAt, titleOf } from './library-paper.ts';

/** How the entries of a bibliography match papers of the library. */
export type KnownBy = 'identifier' | 'title';

/** BibTeX entries of papers that are in the library. */
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

/** Family names in LaTeX notation. */
const FAMILIES = [
  'Erd{\\H o}s',
  'G{\\"o}del',
  "Poincar{\\'e}",
  '{\\L}ukasiewicz',
  'N{\\o}rlund',
  'Ces{\\`a}ro',
];
const AUTHORS = 8;
const ABSTRACT_CHARACTERS = 1_000;

/** BibTeX entries of new papers, which are like those of large exports: many names, accents and abstracts. */
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
    abstract: sentence(drawWords(random, ABSTRACT_CHARACTERS / 5)).slice(0, ABSTRACT_CHARACTERS),
  });
}

function writeEntry(key: string, fields: Record<string, string>): string {
  const lines = Object.entries(fields).map(([name, value]) => `  ${name} = {${value}},\n`);
  return `@article{${key},\n${lines.join('')}}\n`;
}
