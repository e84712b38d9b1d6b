import { countMarkdownWords } from '../../../markdown/count-words.ts';
import type { IssueTree } from './load-issue.ts';

/** Words per minute of somebody who reads for pleasure; as most sites that state a reading time have it. */
const READING_SPEED = 230;

/** Words of its texts as a reader sees them; titles are not counted. */
export function countWords(issue: IssueTree): number {
  const { language } = issue.newsletter;
  return textsOf(issue).reduce((sum, text) => sum + (text ? countMarkdownWords(text, language) : 0), 0);
}

/** Characters of all its texts. */
export function measureTexts(issue: IssueTree): number {
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
  return Math.max(1, Math.round(words / READING_SPEED));
}
