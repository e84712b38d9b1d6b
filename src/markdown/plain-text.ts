import type { Nodes } from 'mdast';
import { parseMarkdown } from './parse.ts';
import { holdsBlocks } from './tree.ts';

/** The text, including code, without markup, images and raw HTML. */
export function toPlainText(markdown: string): string {
  return textOf(parseMarkdown(markdown).tree);
}

function textOf(node: Nodes): string {
  if (node.type === 'text' || node.type === 'inlineCode' || node.type === 'code') return node.value;
  if (node.type === 'break') return '\n';
  if (!('children' in node)) return '';
  return node.children.map(textOf).join(holdsBlocks(node) ? '\n' : '');
}
