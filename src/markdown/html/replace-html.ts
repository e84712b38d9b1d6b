import type { Nodes, Root } from 'mdast';
import { textOf } from '../nodes/text-of.ts';
import { holdsBlocks, lineOf, nodesOf, replaceChildren } from '../nodes/tree.ts';
import { convertHtml } from './convert-html.ts';
import { foldInlineHtml } from './fold-inline-html.ts';
import type { LeftOut } from './left-out.ts';

/**
 * Replaces raw HTML by the Markdown nodes that mean the same, so that everything that reads a text sees its images, links
 * and words. Returns what has no equivalent.
 */
export function replaceHtml(tree: Root): LeftOut[] {
  const leftOut: LeftOut[] = [];
  replaceChildren(tree, (children, parent) =>
    holdsBlocks(parent) ? convertBlocks(children, leftOut) : foldInlineHtml(children, leftOut),
  );
  return leftOut.toSorted((a, b) => a.line - b.line);
}

function convertBlocks(children: readonly Nodes[], leftOut: LeftOut[]): readonly Nodes[] {
  return children.flatMap((node): readonly Nodes[] => {
    if (node.type === 'paragraph' && node.children.length === 0) return [];
    if (node.type !== 'html') return [node];
    return convertHtml(node.value, lineOf(node), leftOut).filter((converted) => !isEmpty(converted));
  });
}

/** A paragraph of line breaks, or one whose content was left out. */
function isEmpty(node: Nodes): boolean {
  return (
    node.type === 'paragraph' &&
    textOf(node).trim() === '' &&
    nodesOf(node).every(({ type }) => type !== 'image')
  );
}
