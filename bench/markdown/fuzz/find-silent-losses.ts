import { type Loss, MAX_PLACES, type TextFault } from '../../../src/markdown/losses.ts';

/** A word of a generated text, which occurs once. */
const WORD = /w\d+x/g;

/** Returns the words that readers do not get, unless a report names a loss on the line of the first of them or before it. */
export function findSilentLosses(
  markdown: string,
  html: string,
  reports: readonly (Loss | TextFault)[],
): string[] {
  const shown = new Set(html.match(WORD));
  const lost = [...markdown.matchAll(WORD)].filter(([word]) => !shown.has(word));
  const [first] = lost;
  if (!first) return [];
  const line = markdown.slice(0, first.index).split('\n').length;
  return Math.min(...reports.map(firstLine)) <= line ? [] : lost.map(([word]) => word);
}

/** The first line where content is lost. A report that names only some of many places may not name the first. */
function firstLine({ code, message }: Loss | TextFault): number {
  if (code === 'text_empty') return 1;
  const lines = [...message.matchAll(LOSSES[code])].map(([, line]) => Number(line));
  const isCut = lines.length === MAX_PLACES && /, and \d+ more$/.test(message);
  return isCut ? 1 : Math.min(...lines);
}

/** Where content is lost, in the message of a report. */
const LOSSES: Record<Exclude<(Loss | TextFault)['code'], 'text_empty'>, RegExp> = {
  markup_left_out: /\(its content is lost\) on line (\d+)/g,
  image_left_out: / on line (\d+)/g,
  link_unusable: / on line (\d+)/g,
  image_alt_missing: /(?!)/g,
  emoji_shortcode: /(?!)/g,
};
