import { countMarkdownWords } from '../../../markdown/count-words.ts';
import type { IssueTree } from './load-issue.ts';

/** Average silent reading speed of an adult. */
const WORDS_PER_MINUTE = 230;

/** Counts the words of the rendered texts. Titles are not counted. */
export function countWords(issue: IssueTree): number {
  const { language } = issue.newsletter;
  return textsOf(issue).reduce((sum, text) => sum + (text ? countMarkdownWords(text, language) : 0), 0);
}

/** Counts the characters of all Markdown texts. */
export function countCharacters(issue: IssueTree): number {
  return textsOf(issue).reduce((sum, text) => sum + (text?.length ?? 0), 0);
}

function textsOf({ intro, sections, signOff }: IssueTree): (string | null)[] {
  return [
    intro,
    ...sections.flatMap((section) => [section.intro, ...section.items.map((item) => item.body)]),
    signOff,
  ];
}

export function readingMinutes(words: number): number {
  return Math.max(1, Math.round(words / WORDS_PER_MINUTE));
}
