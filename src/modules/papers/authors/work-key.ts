import { type Author, partsOf } from './authors.ts';

export type KeyedWork = {
  title: string;
  authors: readonly Author[];
  venue: string | null;
  year: number | null;
};

/** Characters; what an index takes in any script. */
const LONGEST_TITLE = 150;
const LONGEST_NAME = 50;

/**
 * By which a work without an identifier is known again, however it is set: letters and digits alone, without case and
 * accents, of its title and its first author's family name, or where nobody signed it of where and when it appeared.
 */
export function workKey({ title, authors: [first], venue, year }: KeyedWork): string {
  const origin = first ? partsOf(first).family : `${venue ?? ''}${year ?? ''}`;
  return `${lettersOf(title, LONGEST_TITLE)}/${first ? '' : '/'}${lettersOf(origin, LONGEST_NAME)}`;
}

/** C++ and C# are no C. What has no letters is its own key. */
export function lettersOf(text: string, longest = Number.POSITIVE_INFINITY): string {
  const lower = text.normalize('NFKD').toLowerCase();
  const letters = lower.replaceAll(/[^\p{L}\p{N}+#]/gu, '') || lower.trim();
  return [...letters].slice(0, longest).join('');
}
