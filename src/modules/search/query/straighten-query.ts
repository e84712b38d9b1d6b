const WORD = String.raw`[\p{L}\p{M}\p{N}]+`;
const JOINED_WORDS = new RegExp(`(?<!${WORD})(-?)(${WORD}(?:['’-]${WORD})+)`, 'gu');
/** As phones write them around a phrase. */
const QUOTES = /[“”„«»]/g;
/** As of Markdown. It excludes nothing; PostgreSQL takes each for a NOT, and has room for 32 of them. */
const RULE = /-[-\s]*(?=-)/g;
const LAST_HYPHEN = /-\s*$/;

/** Makes what people type, perhaps while they do, what websearch_to_tsquery understands. */
export function straightenQuery(q: string): string {
  return closeQuotes(q.replaceAll(QUOTES, '"'))
    .replaceAll(RULE, '')
    .replace(LAST_HYPHEN, '')
    .replaceAll(JOINED_WORDS, separateWords)
    .trim();
}

/** A phrase that is only begun is its words. */
function closeQuotes(q: string): string {
  const isClosed = q.split('"').length % 2 === 1;
  const last = q.lastIndexOf('"');
  return isClosed ? q : `${q.slice(0, last)} ${q.slice(last + 1)}`;
}

/** So they are found however a text joins them, also while the last is half written; excluded, they are a phrase. */
function separateWords(_joined: string, excluded: string, words: string): string {
  const apart = words.replaceAll(/['’-]/g, ' ');
  return excluded === '' ? apart : `-"${apart}"`;
}
