import type { Nodes, Root } from 'mdast';
import { isKeptAddress } from '../nodes/shown-address.ts';
import { replaceChildren, sourceOf } from '../nodes/tree.ts';

/**
 * Shows `<std::string>` as it was written. It looks like an address in angle brackets, but readers could not follow it, and
 * without the brackets it would not mean the same.
 */
export function settleAddresses(tree: Root, markdown: string): void {
  replaceChildren(tree, (children) => children.map((node) => settle(node, markdown)));
}

function settle(node: Nodes, markdown: string): Nodes {
  if (node.type !== 'link' || isKeptAddress(node.url)) return node;
  const source = sourceOf(node, markdown);
  return source.startsWith('<') ? { type: 'text', value: source } : node;
}
