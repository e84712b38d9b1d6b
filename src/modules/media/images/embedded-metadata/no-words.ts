/** What a file says of itself, as defaults for an editor. Null: nothing. */
export type EmbeddedWords = {
  alt: string | null;
  caption: string | null;
  credit: string | null;
  /** Where the terms are, http(s). */
  licenceUrl: string | null;
};

export const NO_WORDS: EmbeddedWords = { alt: null, caption: null, credit: null, licenceUrl: null };
