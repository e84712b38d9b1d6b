import type { Definition, Nodes, Root } from 'mdast';

/** The tree and all that is in it, in the order of the text. */
export function nodesOf(tree: Root): Nodes[] {
  const nodes: Nodes[] = [];
  const waiting: Nodes[] = [tree];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    nodes.push(node);
    if ('children' in node) waiting.push(...node.children.toReversed());
  }
  return nodes;
}

/** What it holds stands apart, and does not run on. */
export function holdsBlocks({ type }: Nodes): boolean {
  return ['root', 'blockquote', 'list', 'listItem', 'table', 'tableRow', 'footnoteDefinition'].includes(type);
}

/** By identifier, which the parser has made comparable. The first of several counts. */
export function definitionsOf(tree: Root): Map<string, Definition> {
  const definitions = nodesOf(tree).filter((node) => node.type === 'definition');
  return new Map(definitions.toReversed().map((definition) => [definition.identifier, definition]));
}
