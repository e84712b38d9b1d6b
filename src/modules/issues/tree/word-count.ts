import { type IssueTexts, textsOf } from './issue-texts.ts';
import type { IssueTree } from './load-issue.ts';

/** Average silent reading speed of an adult. */
const WORDS_PER_MINUTE = 230;

/** Counts the words of the rendered texts. Titles are not counted. */
export function countWords(issue: IssueTree, texts: IssueTexts): number {
  return textsOf(issue).reduce((sum, text) => sum + texts.of(text).words, 0);
}

export function readingMinutes(words: number): number {
  return Math.max(1, Math.round(words / WORDS_PER_MINUTE));
}
