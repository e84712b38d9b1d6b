import { countMarkdownWords } from '../../markdown/words.ts';
import type { IssueTree } from './load-issue.ts';

/** Words per minute of somebody who reads for pleasure; as most sites that state a reading time have it. */
const READING_SPEED = 230;

/** Words of its texts as a reader sees them; titles are not counted. */
export function countWords(issue: IssueTree): number {
  const { language } = issue.newsletter;
  const texts = [
    issue.intro,
    ...issue.sections.flatMap((section) => [section.intro, ...section.items.map((item) => item.body)]),
    issue.signOff,
  ];
  return texts.reduce((sum, text) => sum + (text ? countMarkdownWords(text, language) : 0), 0);
}

export function readingMinutes(words: number): number {
  return Math.max(1, Math.round(words / READING_SPEED));
}
