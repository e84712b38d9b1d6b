const LETTER = String.raw`[\p{L}\p{M}\p{N}]`;
const WORD = `${LETTER}+[+#]*`;
const JOINED_WORDS = new RegExp(`(?<!${LETTER})(-?)(${WORD}(?:['’-]${WORD})+)`, 'gu');
/** Not a hyphen that excludes a number, and not the second plus of C++17. */
const SIGN_OF_NUMBER = /(?<=[^\s"])-(?=\d)|(?<!\+)\+(?=\d)/g;
const PHRASE = /"[^"]*"/g;
/** Phones insert typographic quotes. */
const QUOTES = /[“”„«»]/g;
/** As in Ukrainian "пʼять" and Hawaiian "Hawaiʻi". Unicode takes them for letters. */
const LETTERS_LIKE_APOSTROPHES = /[ʻʼ]/g;
/** Such as a Markdown rule. PostgreSQL parses each hyphen as a NOT, and fails on more than 32 of them. */
const HYPHEN_RUN = /-[-\s]*(?=-)/g;
const TRAILING_HYPHEN = /-\s*$/;

/** Turns what people type, finished or not, into a query that websearch_to_tsquery parses as meant. */
export function normalizeQuery(q: string): string {
  return dropUnclosedQuote(q.replaceAll(QUOTES, '"'))
    .replaceAll(LETTERS_LIKE_APOSTROPHES, "'")
    .replaceAll(HYPHEN_RUN, '')
    .replace(TRAILING_HYPHEN, '')
    .replaceAll(JOINED_WORDS, splitJoinedWords)
    .replaceAll(SIGN_OF_NUMBER, ' ')
    .replaceAll(PHRASE, (phrase) => phrase.replaceAll(/-(?=\d)/g, ' '))
    .trim();
}

/** An unfinished phrase is searched as separate words. */
function dropUnclosedQuote(q: string): string {
  const isClosed = q.split('"').length % 2 === 1;
  const last = q.lastIndexOf('"');
  return isClosed ? q : `${q.slice(0, last)} ${q.slice(last + 1)}`;
}

/**
 * Splits `state-of-the-art` into words, so that any spelling of it matches and its last word can be a prefix. An excluded
 * one becomes a phrase, so that all of it is excluded.
 */
function splitJoinedWords(_joined: string, excluded: string, words: string): string {
  const apart = words.replaceAll(/['’-]/g, ' ');
  return excluded === '' ? apart : `-"${apart}"`;
}
