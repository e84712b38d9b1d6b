import type { Nodes } from 'mdast';
import { holdsBlocks } from './tree.ts';

/** The text of a node, including code and the sources of formulas, without markup and images. */
export function textOf(node: Nodes): string {
  if (node.type === 'break') return '\n';
  if (hasText(node)) return node.value;
  if (!('children' in node)) return '';
  return node.children.map(textOf).join(holdsBlocks(node) ? '\n' : '');
}

export function hasText(
  node: Nodes,
): node is Extract<Nodes, { type: 'text' | 'inlineCode' | 'code' | 'math' | 'inlineMath' }> {
  return ['text', 'inlineCode', 'code', 'math', 'inlineMath'].includes(node.type);
}
