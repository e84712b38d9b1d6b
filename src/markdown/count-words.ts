import type { Nodes } from 'mdast';
import { holdsBlocks } from './nodes/tree.ts';
import { parseMarkdown } from './parse.ts';

/**
 * Counts the words that a reader reads, without code blocks, formulas, bare URLs and the texts of images. `language` is a BCP 47 tag,
 * because some languages do not separate words with spaces.
 */
export function countMarkdownWords(markdown: string, language: string): number {
  const text = readableText(parseMarkdown(markdown).tree);
  let words = 0;
  for (const { isWordLike } of new Intl.Segmenter(language, { granularity: 'word' }).segment(text)) {
    if (isWordLike) words += 1;
  }
  return words;
}

function readableText(node: Nodes): string {
  if (node.type === 'text' || node.type === 'inlineCode') return node.value;
  if (node.type === 'break') return '\n';
  if (!('children' in node)) return '';
  const text = node.children.map(readableText).join(holdsBlocks(node) ? '\n' : '');
  return node.type === 'link' && isOwnAddress(node.url, text) ? '' : text;
}

function isOwnAddress(url: string, text: string): boolean {
  return [text, `http://${text}`, `mailto:${text}`].includes(url);
}
