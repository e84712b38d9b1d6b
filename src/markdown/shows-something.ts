import type { Nodes, Root } from 'mdast';
import { isForeignImageAddress } from './nodes/shown-address.ts';
import { hasText } from './nodes/text-of.ts';
import { nodesOf } from './nodes/tree.ts';
import { imagesOf, isMediaAddress } from './references.ts';
import { findUnused } from './unused.ts';

/** Spaces, and characters that control others, such as the zero-width space. */
const visible = /[^\s\p{Default_Ignorable_Code_Point}]/u;

/** Whether readers see anything of a text: words, code, a formula, an image or a line. */
export function showsSomething(tree: Root): boolean {
  const hidden = new Set<Nodes>(findUnused(tree).flatMap(nodesOf));
  const shown = new Set<Nodes>(
    imagesOf(tree)
      .filter(isShown)
      .map(({ node }) => node),
  );
  return nodesOf(tree).some((node) => !hidden.has(node) && (isVisible(node) || shown.has(node)));
}

function isVisible(node: Nodes): boolean {
  return node.type === 'thematicBreak' || (hasText(node) && visible.test(node.value));
}

function isShown({ url }: { url: string }): boolean {
  return isMediaAddress(url) || isForeignImageAddress(url);
}
