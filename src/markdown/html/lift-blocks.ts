import type { Nodes } from 'mdast';
import { textOf } from '../nodes/text-of.ts';
import { holdsBlocks, lineOf, nodesOf, replaceChildren } from '../nodes/tree.ts';
import type { LeftOut } from './left-out.ts';

const BLOCKS = ['blockquote', 'code', 'heading', 'list', 'paragraph', 'table', 'thematicBreak'];
/** The HTML elements of nodes whose content is inline text. */
const NAMES = new Map([
  ['delete', 'del'],
  ['emphasis', 'em'],
  ['strong', 'strong'],
]);

/** Takes blocks out of nodes that can only hold inline text, such as the list in `<em><ul>`. Adds the lost nodes to `leftOut`. */
export function liftBlocks(tree: Nodes, leftOut: LeftOut[]): void {
  replaceChildren(tree, (children, parent) => children.flatMap((child) => lift(child, parent, leftOut)));
}

/** Whether a node is a block as opposed to inline text. */
export function isBlock({ type }: Nodes): boolean {
  return BLOCKS.includes(type);
}

/** A paragraph of line breaks, or one whose content was left out. */
export function isEmptyParagraph(node: Nodes): boolean {
  return (
    node.type === 'paragraph' &&
    textOf(node).trim() === '' &&
    nodesOf(node).every(({ type }) => type !== 'image')
  );
}

function lift(node: Nodes, parent: Nodes, leftOut: LeftOut[]): Nodes[] {
  const isText = node.type === 'paragraph' || node.type === 'heading' || NAMES.has(node.type);
  if (!isText || !('children' in node) || !node.children.some(isBlock)) return [node];
  const [only, ...others] = node.children;
  if (node.type === 'heading' && only?.type === 'paragraph' && others.length === 0) {
    return [Object.assign(node, { children: only.children })];
  }
  if (node.type !== 'paragraph') {
    leftOut.push({ what: `<${nameOf(node)}>`, line: lineOf(node), isTextLost: false });
  }
  return holdsBlocks(parent) ? wrapText(node.children) : node.children;
}

function nameOf(node: Nodes): string {
  if (node.type === 'heading') return `h${node.depth}`;
  return node.data?.hName ?? NAMES.get(node.type) ?? node.type;
}

/** Wraps the inline nodes between blocks in paragraphs. */
function wrapText(children: readonly Nodes[]): Nodes[] {
  const runs: Nodes[][] = [];
  for (const child of children) {
    const run = runs.at(-1);
    const previous = run?.at(-1);
    if (run && previous && !isBlock(child) && !isBlock(previous)) run.push(child);
    else runs.push([child]);
  }
  return runs.map(toBlock).filter((block) => !isEmptyParagraph(block));
}

function toBlock([first, ...others]: readonly Nodes[]): Nodes {
  if (first && isBlock(first)) return first;
  const paragraph = { type: 'paragraph' as const, children: [], position: first?.position };
  return Object.assign(paragraph, { children: [first, ...others] });
}
