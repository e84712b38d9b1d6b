import { capital, drawWords, sentence } from '../fill/vocabulary.ts';
import { makeRandom } from '../random.ts';

/** A paper as a bibliography tells of it; two of one index are the same. */
export type LibraryPaper = {
  title: string;
  authors: { given: string; family: string }[];
  year: number;
  abstract: string;
  arxivId: string | null;
  doi: string | null;
};

/** Letters in words of their own, so that no two titles are alike. */
const LETTERS = 'abcdefghij';
const AUTHORS = 3;
const ABSTRACT_WORDS = 40;

/** Half of them have two identifiers, the others one: by either scheme some are found, and all by one. */
export function libraryPaperAt(index: number): LibraryPaper {
  const random = makeRandom(index);
  return {
    title: titleOf(index, drawWords(random, 5)),
    authors: Array.from({ length: AUTHORS }, () => {
      const [given = '', family = ''] = drawWords(random, 2).map((word) => capital([word]));
      return { given, family };
    }),
    year: 2015 + (index % 10),
    abstract: sentence(drawWords(random, ABSTRACT_WORDS)),
    arxivId: index % 4 === 3 ? null : arxivIdAt(index),
    doi: index % 4 === 1 ? null : `10.5555/library.${index}`,
  };
}

/** By which a bibliography calls it. */
export function citationKeyOf(index: number): string {
  return `known${index}`;
}

export function titleOf(index: number, words: readonly string[]): string {
  const number = [...String(index)].map((digit) => LETTERS[Number(digit)]).join('');
  return `${capital(words)} ${number}`;
}

/** Ten thousand a month, from 2015 on. */
function arxivIdAt(index: number): string {
  const month = Math.floor(index / 10_000);
  const year = 15 + Math.floor(month / 12);
  const padded = String((month % 12) + 1).padStart(2, '0');
  return `${year}${padded}.${String(1 + (index % 10_000)).padStart(5, '0')}`;
}
