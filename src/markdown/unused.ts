import type { Definition, FootnoteDefinition, Nodes, Root } from 'mdast';
import { nodesOf } from './nodes/tree.ts';

/** Footnotes and definitions of addresses that no shown text refers to, and those whose name is taken by an earlier one. */
export function findUnused(tree: Root): (Definition | FootnoteDefinition)[] {
  const used = new Set(
    shownNodesOf(tree).flatMap((node) => {
      if (node.type === 'footnoteReference') return `^${node.identifier}`;
      return node.type === 'linkReference' || node.type === 'imageReference' ? node.identifier : [];
    }),
  );
  return nodesOf(tree)
    .filter((node) => node.type === 'definition' || node.type === 'footnoteDefinition')
    .filter((node) => !used.delete(nameOf(node)));
}

/** As it is written in square brackets. */
export function nameOf({ type, identifier }: Definition | FootnoteDefinition): string {
  return type === 'footnoteDefinition' ? `^${identifier}` : identifier;
}

/** The nodes outside footnotes, and those of the footnotes that they refer to, also through other footnotes. */
function shownNodesOf(tree: Root): Nodes[] {
  const footnotes = nodesOf(tree).filter((node) => node.type === 'footnoteDefinition');
  const unseen = new Map(footnotes.toReversed().map((footnote) => [footnote.identifier, footnote]));
  const shown: Nodes[] = [];
  const waiting: Nodes[] = [tree];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    shown.push(node);
    if ('children' in node)
      waiting.push(...node.children.filter(({ type }) => type !== 'footnoteDefinition'));
    const footnote = node.type === 'footnoteReference' ? unseen.get(node.identifier) : undefined;
    if (!footnote) continue;
    unseen.delete(footnote.identifier);
    waiting.push(footnote);
  }
  return shown;
}
