import { countCharacters, type IssueTexts, MAX_TEXT_CHARACTERS, textsOf } from '../tree/issue-texts.ts';
import type { FigureTree, IssueTree } from '../tree/load-issue.ts';
import type { Obstacle } from './publishable.ts';

/** Ten times what the longest issue of ordinary texts has. Publishing an issue holds the event loop for 7 ms per million. */
const MAX_HTML_CHARACTERS = 4_000_000;
/** Per issue. A text of a few kilobytes can repeat an image a thousand times, and each becomes 2 kB of HTML. */
const MAX_IMAGES = 1_000;

/** Checked first, because every other rule reads the texts. */
export function findExcessLength(issue: IssueTree): Obstacle | null {
  const length = countCharacters(issue);
  if (length <= MAX_TEXT_CHARACTERS) return null;
  return tooLong(`has ${length} characters of text; an issue can have at most ${MAX_TEXT_CHARACTERS}`);
}

/** Checked before the rules that look at each figure and link. */
export function findExcessSize(issue: IssueTree, texts: IssueTexts): Obstacle | null {
  return findExcessImages(issue, texts) ?? findExcessHtml(issue, texts);
}

function findExcessImages(issue: IssueTree, texts: IssueTexts): Obstacle | null {
  const count = countImages(issue, texts);
  if (count <= MAX_IMAGES) return null;
  const message = `shows ${count} images; an issue can show at most ${MAX_IMAGES}`;
  return { pointer: '', code: 'too_many_images', message, remedy: 'Move some of them to another issue.' };
}

function findExcessHtml(issue: IssueTree, texts: IssueTexts): Obstacle | null {
  const length = textsOf(issue).reduce((sum, text) => sum + texts.of(text).htmlLength, 0);
  if (length <= MAX_HTML_CHARACTERS) return null;
  return tooLong(
    `becomes about ${length} characters of HTML; an issue can have at most ${MAX_HTML_CHARACTERS}`,
  );
}

function tooLong(message: string): Obstacle {
  return { pointer: '', code: 'too_long', message, remedy: 'Move part of it to another issue.' };
}

function countImages(issue: IssueTree, texts: IssueTexts): number {
  const items = issue.sections.flatMap((section) => section.items);
  const inTexts = textsOf(issue).reduce((sum, text) => sum + texts.of(text).images.length, 0);
  return items.reduce((sum, { figures }) => sum + figures.filter(isListed).length, inTexts);
}

function isListed({ place }: FigureTree): boolean {
  return place === 'item';
}
