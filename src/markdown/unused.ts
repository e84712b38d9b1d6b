import type { Definition, FootnoteDefinition, Root } from 'mdast';
import { nodesOf } from './nodes/tree.ts';

/** Footnotes and definitions of addresses that nothing refers to, and those whose name is taken by an earlier one. */
export function findUnused(tree: Root): (Definition | FootnoteDefinition)[] {
  const nodes = nodesOf(tree);
  const used = new Set(
    nodes.flatMap((node) => {
      if (node.type === 'footnoteReference') return `^${node.identifier}`;
      return node.type === 'linkReference' || node.type === 'imageReference' ? node.identifier : [];
    }),
  );
  return nodes
    .filter((node) => node.type === 'definition' || node.type === 'footnoteDefinition')
    .filter((node) => !used.delete(nameOf(node)));
}

/** As it is written in square brackets. */
export function nameOf({ type, identifier }: Definition | FootnoteDefinition): string {
  return type === 'footnoteDefinition' ? `^${identifier}` : identifier;
}
