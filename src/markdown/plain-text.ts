import { textOf } from './nodes/text-of.ts';
import { parseMarkdown } from './parse.ts';

/** The text, including code and formulas, without markup and images. */
export function toPlainText(markdown: string): string {
  return textOf(parseMarkdown(markdown).tree);
}
