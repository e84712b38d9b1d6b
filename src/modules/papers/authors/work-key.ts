import { type Author, partsOf } from './authors.ts';

export type KeyedWork = {
  title: string;
  authors: readonly Author[];
  venue: string | null;
  year: number | null;
};

/** In characters. The limits keep the key below the size limit of index entries in any script. */
const MAX_TITLE_LENGTH = 150;
const MAX_NAME_LENGTH = 50;

/**
 * Returns a key by which a work without identifiers is recognized: the letters and digits of the title and of the family
 * name of the first author, without case and accents. Without authors, venue and year take the place of the name.
 */
export function workKey({ title, authors: [first], venue, year }: KeyedWork): string {
  const origin = first ? partsOf(first).family : `${venue ?? ''}${year ?? ''}`;
  return `${lettersOf(title, MAX_TITLE_LENGTH)}/${first ? '' : '/'}${lettersOf(origin, MAX_NAME_LENGTH)}`;
}

/** Keeps + and #, so that C++ and C# differ from C. A text without letters and digits is kept as it is. */
export function lettersOf(text: string, maxLength = Number.POSITIVE_INFINITY): string {
  const lower = text.normalize('NFKD').toLowerCase();
  const letters = lower.replaceAll(/[^\p{L}\p{N}+#]/gu, '') || lower.trim();
  return [...letters].slice(0, maxLength).join('');
}
