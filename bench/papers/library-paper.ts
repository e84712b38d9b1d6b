import { capital, drawWords, sentence } from '../fill/vocabulary.ts';
import { makeRandom } from '../random.ts';

/** A paper as a bibliography describes it. It depends only on the index. */
export type LibraryPaper = {
  title: string;
  authors: { given: string; family: string }[];
  year: number;
  abstract: string;
  arxivId: string | null;
  doi: string | null;
};

/** Each title ends with its number spelled in letters, so that no two titles are similar. */
const LETTERS = 'abcdefghij';
const AUTHORS = 3;
const ABSTRACT_WORDS = 40;

/** Half of the papers have two identifiers, the others have either an arXiv id or a DOI. */
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

/** The key of the paper in a bibliography. */
export function citationKeyOf(index: number): string {
  return `known${index}`;
}

export function titleOf(index: number, words: readonly string[]): string {
  const number = [...String(index)].map((digit) => LETTERS[Number(digit)]).join('');
  return `${capital(words)} ${number}`;
}

/** Ten thousand ids for each month since January 2015. */
function arxivIdAt(index: number): string {
  const month = Math.floor(index / 10_000);
  const year = 15 + Math.floor(month / 12);
  const padded = String((month % 12) + 1).padStart(2, '0');
  return `${year}${padded}.${String(1 + (index % 10_000)).padStart(5, '0')}`;
}
